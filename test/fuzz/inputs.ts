/** Inputs for the fuzzer: damaged golden samples of every format, and records of hostile values. One seed, one input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { Choices } from '../../shared/choices';
import { PACKS } from './pack';

export interface FuzzInput {
  /** What it was made from. */
  name: string;
  bytes: Buffer;
  choices: Choices;
}

const Case = v.object({ choices: v.optional(Choices, {}) });

/** The input files of the golden cases, with the choices that they are read with. */
export function goldenSamples(folder = join('test', 'golden')): FuzzInput[] {
  return readdirSync(folder).flatMap((name) => {
    const { choices } = v.parse(Case, JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')));
    const files = readdirSync(join(folder, name)).filter((file) => file.startsWith('input'));
    return files.map((file) => ({
      name: `${name}/${file}`,
      bytes: readFileSync(join(folder, name, file)),
      choices,
    }));
  });
}

const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '""',
  ',',
  ':',
  '\\',
  '\\"',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '\u2028',
  '\ufeff',
  '|',
  '^',
  'null',
  '-0',
  '1e999',
  '9'.repeat(40),
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '1772438400000000',
  '"__proto__":{"x":1},',
  '[['.repeat(3000),
  '{"a":'.repeat(3000),
  'x'.repeat(70_000),
  '-9223372036854775808',
].map((text) => Buffer.from(text));
TOKENS.push(Buffer.of(0xff, 0xfe), Buffer.of(0xc0, 0xaf), Buffer.of(0xed, 0xa0, 0x80), Buffer.alloc(4096));

type Change = (bytes: Buffer) => Buffer;
/** Anywhere alike: without noBias most places would be the very beginning, which makes of most inputs no log at all. */
const place = fc.noBias(fc.nat(1_000_000)).map((millionths) => millionths / 1_000_000);
/** A file that is cut keeps at least so much of itself. */
const LEAST_KEPT = 0.2;

/** Puts `content` in place of `cut` bytes at a place between the beginning (0) and the end (1). */
function replaced(bytes: Buffer, at: number, cut: number, content: Uint8Array): Buffer {
  const start = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, start), content, bytes.subarray(start + cut)]);
}

function changes(samples: readonly FuzzInput[]): fc.Arbitrary<Change> {
  const length = fc.nat(300);
  const other = fc.constantFrom(...samples);
  return fc.oneof(
    fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 4 })).map(
      ([at, content]): Change =>
        (bytes) =>
          replaced(bytes, at, content.length, content),
    ),
    fc.tuple(place, length, fc.constantFrom(...TOKENS)).map(
      ([at, cut, token]): Change =>
        (bytes) =>
          replaced(bytes, at, cut % 3 ? 0 : cut, token),
    ),
    fc.tuple(place, length).map(
      ([at, cut]): Change =>
        (bytes) =>
          replaced(bytes, at, cut, Buffer.alloc(0)),
    ),
    place.map(
      (at): Change =>
        (bytes) =>
          bytes.subarray(0, Math.floor((LEAST_KEPT + at * (1 - LEAST_KEPT)) * bytes.length)),
    ),
    fc.tuple(place, place, length, other).map(([at, from, size, { bytes: source }]): Change => (bytes) => {
      const start = Math.floor(from * source.length);
      return replaced(bytes, at, 0, source.subarray(start, start + size));
    }),
  );
}

const FIELDS = [
  'LogTimestamp',
  'ConnectionStatus',
  'SessionStatus',
  'Username',
  'ClientPublicIP',
  'PublicIP',
  'SessionID',
];
const value = fc.oneof(
  fc.constantFrom('Mon Mar  2 08:15:03 2026', 'open', 'close', 'ZPN_STATUS_AUTHENTICATED', 'u', '198.51.100.9', '::1'),
  fc.constantFrom('0001-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', 2 ** 63, -(2 ** 63), 1772438400000, 1e308, -1),
  fc.jsonValue({ maxDepth: 2 }),
);
const record = fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FIELDS) }, fc.string()), value);

const madeRecords = fc.array(record, { minLength: 1, maxLength: 20 }).chain((records) => {
  const cell = (text: unknown): string => `"${(JSON.stringify(text) ?? '').replaceAll('"', '""')}"`;
  const lines = records.map((made) => JSON.stringify(made)).join('\n');
  const rows = records.map((made) => FIELDS.map((field) => cell(made[field])).join(','));
  return fc.constantFrom(
    { name: 'made JSON lines', bytes: Buffer.from(lines), choices: {} },
    { name: 'made CSV', bytes: Buffer.from([FIELDS.join(','), ...rows].join('\n')), choices: {} },
  );
});

/** Makes the input of a seed: a sample or made records, changed, packed, and now and then changed again as an archive. */
export function inputMaker(samples: readonly FuzzInput[]): (seed: number) => FuzzInput {
  const change = changes(samples);
  const pack = fc.oneof(
    { weight: 3, arbitrary: fc.constant('plain' as const) },
    { weight: 2, arbitrary: fc.constantFrom('gzip' as const, 'zstd' as const, 'zip' as const) },
  );
  const input = fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...samples) }, madeRecords),
      fc.array(change, { maxLength: 5 }),
      pack,
      fc.array(change, { maxLength: 2 }),
    )
    .map(([{ name, bytes, choices }, before, packed, after]) => {
      const apply = (all: Change[], to: Buffer): Buffer => all.reduce((now, one) => one(now), to);
      return { name: `${name}, ${packed}`, bytes: apply(after, PACKS[packed](apply(before, bytes))), choices };
    });
  return (seed) => {
    const [made] = fc.sample(input, { seed, numRuns: 1 });
    if (!made) throw new Error(`fast-check makes nothing of seed ${seed}`);
    return made;
  };
}
