import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startWebShell } from '../../cli/serve/web-shell';
import type { WebShell } from '../../cli/serve/web-shell';
import { channelPair } from '../../shared/channel';
import type { GrantedPath } from '../../shared/engine-control';
import { serve } from '../../shared/rpc';
import { createFakeEngine } from '../contract/fake-engine';

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}
interface Asked {
  method: string;
  headers: OutgoingHttpHeaders;
  body: string;
}

/** The web shell of the test that runs: a new one each, in front of a fake engine. */
class ShellUnderTest {
  /** Holds `renderer/`, and beside it a secret. */
  readonly root = mkdtempSync(join(tmpdir(), 'security-test-'));
  uploads = '';
  /** How many pages have reached the engine. */
  opened = 0;
  readonly offered: GrantedPath[] = [];
  #shell: WebShell | undefined;

  get shell(): WebShell {
    if (!this.#shell) throw new Error('the shell is started before each test');
    return this.#shell;
  }
  get url(): string {
    return this.shell.url;
  }
  get host(): string {
    return new URL(this.url).host;
  }
  get token(): string {
    return new URL(this.url).hash.slice('#t='.length);
  }

  async start(): Promise<void> {
    this.opened = 0;
    this.offered.length = 0;
    this.uploads = mkdtempSync(join(this.root, 'uploads-'));
    this.#shell = await startWebShell({
      renderer: join(this.root, 'renderer'),
      folder: this.uploads,
      port: 0,
      open: () => {
        this.opened++;
        const [page, far] = channelPair();
        serve(far, createFakeEngine().handlers);
        return page;
      },
      offer: (files) => void this.offered.push(...files),
    });
  }

  /** Sends exactly this path and these headers; `fetch` would tidy both. */
  ask(path: string, { method = 'GET', headers = {}, body = '' }: Partial<Asked> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(this.url, { path, method, headers: { host: this.host, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}

/** Starts one before each test of the file and closes it afterwards. */
export function shellUnderTest(): ShellUnderTest {
  const its = new ShellUnderTest();
  beforeAll(() => {
    mkdirSync(join(its.root, 'renderer/assets'), { recursive: true });
    writeFileSync(join(its.root, 'secret.txt'), 'secret');
    writeFileSync(join(its.root, 'renderer/index.html'), '<title>page</title>');
    writeFileSync(join(its.root, 'renderer/assets/app-1.js'), 'let a;');
    writeFileSync(join(its.root, 'renderer/.hidden'), 'secret');
  });
  afterAll(() => rmSync(its.root, { recursive: true }));
  beforeEach(() => its.start());
  afterEach(() => its.shell.close());
  return its;
}
