import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Case } from '../../engine/case/case';
import { DoppelError } from '../../shared/errors';
import { LONG, temporaryFolder } from './crash';
import { changeOf, findingsOf, takeStock } from './decisions';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let good: string;
let foreign: string;
beforeAll(async () => {
  root = await temporaryFolder();
  good = join(root.path, 'good');
  foreign = join(root.path, 'foreign');
  for (const [folder, from] of [
    [good, 1],
    [foreign, 100],
  ] as const) {
    for (const first of [from, from + 10]) {
      const store = await Case.open(folder, { author: 'ann' }); // twice, so that there is a previous snapshot
      for (let n = first; n < first + 10; n += 1) store.make(findingsOf(n), changeOf(n));
      store.setDraft({ finding: 'typing', text: 'half-typed' });
      store.pseudonymKey();
      await store.close();
    }
  }
});
afterAll(() => root.remove());

/** All that a person would see of a case, but where it lies. */
const everything = (store: Case): string => {
  const { warnings: _warnings, readOnly: _readOnly, name: _name, folder: _folder, ...info } = store.info();
  return JSON.stringify([info, store.page(0, 10_000), store.activity(undefined, 0, 10_000)]);
};

/** Opens a changed copy of a case and says what came of it. */
async function outcome(folder: string, truth: string): Promise<'refused' | 'flagged' | 'same' | 'SILENT'> {
  let store: Case;
  try {
    store = await Case.open(folder, { author: 'bea' });
  } catch (error) {
    if (error instanceof DoppelError) return 'refused';
    throw error;
  }
  try {
    const { warnings, readOnly } = store.info();
    if (warnings.length > 0 || readOnly !== null) return 'flagged';
    return everything(store) === truth ? 'same' : 'SILENT';
  } finally {
    await store.close();
  }
}

/** Random numbers that come again with the same seed. */
function* chances(seed: number): Generator<(below: number) => number> {
  let state = seed;
  for (;;) {
    yield (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }
}

type Mutation = (bytes: Buffer, chance: (below: number) => number, name: string) => Buffer;
const shuffleLines = (bytes: Buffer, change: (lines: string[]) => void): Buffer => {
  const lines = bytes.toString('latin1').split('\n');
  change(lines);
  return Buffer.from(lines.join('\n'), 'latin1');
};
const MUTATIONS: Record<string, Mutation> = {
  'flip a bit': (bytes, chance) => {
    const at = chance(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([bytes[at]! ^ (1 << chance(8))]), bytes.subarray(at + 1)]);
  },
  'cut the end': (bytes, chance) => bytes.subarray(0, chance(bytes.length)),
  'cut the beginning': (bytes, chance) => bytes.subarray(1 + chance(bytes.length - 1)),
  'cut the last lines': (bytes, chance) =>
    shuffleLines(bytes, (lines) => void lines.splice(-2 - chance(5), 1 + chance(5))),
  'take out bytes': (bytes, chance) => {
    const at = chance(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + chance(300))]);
  },
  'fill with zeros': (bytes, chance) => Buffer.from(bytes).fill(0, chance(bytes.length)),
  'put in bytes': (bytes, chance) => {
    const at = chance(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('{"__proto__":{"x":1}}\n'), bytes.subarray(at)]);
  },
  'take out a line': (bytes, chance) => shuffleLines(bytes, (lines) => void lines.splice(chance(lines.length - 1), 1)),
  'a line twice': (bytes, chance) =>
    shuffleLines(bytes, (lines) => {
      const at = chance(lines.length - 1);
      lines.splice(at, 0, lines[at]!);
    }),
  'the file of another case': (_bytes, _chance, name) => readFileSync(join(foreign, name)),
  'lines of another case': (bytes, _chance, name) => Buffer.concat([bytes, readFileSync(join(foreign, name))]),
};

test(
  'a changed case file is refused or flagged, or changes nothing; never silently another case',
  { timeout: 300_000 },
  async () => {
    const first = await Case.open(good, { author: 'bea' });
    const truth = everything(first);
    await first.close();
    const tally: Record<string, number> = {};
    const silent: string[] = [];
    const random = chances(Number(process.env['DOPPEL_SEED'] ?? 7)).next().value!;
    const names = readdirSync(good).filter((name) => name.startsWith('case.') || name.endsWith('.json'));
    expect(names.toSorted()).toEqual([
      'case.jsonl',
      'case.snapshot.json',
      'case.snapshot.previous.json',
      'drafts.json',
      'pseudonyms.json',
    ]);
    const folder = join(root.path, 'changed');
    const rounds = LONG ? 60 : 4;
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, mutate] of Object.entries(MUTATIONS)) {
        for (const name of ['case.jsonl', ...names]) {
          rmSync(folder, { recursive: true, force: true });
          cpSync(good, folder, { recursive: true });
          const path = join(folder, name);
          const before = readFileSync(path);
          writeFileSync(path, mutate(before, random, name));
          const came = await outcome(folder, truth);
          tally[came] = (tally[came] ?? 0) + 1;
          if (came === 'SILENT') silent.push(`${kind} ${name} round ${round}`);
        }
      }
    }
    console.log('hostile case files:', JSON.stringify(tally));
    expect(silent).toEqual([]);
    expect(tally['refused']! + tally['flagged']!).toBeGreaterThan(150);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  },
);

