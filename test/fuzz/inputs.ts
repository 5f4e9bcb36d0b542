/** Inputs for the fuzzer: golden logs of every format, changed and packed, and records of hostile values. One seed, one input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { Choices } from '../../shared/choices';
import { anyText, damages, edits } from './changes';
import { PACKS } from './pack';
import type { Packing } from './pack';

/** A golden log as it is. */
export interface Sample {
  name: string;
  bytes: Buffer;
  choices: Choices;
}

export interface FuzzInput {
  /** What it was made from and how it is packed. */
  name: string;
  bytes: Buffer;
  choices: Choices;
  /** The golden log that it was made from; undefined for made records. */
  sample: Sample | undefined;
  packing: Packing;
  /** The text that was packed; undefined when the archive was changed afterwards. */
  text: Buffer | undefined;
}

const Case = v.object({ choices: v.optional(Choices, {}) });

/** The input files of the golden cases, with the choices that they are read with. */
export function goldenSamples(folder = join('test', 'golden')): Sample[] {
  return readdirSync(folder).flatMap((name) => {
    const { choices } = v.parse(Case, JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')));
    const files = readdirSync(join(folder, name)).filter((file) => file.startsWith('input'));
    return files.map((file) => ({ name: `${name}/${file}`, bytes: readFileSync(join(folder, name, file)), choices }));
  });
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
  anyText,
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

const packing = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Packing>('plain') },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Packing>(
      'gzip',
      'gzip of two members',
      'zstd',
      'zip',
      'tar',
      'tar, gzip',
      'gzip in zip',
    ),
  },
);

/**
 * Makes the input of a seed: a golden log or made records, changed, packed, and one packed one in four changed again as an
 * archive.
 */
export function inputMaker(samples: readonly Sample[]): (seed: number) => FuzzInput {
  const others = samples.map(({ bytes }) => bytes);
  const damage = damages(others);
  const change = fc.oneof(damage, edits(others));
  const input = fc
    .tuple(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...samples).map((from) => ({ from, sample: from })) },
        { weight: 1, arbitrary: madeRecords.map((from) => ({ from, sample: undefined })) },
      ),
      fc.array(change, { maxLength: 4 }),
      packing,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(damage, { minLength: 1, maxLength: 2 }) },
      ),
    )
    .map(([{ from, sample }, before, packed, after]): FuzzInput => {
      const text = before.reduce((now, one) => one(now), from.bytes);
      const archive = PACKS[packed](text);
      const isWhole = packed === 'plain' || after.length === 0;
      return {
        name: `${from.name}, ${packed}`,
        bytes: isWhole ? archive : after.reduce((now, one) => one(now), archive),
        choices: from.choices,
        sample,
        packing: packed,
        text: isWhole ? text : undefined,
      };
    });
  return (seed) => {
    const [made] = fc.sample(input, { seed, numRuns: 1 });
    if (!made) throw new Error(`fast-check makes nothing of seed ${seed}`);
    return made;
  };
}
