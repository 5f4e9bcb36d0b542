/**
 * Stable pseudonyms (docs/export.md): HMAC-SHA-256 of a name with a key that only the case has. The same name has the same
 * pseudonym in everything that is exported from one case, and nobody without the key can try names out.
 */
import * as v from 'valibot';
import { ipBlockOf } from './ip-block';

/** 32 bytes in lower-case hex. */
export const PseudonymKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What has a pseudonym; one name as two kinds has two. */
type Kind = 'user' | 'ip' | 'block' | 'session' | 'person' | 'finding' | 'overlap' | 'file';

/** Hex digits: of a million names some two hundred-thousandths of a chance that two share one. */
const DIGITS = 16;
/** Of an address within its block, and of a block. */
const IP_DIGITS = 8;

/** Pseudonyms under one key: the same name always gets the same one, and without the key none leads back. */
export class Pseudonyms {
  readonly #key: CryptoKey;
  readonly #known = new Map<string, Promise<string>>();

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  static async of(key: string): Promise<Pseudonyms> {
    const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return new Pseudonyms(
      await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    );
  }

  /** `user-3f0c…`; of a user key, so that spellings of one user have one. An empty text stays empty, as with all of them. */
  user(key: string): Promise<string> {
    return this.#named('user', key);
  }

  /** `ip-BLOCK-ADDRESS`: addresses of one /24 or /64 share the first part. */
  async ip(address: string): Promise<string> {
    if (address === '') return '';
    const [block, own] = await Promise.all([this.#digest('block', ipBlockOf(address)), this.#digest('ip', address)]);
    return `ip-${block.slice(0, IP_DIGITS)}-${own.slice(0, IP_DIGITS)}`;
  }

  session(id: string): Promise<string> {
    return this.#named('session', id);
  }

  /** Of those who decide. */
  person(name: string): Promise<string> {
    return this.#named('person', name);
  }

  /** The true id of a finding is a hash of the user without a key: whoever guesses a name could tell. */
  finding(id: string): Promise<string> {
    return this.#named('finding', id);
  }

  overlap(id: string): Promise<string> {
    return this.#named('overlap', id);
  }

  file(name: string): Promise<string> {
    return this.#named('file', name);
  }

  async #named(kind: Kind, name: string): Promise<string> {
    return name === '' ? '' : `${kind}-${(await this.#digest(kind, name)).slice(0, DIGITS)}`;
  }

  #digest(kind: Kind, name: string): Promise<string> {
    const text = `${kind}\0${name}`;
    const known = this.#known.get(text);
    if (known) return known;
    const digest = this.#sign(text);
    this.#known.set(text, digest);
    return digest;
  }

  async #sign(text: string): Promise<string> {
    const signature = await crypto.subtle.sign('HMAC', this.#key, new TextEncoder().encode(text));
    return [...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
