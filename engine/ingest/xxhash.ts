/**
 * XXH64 with seed 0, the checksum of a zstd frame (RFC 8878, section 3.1.1). In 32-bit halves: BigInt would be ten times
 * slower. Halves are kept as [low, high] pairs in one Uint32Array.
 */
const P1 = [0x85ebca87, 0x9e3779b1] as const;
const P2 = [0x27d4eb4f, 0xc2b2ae3d] as const;
const P3 = [0x9e3779f9, 0x165667b1] as const;
const P4 = [0xc2b2ae63, 0x85ebca77] as const;
const P5 = [0x165667c5, 0x27d4eb2f] as const;
const STRIPE = 32;

type Half = readonly [low: number, high: number];
const ZERO: Half = [0, 0];

/** A checksum that is fed piece by piece; the pieces may be cut anywhere. */
export class XxHash64 {
  readonly #lanes = new Uint32Array(8);
  readonly #rest = Buffer.alloc(STRIPE);
  #restBytes = 0;
  #total = 0;

  constructor() {
    const starts = [add(P1, P2), P2, ZERO, add(not(P1), [1, 0])];
    for (const [lane, [low, high]] of starts.entries()) this.#lanes.set([low, high], lane * 2);
  }

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(STRIPE - this.#restBytes, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
    }
    const end = at + Math.floor((bytes.length - at) / STRIPE) * STRIPE;
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restBytes = bytes.length - end;
  }

  /** The low 32 bits, which is what a zstd frame stores. */
  digestLow(): number {
    let hash: Half = P5;
    if (this.#total >= STRIPE) {
      hash = [1, 7, 12, 18].map((bits, lane) => rotate(this.#lane(lane), bits)).reduce(add);
      for (let lane = 0; lane < 4; lane++) {
        hash = add(multiply(xor(hash, round([0, 0], this.#lane(lane))), P1), P4);
      }
    }
    hash = add(hash, [this.#total >>> 0, Math.floor(this.#total / 2 ** 32)]);
    let at = 0;
    for (; at + 8 <= this.#restBytes; at += 8) {
      const word: Half = [this.#rest.readUInt32LE(at), this.#rest.readUInt32LE(at + 4)];
      hash = add(multiply(rotate(xor(hash, round([0, 0], word)), 27), P1), P4);
    }
    if (at + 4 <= this.#restBytes) {
      hash = add(multiply(rotate(xor(hash, multiply([this.#rest.readUInt32LE(at), 0], P1)), 23), P2), P3);
      at += 4;
    }
    for (; at < this.#restBytes; at++) {
      hash = multiply(rotate(xor(hash, multiply([this.#rest[at] ?? 0, 0], P5)), 11), P1);
    }
    hash = multiply(xor(hash, shift(hash, 33)), P2);
    hash = multiply(xor(hash, shift(hash, 29)), P3);
    return xor(hash, shift(hash, 32))[0] >>> 0;
  }

  #lane(lane: number): Half {
    return [this.#lanes[lane * 2] ?? 0, this.#lanes[lane * 2 + 1] ?? 0];
  }

  /** The hot loop: each 8 bytes do lane = rotate(lane + word * P2, 31) * P1, without making an object. */
  #stripes(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const lanes = this.#lanes;
    for (let at = start; at < end; at += 8) {
      const lane = ((at - start) >>> 2) & 6;
      const low = view.getUint32(at, true);
      const high = view.getUint32(at + 4, true);
      const a = multiplyHigh(low, P2[0]) + Math.imul(high, P2[0]) + Math.imul(low, P2[1]);
      const sum = (lanes[lane] ?? 0) + (Math.imul(low, P2[0]) >>> 0);
      const sumLow = sum >>> 0;
      const sumHigh = ((lanes[lane + 1] ?? 0) + a + (sum > 0xffffffff ? 1 : 0)) >>> 0;
      const turnedLow = ((sumLow << 31) | (sumHigh >>> 1)) >>> 0;
      const turnedHigh = ((sumHigh << 31) | (sumLow >>> 1)) >>> 0;
      lanes[lane] = Math.imul(turnedLow, P1[0]);
      lanes[lane + 1] = multiplyHigh(turnedLow, P1[0]) + Math.imul(turnedHigh, P1[0]) + Math.imul(turnedLow, P1[1]);
    }
  }
}

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const first = aHigh * bLow + ((aLow * bLow) >>> 16); // at most 32 bits, as is the next
  const second = aLow * bHigh + (first & 0xffff);
  return (aHigh * bHigh + (first >>> 16) + (second >>> 16)) >>> 0;
}

const multiply = ([al, ah]: Half, [bl, bh]: Half): Half => [
  Math.imul(al, bl) >>> 0,
  (multiplyHigh(al, bl) + Math.imul(ah, bl) + Math.imul(al, bh)) >>> 0,
];
const add = ([al, ah]: Half, [bl, bh]: Half): Half => [
  (al + bl) >>> 0,
  (ah + bh + (al + bl > 0xffffffff ? 1 : 0)) >>> 0,
];
const xor = ([al, ah]: Half, [bl, bh]: Half): Half => [(al ^ bl) >>> 0, (ah ^ bh) >>> 0];
const not = ([low, high]: Half): Half => [~low >>> 0, ~high >>> 0];
const round = (lane: Half, word: Half): Half => multiply(rotate(add(lane, multiply(word, P2)), 31), P1);

function rotate([low, high]: Half, bits: number): Half {
  return [((low << bits) | (high >>> (32 - bits))) >>> 0, ((high << bits) | (low >>> (32 - bits))) >>> 0];
}

function shift([low, high]: Half, bits: number): Half {
  if (bits >= 32) return [high >>> (bits - 32), 0];
  return [((low >>> bits) | (high << (32 - bits))) >>> 0, high >>> bits];
}
