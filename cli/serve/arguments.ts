import type { Limits } from '../../shared/sources';
import { LIMIT_HELP, LIMIT_OPTIONS, parseLimits } from '../log/limit-options';
import { parseOptions, usage } from '../parse-options';

export const SERVE_HELP = `doppel serve [FILE...] [options]

  Opens the investigation app in the browser. It listens on 127.0.0.1 only, and the address that it prints
  holds a key: only who has the whole address can use it. Ctrl+C ends it.

  FILE...                   log files, archives, folders or quoted patterns such as 'logs/*.gz' to open as one log
  --case FOLDER             keep decisions in this folder, made when there is none
                            (default: the case opened last, at first cases/Default
                            in the user's data folder)
${LIMIT_HELP}  --port N                  listen on this port (default: any free one)
  --no-open                 do not start a browser, only print the address
`;

interface ServeArguments {
  /** As the user names them. */
  files: string[];
  /** 0 = any free port. */
  port: number;
  open: boolean;
  /** The case folder, as the user names it; undefined: the default case. */
  case: string | undefined;
  /** How far archives may unpack, whichever way they are opened. */
  limits: Limits;
}

/** Throws `usage` for wrong options. */
export function parseServeArguments(args: string[]): ServeArguments | 'help' {
  const { values, positionals } = parseOptions('serve', args, {
    port: { type: 'string', default: '0' },
    case: { type: 'string' },
    ...LIMIT_OPTIONS,
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw usage('serve', `--port ${values.port}: a port is a number from 1 to 65535.`);
  }
  return {
    files: positionals,
    port,
    open: !values['no-open'],
    case: values.case,
    limits: parseLimits('serve', values),
  };
}
