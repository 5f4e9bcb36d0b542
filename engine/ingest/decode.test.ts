import { expect, test } from 'vitest';
import { Decoder, encodingOf, isPlain } from './decode';

const text = '{"a":"é€😀"}\n{"b":1}\n';

function utf16be(from: string): Buffer {
  return Buffer.from(from, 'utf16le').swap16();
}

function decodeInPieces(bytes: Uint8Array, size: number): string {
  const decoder = new Decoder(encodingOf(bytes));
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size)
    out.push(Uint8Array.from(decoder.decode(bytes.subarray(at, at + size))));
  out.push(decoder.finish());
  return Buffer.concat(out).toString();
}

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 LE', Buffer.from(text, 'utf16le')],
  ['UTF-16 BE with a mark', utf16be(`\ufeff${text}`)],
  ['UTF-16 BE', utf16be(text)],
  ['bare carriage returns', Buffer.from(text.replaceAll('\n', '\r'))],
])('%s becomes plain UTF-8, whatever the pieces', (name, bytes) => {
  for (const size of [1, 2, 3, 5, 1000]) expect(decodeInPieces(bytes, size)).toBe(text);
  expect(isPlain(encodingOf(bytes))).toBe(name === 'UTF-8');
});
