import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from './open-log';
import type { Log, OpenOptions } from './open-log';

/** For tests: a private folder with files in it, and logs opened from them; all gone after `remove`. */
export class MadeFiles {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'doppel-made-')));
  readonly #logs: Log[] = [];

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  async open(paths: readonly string[], options: Partial<OpenOptions> = {}): Promise<Log> {
    const files = paths.map((path) => ({ path, name: path.slice(path.lastIndexOf('/') + 1) }));
    const log = await openLog(files, { tempFolder: join(this.folder, 'temp'), threads: 2, ...options });
    this.#logs.push(log);
    return log;
  }

  async remove(): Promise<void> {
    for (const log of this.#logs) await log.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** For tests: a User Activity record as LSS writes it, two minutes after the one before. */
export function activity(index: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const time = new Date(Date.UTC(2026, 2, 2, 8, 0, 0) + index * 120_000);
  return {
    LogTimestamp: `Mon Mar  2 ${time.toISOString().slice(11, 19)} 2026`,
    Customer: 'Example Ltd',
    SessionID: `session-${index % 3}`,
    ConnectionID: `session-${index % 3},connection-${index}`,
    InternalReason: '',
    ConnectionStatus: 'open',
    Username: `user${index % 3}@example.test`,
    ClientPublicIP: `198.51.100.${index % 3}`,
    ClientCountryCode: 'DE',
    Application: 'HR',
    TimestampConnectionStart: time.toISOString(),
    TimestampConnectionEnd: '',
    ...changes,
  };
}

/** For tests: one record a line, each line ended. */
export function jsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
