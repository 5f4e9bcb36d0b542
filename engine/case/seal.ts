import { createHash } from 'node:crypto';

/**
 * A sealed text is one JSON object whose last member, `h`, is the SHA-256 of all bytes before `,"h":`.
 * The bytes themselves are hashed, so that members this version does not know are covered, and kept, too.
 */
export interface Sealed {
  value: unknown;
  h: string;
}

const SEAL = /^,"h":"([0-9a-f]{64})"\}$/;
const SEAL_BYTES = 72;

/** The value as one line of JSON that ends with its own SHA-256, and that hash. */
export function seal(value: object): { text: string; h: string } {
  const body = JSON.stringify(value).slice(0, -1);
  const h = sha256(body);
  return { text: `${body},"h":"${h}"}`, h };
}

/** Undefined when the seal is broken or what it covers is no JSON. */
export function unseal(bytes: Buffer): Sealed | undefined {
  const bodyBytes = bytes.length - SEAL_BYTES;
  const h = SEAL.exec(bytes.toString('latin1', Math.max(0, bodyBytes)))?.[1];
  if (h === undefined || bodyBytes <= 0 || sha256(bytes.subarray(0, bodyBytes)) !== h) return undefined;
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown, h };
  } catch {
    return undefined;
  }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
