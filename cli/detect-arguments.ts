import { resolve } from 'node:path';
import { DEFAULT_PARAMETERS, OPEN_SESSIONS } from '../shared/domain';
import type { OpenSessions, Parameters } from '../shared/domain';
import type { Limits } from '../shared/sources';
import type { Choices } from '../shared/choices';
import { CHOICE_HELP, CHOICE_OPTIONS, parseChoices } from './choice-options';
import { LIMIT_HELP, LIMIT_OPTIONS, parseLimits } from './limit-options';
import { choiceOption, durationOption, parseOptions, timeOption, usage } from './parse-options';

export const FORMATS = ['table', 'csv', 'json'] as const;
export type OutputFormat = (typeof FORMATS)[number];

export interface DetectArguments {
  files: string[];
  format: OutputFormat;
  /** Write the result there, whole or not at all; undefined = stdout. */
  out: string | undefined;
  /** Leave values in the CSV as they are, even those that a spreadsheet would run as a formula. */
  raw: boolean;
  /** Write there what the result rests on: hashes, counts, settings. */
  manifest: string | undefined;
  /** Write the log records of this user instead of the findings. */
  evidence: string | undefined;
  parameters: Parameters;
  /** How far archives may unpack. */
  limits: Limits;
  /** How files are read. */
  choices: Choices;
  /** Files written by --save-mapping: the choices of a single one are overridden, several are each for files of its shape. */
  mapping: readonly string[];
  /** Names of saved readings, the same. */
  reading: readonly string[];
  saveMapping: string | undefined;
}

export const DETECT_HELP = `doppel detect FILE... [options]: which users were at two source IPs at once?

  --format table|csv|json   how to write the result (table)
  --out PATH                write it to PATH, whole or not at all, instead of stdout
  --manifest PATH           also write what it rests on: SHA-256 and counts of every file, settings,
                            versions, who and when, and the SHA-256 of the result
  --evidence USER           write the log records of USER as they stand in the files, flagged or not
  --idle-gap 4h             evidence of one session further apart belongs to two stretches
  --min-overlap 0s          leave out overlaps that are shorter
  --open-sessions last-seen|log-end|ignore
                            where a session without a close record ends (last-seen)
  --from T, --to T          look only at the time from T to T (ISO 8601; without an offset: UTC)
${LIMIT_HELP}  --raw                     CSV: leave values as they are; without it, a value that a spreadsheet
                            would run as a formula gets an apostrophe before it

${CHOICE_HELP}
FILE is a log file, a zip or tar archive of them, a folder, or a quoted pattern such as 'logs/*.gz'.
Several are read as one log. Results go to stdout, progress and problems to stderr.
Exit: 0 done, whatever was found; 1 it could not be done; 2 wrong usage; 130 stopped by Ctrl+C.
`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  out: { type: 'string' },
  'idle-gap': { type: 'string' },
  'min-overlap': { type: 'string' },
  'open-sessions': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  raw: { type: 'boolean' },
  manifest: { type: 'string' },
  evidence: { type: 'string' },
  ...LIMIT_OPTIONS,
  ...CHOICE_OPTIONS,
} as const;

/** Reads the arguments of `doppel detect`; `help` when that was asked for. Throws `usage` for anything it does not know. */
export function parseDetectArguments(args: string[]): DetectArguments | 'help' {
  const { values, positionals } = parseOptions('detect', args, OPTIONS);
  if (values.help) return 'help';
  if (positionals.length === 0) throw usage('detect', 'Which FILE?');
  const parameters: Parameters = {
    idleGapMs: durationOption('detect', '--idle-gap', values['idle-gap']) ?? DEFAULT_PARAMETERS.idleGapMs,
    minOverlapMs: durationOption('detect', '--min-overlap', values['min-overlap']) ?? DEFAULT_PARAMETERS.minOverlapMs,
    openSessions:
      choiceOption<OpenSessions>('detect', '--open-sessions', OPEN_SESSIONS, values['open-sessions']) ??
      DEFAULT_PARAMETERS.openSessions,
    fromMs: timeOption('detect', '--from', values.from) ?? null,
    toMs: timeOption('detect', '--to', values.to) ?? null,
  };
  if (parameters.fromMs !== null && parameters.toMs !== null && parameters.fromMs >= parameters.toMs) {
    throw usage('detect', '--from must be earlier than --to.');
  }
  const outputs = [values.out, values.manifest, values['save-mapping']].filter((path) => path !== undefined);
  if (outputs.includes('-')) throw usage('detect', 'Results go to stdout when --out is left out; - is no PATH.');
  if (new Set(outputs.map((path) => resolve(path))).size < outputs.length) {
    throw usage('detect', '--out, --manifest and --save-mapping write different things. Give each its own PATH.');
  }
  return {
    files: positionals,
    format: choiceOption<OutputFormat>('detect', '--format', FORMATS, values.format) ?? 'table',
    out: values.out,
    raw: values.raw ?? false,
    manifest: values.manifest,
    evidence: values.evidence,
    parameters,
    limits: parseLimits('detect', values),
    choices: parseChoices(values),
    mapping: values.mapping ?? [],
    reading: values.reading ?? [],
    saveMapping: values['save-mapping'],
  };
}
