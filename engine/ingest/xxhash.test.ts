import { expect, test } from 'vitest';
import { XxHash64 } from './xxhash';

const MASK = (1n << 64n) - 1n;
const P: readonly [bigint, bigint, bigint, bigint, bigint] = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
];

/** The algorithm of the XXH64 specification, word for word in BigInt. */
function reference(bytes: Uint8Array): bigint {
  const wrap = (value: bigint): bigint => value & MASK;
  const rotate = (value: bigint, bits: bigint): bigint => wrap((value << bits) | (value >> (64n - bits)));
  const round = (lane: bigint, word: bigint): bigint => wrap(rotate(wrap(lane + word * P[1]), 31n) * P[0]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let hash = P[4];
  if (bytes.length >= 32) {
    const lanes = [wrap(P[0] + P[1]), P[1], 0n, wrap(-P[0])];
    for (; at + 32 <= bytes.length; at += 32) {
      for (let lane = 0; lane < 4; lane++) lanes[lane] = round(lanes[lane]!, view.getBigUint64(at + lane * 8, true));
    }
    hash = wrap(rotate(lanes[0]!, 1n) + rotate(lanes[1]!, 7n) + rotate(lanes[2]!, 12n) + rotate(lanes[3]!, 18n));
    for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * P[0] + P[3]);
  }
  hash = wrap(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P[0] + P[3]);
  }
  if (at + 4 <= bytes.length) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(at, true)) * P[0]), 23n) * P[1] + P[2]);
    at += 4;
  }
  for (; at < bytes.length; at++) hash = wrap(rotate(hash ^ wrap(BigInt(bytes[at]!) * P[4]), 11n) * P[0]);
  hash = wrap((hash ^ (hash >> 33n)) * P[1]);
  hash = wrap((hash ^ (hash >> 29n)) * P[2]);
  return hash ^ (hash >> 32n);
}

test('the empty text has the hash that the specification gives', () => {
  expect(reference(new Uint8Array()).toString(16)).toBe('ef46db3751d8e999');
  expect(new XxHash64().digestLow()).toBe(0x51d8e999);
});

test('agrees with the specification for every length and every cut into pieces', () => {
  let state = 12345;
  const bytes = Uint8Array.from({ length: 300 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  for (let length = 0; length <= 300; length++) {
    const text = bytes.subarray(0, length);
    const hash = new XxHash64();
    const cut = (length * 7) % (length + 1);
    hash.update(text.subarray(0, cut));
    hash.update(text.subarray(cut));
    expect(hash.digestLow()).toBe(Number(reference(text) & 0xffffffffn));
  }
});
