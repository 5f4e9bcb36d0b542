/** For tests: engines that are started one after another, as on one day and the next, with one case. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { channelPair } from '../../shared/channel';
import type { CacheNews } from '../../shared/cache';
import type { Params } from '../../shared/contract';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { LogSummary } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { createEngine } from '../handlers';
import type { Engine } from '../handlers';
import { activity, jsonLines } from '../ingest/made-log';

/** A case folder and the logs beside it in a private folder; the engine in it can be stopped and started again. */
export class MadeCase {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'made-case-')));
  readonly caseFolder = join(this.folder, 'case');
  #running: { engine: Engine; client: Client } | undefined;

  constructor() {
    mkdirSync(this.caseFolder);
  }

  get client(): Client {
    return this.#now.client;
  }

  get engine(): Engine {
    return this.#now.engine;
  }

  get #now(): { engine: Engine; client: Client } {
    if (!this.#running) throw new Error('No engine has been started.');
    return this.#running;
  }

  /** An engine that has just been started; the one before it has ended. */
  async started(options: { lastOpenedFile?: string; fromRecords?: number } = {}): Promise<Engine> {
    await this.end();
    const { lastOpenedFile, fromRecords = 1 } = options;
    const cache = { keyFile: this.path('data/cache-key'), awaitsCase: true, fromRecords, threads: 2 };
    const engine = createEngine({ tempFolder: this.path('temp'), cache, lastOpenedFile });
    const [here, there] = channelPair();
    serve(there, engine.handlers);
    this.#running = { engine, client: connect(here) };
    engine.setCase({ folder: this.caseFolder, mayWrite: true });
    return engine;
  }

  async end(): Promise<void> {
    const before = this.#running;
    this.#running = undefined;
    before?.client.close();
    await before?.engine.close();
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  written(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Opens a log and detects, as a page does. */
  async opened(path: string, more: Partial<Params<'log.open'>> = {}): Promise<LogSummary> {
    const handles = await this.engine.offer([{ path, name: path.slice(this.folder.length + 1) }]);
    const log = await this.client.call('log.open', { files: handles.map(({ id }) => id), ...more });
    await this.client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
    return log;
  }

  news(): Promise<CacheNews> {
    return this.client.call('log.cache', {});
  }

  /** A log that has been opened for the first time, and is in the cache. */
  async kept(path: string): Promise<LogSummary> {
    await this.started();
    const log = await this.opened(path);
    const news = await this.news();
    if (news.is !== 'kept') throw new Error(`The log is not kept: ${JSON.stringify(news)}`);
    return log;
  }
}

/** Three users at two addresses each, now and then a broken line, and more of it than one look at a file covers. */
export function records(times: number): Record<string, unknown>[] {
  return Array.from({ length: times }, (_, n) => [
    activity(n, { SessionID: `a-${n % 7}`, ClientPublicIP: `198.51.100.${n % 2}`, Note: 'é'.repeat(2000) }),
    activity(n, { SessionID: `b-${n % 5}`, ClientPublicIP: `2001:db8::${n % 3}`, ConnectionStatus: 'active' }),
  ]).flat();
}

/** JSON lines with so many pairs of records, and with an empty, a cut and a senseless line among them. */
export function lines(times = 60): string {
  const text = jsonLines(records(times)).split('\n');
  text.splice(10, 0, '', '{"LogTimestamp": "Mon Mar  2 08:', 'no record at all');
  return text.join('\n');
}
