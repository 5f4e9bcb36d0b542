import { resolve } from 'node:path';
import type { Parameters } from '../shared/domain';
import { LOG_HELP, LOG_OPTIONS, parseLog } from './log/log-options';
import type { NamedLog } from './log/log-options';
import { PARAMETER_HELP, PARAMETER_OPTIONS, parseParameters } from './parameter-options';
import { choiceOption, parseOptions, usage } from './parse-options';

export const FORMATS = ['table', 'csv', 'json'] as const;
type OutputFormat = (typeof FORMATS)[number];

export interface DetectArguments {
  log: NamedLog;
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
  /** Write there how the files were read. */
  saveMapping: string | undefined;
}

export const DETECT_HELP = `doppel detect FILE... [options]: which users were at two source IPs at once?

  --format table|csv|json   how to write the result (table)
  --out PATH                write it to PATH, whole or not at all, instead of stdout
  --manifest PATH           also write what it rests on: SHA-256 and counts of every file, settings,
                            versions, who and when, and the SHA-256 of the result
  --save-mapping PATH       also write how the files were read, for --mapping
  --evidence USER           write the log records of USER as they stand in the files, flagged or not
  --raw                     CSV: leave values as they are; without it, a value that a spreadsheet
                            would run as a formula gets an apostrophe before it

What counts as two places at once:
${PARAMETER_HELP}
${LOG_HELP}

Results go to stdout, progress and problems to stderr.
Exit: 0 done, whatever was found; 1 it could not be done; 2 wrong usage; 130 stopped by Ctrl+C.
`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  out: { type: 'string' },
  raw: { type: 'boolean' },
  manifest: { type: 'string' },
  evidence: { type: 'string' },
  'save-mapping': { type: 'string' },
  ...PARAMETER_OPTIONS,
  ...LOG_OPTIONS,
} as const;

/** Reads the arguments of `doppel detect`; `help` when that was asked for. Throws `usage` for anything it does not know. */
export function parseDetectArguments(args: string[]): DetectArguments | 'help' {
  const { values, positionals } = parseOptions('detect', args, OPTIONS);
  if (values.help) return 'help';
  if (positionals.length === 0) throw usage('detect', 'Which FILE?');
  const outputs = [values.out, values.manifest, values['save-mapping']].filter((path) => path !== undefined);
  if (outputs.includes('-')) throw usage('detect', 'Results go to stdout when --out is left out; - is no PATH.');
  if (new Set(outputs.map((path) => resolve(path))).size < outputs.length) {
    throw usage('detect', '--out, --manifest and --save-mapping write different things. Give each its own PATH.');
  }
  return {
    log: parseLog('detect', positionals, values),
    format: choiceOption<OutputFormat>('detect', '--format', FORMATS, values.format) ?? 'table',
    out: values.out,
    raw: values.raw ?? false,
    manifest: values.manifest,
    evidence: values.evidence,
    parameters: parseParameters('detect', values),
    saveMapping: values['save-mapping'],
  };
}