/** A journal whose seals are right, as an attacker would make it. */
function sealed(lines: object[]): string {
  let prev = '0'.repeat(64);
  return lines
    .map((line) => {
      const body = JSON.stringify({ ...line, prev }).slice(0, -1);
      prev = createHash('sha256').update(body).digest('hex');
      return `${body},"h":"${prev}"}\n`;
    })
    .join('');
}
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const header = { v: 1, kind: 'doppel.case', case: uuid(0), ts: 1_700_000_000_000 };
const decision = (n: number, more: object): object => ({
  v: 1,
  id: uuid(n),
  batch: uuid(n),
  of: 1,
  ts: 1_700_000_000_000 + n,
  author: 'eve',
  finding: 'f',
  set: { status: 'in progress' },
  ...more,
});

async function crafted(name: string, lines: object[]): Promise<Case> {
  const folder = join(root.path, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'case.jsonl'), sealed(lines));
  return Case.open(folder, { author: 'bea' });
}

test('lines of another version, and fields nobody knows, are kept, told of, and survive a merge', async () => {
  const store = await crafted('newer', [
    header,
    decision(1, { mood: 'good', set: { status: 'in progress', colour: 'red' } }),
    decision(2, { v: 2, set: { status: 'solved' } }),
    decision(3, { set: JSON.parse('{"__proto__":{"status":"closed"},"addTags":["__proto__"]}') as object }),
  ]);
  expect(store.info().warnings).toEqual([expect.stringContaining('1 lines, from line 3 on, are of another version')]);
  expect(store.states(['f'])).toMatchObject([{ status: 'in progress', tags: ['__proto__'] }]);
  const other = await Case.open(join(root.path, 'merged'), { author: 'bea' });
  expect(other.merge(join(root.path, 'newer'))).toBe(2);
  expect(other.merge(join(root.path, 'newer'))).toBe(0);
  expect(readFileSync(join(root.path, 'merged', 'case.jsonl'), 'utf8')).toContain('"mood":"good"');
  expect(other.states(['f'])).toEqual(store.states(['f']));
  await store.close();
  await other.close();
});

test('values out of bounds are told of and not shown', async () => {
  const store = await crafted('bounds', [
    header,
    decision(1, { ts: 8e15 }),
    decision(2, { set: { note: { id: uuid(2), text: 'x'.repeat(1_000_000) } } }),
    decision(3, { finding: '' }),
    decision(4, { set: { status: 'closed', verdict: 'guilty' } }),
  ]);
  expect(store.info()).toMatchObject({
    decisions: 0,
    readOnly: null,
    warnings: [expect.stringContaining('4 lines, from line 2 on')],
  });
  store.make(['f'], { addTags: ['mine'] });
  await store.close();
});

test('a damaged case shows what is whole, changes nothing, and is healed by merging it into a new one', async () => {
  const folder = join(root.path, 'damaged');
  cpSync(good, folder, { recursive: true });
  const path = join(folder, 'case.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[5] = 'x';
  writeFileSync(path, lines.join('\n'));
  const bytes = readFileSync(path);
  const store = await Case.open(folder, { author: 'bea' });
  expect(store.info().readOnly).toContain('line 6 is not what was saved');
  expect(() => store.make(['f'], { status: 'in progress' })).toThrow(expect.objectContaining({ code: 'case-damaged' }));
  const shown = JSON.stringify(store.states(findingsOf(15)));
  await store.close();
  expect(readFileSync(path).equals(bytes)).toBe(true);

  const healed = await Case.open(join(root.path, 'healed'), { author: 'bea' });
  healed.merge(folder);
  expect(JSON.stringify(healed.states(findingsOf(15)))).toBe(shown);
  expect(takeStock(healed).held.size).toBeGreaterThanOrEqual(19);
  await healed.close();
});

test('a link in place of the journal is refused, and what it points to stays as it is', async () => {
  const folder = join(root.path, 'linked');
  mkdirSync(folder);
  const log = join(root.path, 'evidence.log');
  writeFileSync(log, 'evidence\n');
  symlinkSync(log, join(folder, 'case.jsonl'));
  await expect(Case.open(folder, { author: 'bea' })).rejects.toMatchObject({ code: 'case-damaged' });
  expect(readFileSync(log, 'utf8')).toBe('evidence\n');
});
