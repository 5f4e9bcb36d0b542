import type { Choices } from '../../shared/choices';
import type { Limits } from '../../shared/sources';
import { CHOICE_HELP, CHOICE_OPTIONS, parseChoices } from './choice-options';
import type { ChoiceValues } from './choice-options';
import { LIMIT_HELP, LIMIT_OPTIONS, parseLimits } from './limit-options';
import type { LimitValues } from './limit-options';

/** What every command that reads a log can be told about reading it. */
export const LOG_OPTIONS = { ...LIMIT_OPTIONS, ...CHOICE_OPTIONS } as const;

export const LOG_HELP = `${CHOICE_HELP}
${LIMIT_HELP}
FILE is a log file, a zip or tar archive of them, a folder, or a quoted pattern such as 'logs/*.gz'.
Several are read as one log.`;

/** A log as the command line names it. */
export interface NamedLog {
  files: readonly string[];
  /** How files are read. */
  choices: Choices;
  /** Files written by --save-mapping: the choices of a single one are overridden, several are each for files of its shape. */
  mapping: readonly string[];
  /** Names of saved readings, the same. */
  reading: readonly string[];
  /** How far archives may unpack. */
  limits: Limits;
}

interface LogValues extends ChoiceValues, LimitValues {
  mapping?: readonly string[] | undefined;
  reading?: readonly string[] | undefined;
}

/** Throws `usage`. */
export function parseLog(command: string, files: readonly string[], values: LogValues): NamedLog {
  return {
    files,
    choices: parseChoices(command, values),
    mapping: values.mapping ?? [],
    reading: values.reading ?? [],
    limits: parseLimits(command, values),
  };
}
