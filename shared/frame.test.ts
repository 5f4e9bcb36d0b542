import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from './frame';

const there = (message: unknown): unknown => {
  const frame = encodeFrame(message);
  return decodeFrame(typeof frame === 'string' ? frame : frame.buffer);
};

test('a message without typed arrays is plain JSON text', () => {
  expect(encodeFrame({ a: [1, 'é', null] })).toBe('{"a":[1,"é",null]}');
});

test('typed arrays come back as they were, wherever they are', () => {
  const message = {
    kind: 'result',
    result: {
      deep: [{ a: Uint8Array.of(1, 2, 3) }, null, [Float64Array.of(Math.PI, -0, NaN, Infinity)]],
      empty: new Uint32Array(0),
      text: 'ü\u202e\0',
    },
    int: Int32Array.of(-1, 2 ** 31 - 1),
    short: Uint16Array.of(65_535),
  };
  expect(there(message)).toEqual(message);
});

test('a view into a larger buffer sends its own part only', () => {
  const view = new Float64Array(new ArrayBuffer(64), 16, 2).fill(7);
  expect(there({ view })).toEqual({ view: Float64Array.of(7, 7) });
});

test('any message survives, and none of its values is taken for a reference', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.constant(null),
    fc.boolean(),
    fc.uint8Array(),
    fc.float64Array(),
    fc.uint32Array(),
    fc.constant({ path: ['message'], kind: 'Uint8Array', bytes: 8 }),
    fc.constant({ message: null, arrays: [] }),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (message) => {
      expect(there({ message })).toEqual({ message });
    }),
    { examples: [[JSON.parse('{"__proto__":1,"constructor":{"prototype":2}}')]] },
  );
});

test('a key __proto__ stays a key', () => {
  const message: unknown = JSON.parse('{"__proto__":{"polluted":true},"keep":1}');
  const got = there({ message, bulk: Uint8Array.of(1) }) as { message: object }; // what was sent
  expect(Object.keys(got.message)).toEqual(['__proto__', 'keep']);
  expect('polluted' in {}).toBe(false);
  expect(Object.getPrototypeOf(got.message)).toBe(Object.prototype);
});

const frameOf = (header: unknown, bulk = 0): ArrayBuffer => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = (4 + text.length + 7) & ~7;
  const frame = new Uint8Array(start + bulk);
  new DataView(frame.buffer).setUint32(0, text.length, true);
  frame.set(text, 4);
  return frame.buffer;
};

test.each<[string, string | ArrayBuffer]>([
  ['no JSON', '{'],
  ['nothing', new ArrayBuffer(0)],
  ['a header longer than the frame', Uint32Array.of(4_294_967_295).buffer],
  ['no list of arrays', frameOf({ message: null })],
  [
    'an array past the end',
    frameOf({ message: { a: null }, arrays: [{ path: ['a'], kind: 'Uint8Array', bytes: 9 }] }, 8),
  ],
  ['a negative length', frameOf({ message: { a: null }, arrays: [{ path: ['a'], kind: 'Uint8Array', bytes: -1 }] }, 8)],
  [
    'a constructor that is none of ours',
    frameOf({ message: { a: null }, arrays: [{ path: ['a'], kind: 'Function', bytes: 0 }] }),
  ],
  [
    'an inherited constructor',
    frameOf({ message: { a: null }, arrays: [{ path: ['a'], kind: 'constructor', bytes: 0 }] }),
  ],
  [
    'a path into a prototype',
    frameOf({ message: { a: {} }, arrays: [{ path: ['a', '__proto__', 'x'], kind: 'Uint8Array', bytes: 0 }] }),
  ],
  ['a path to nowhere', frameOf({ message: { a: 1 }, arrays: [{ path: ['b'], kind: 'Uint8Array', bytes: 0 }] })],
])('%s is refused', (_what, frame) => {
  expect(() => decodeFrame(frame)).toThrow(Error);
  expect('x' in {}).toBe(false);
});
