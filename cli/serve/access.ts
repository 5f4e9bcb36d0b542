/** Who may talk to the web shell: a loopback port is open to every page and every user of this machine. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const TOKEN_BYTES = 32;
const ENTRY_VALID_MS = 60_000;

/** Judges requests by host, origin and key. All three are asked of whatever reaches the log; the page itself holds nothing secret. */
export class Access {
  /** The key to everything; it travels in URL fragments and headers, never in a request line. */
  readonly token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #host: string;
  #entry: { code: string; until: number } | undefined;

  /** `host` is the one name under which pages may call us, such as `127.0.0.1:4711`. */
  constructor(host: string) {
    this.#host = host;
  }

  get url(): string {
    return `http://${this.#host}/#t=${this.token}`;
  }

  /**
   * A URL for the command line of a browser, which other users of this machine can read. It leads to `url` once,
   * within a minute; the token itself never stands in a list of processes.
   */
  entryUrl(): string {
    this.#entry = { code: randomBytes(TOKEN_BYTES).toString('base64url'), until: Date.now() + ENTRY_VALID_MS };
    return `http://${this.#host}/enter?code=${this.#entry.code}`;
  }

  /** The URL for who shows the code of entryUrl, the first time. */
  enter(code: string | null): string | undefined {
    const entry = this.#entry;
    if (!entry || code === null || Date.now() > entry.until || !equal(code, entry.code)) return undefined;
    this.#entry = undefined;
    return this.url;
  }

  /** Another name for 127.0.0.1 means that a foreign page has had its own name resolved to us (DNS rebinding). */
  hostIsOurs(request: IncomingMessage): boolean {
    return request.headers.host === this.#host;
  }

  /** The page that asks is ours, not one of another site or another port. */
  originIsOurs(request: IncomingMessage): boolean {
    return request.headers.origin === `http://${this.#host}`;
  }

  tokenIsRight(given: string | undefined): boolean {
    return given !== undefined && equal(given, this.token);
  }
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
