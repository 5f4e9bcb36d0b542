import { accessSync, constants, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError, messageOf } from '../../shared/errors';

export const SERVE_HELP = `doppel serve [FILE...] [--port N] [--no-open]

  Opens the investigation app in the browser. It listens on 127.0.0.1 only, and the address that it prints
  holds a key: only who has the whole address can use it. Ctrl+C ends it.

  FILE...     log files to open at once
  --port N    listen on this port (default: any free one)
  --no-open   do not start a browser, only print the address
`;

export interface ServeArguments {
  files: GrantedPath[];
  /** 0 = any free port. */
  port: number;
  open: boolean;
}

/** Throws `usage` for wrong options, and `file-missing`, `not-a-file` or `file-unreadable` for a FILE that will not do. */
export function parseServeArguments(args: string[]): ServeArguments | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new DoppelError(
      'usage',
      `--port ${values.port}: a port is a number from 1 to 65535. See doppel serve --help.`,
    );
  }
  return { files: positionals.map(grant), port, open: !values['no-open'] };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // Node goes on with advice about positional arguments
    const [problem = ''] = messageOf(error).split('. ');
    throw new DoppelError('usage', `${problem}. See doppel serve --help.`, { cause: error });
  }
}

/** What the user names on the command line, the engine may read. */
function grant(file: string): GrantedPath {
  const path = resolve(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new DoppelError('file-missing', `${file}: there is no such file. Check the path.`);
  if (!found.isFile()) throw new DoppelError('not-a-file', `${file} is not a file. Name the log files themselves.`);
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new DoppelError('file-unreadable', `${file}: no permission to read it.`, { cause: error });
  }
  return { path, name: basename(path) };
}
