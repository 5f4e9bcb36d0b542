/** A bracket or quote too few or too many costs the record that it is in, however the text is laid out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonElements } from './json-elements';
import { JsonSplitter } from './json-splitter';

const record = (n: number): Record<string, unknown> => ({
  LogTimestamp: `t${n}`,
  User: { Name: `u${n}`, Groups: ['a', ['b'], {}] },
  Networks: [{ id: n, tags: ['x', 'y'] }, { id: n + 1 }],
  Note: 'with { [ ] } , : and \\"quotes\\"',
});
const RECORDS = 8;
const LAYOUTS: Record<string, (records: unknown[]) => string[]> = {
  'on one line': (records) => records.map((one) => JSON.stringify(one)),
  'a record a line': (records) => records.map((one) => `\n${JSON.stringify(one)}`),
  'laid out': (records) => records.map((one) => `\n  ${JSON.stringify(one, undefined, 2).replaceAll('\n', '\n  ')}`),
  'laid out without indents': (records) =>
    records.map((one) => `\n${JSON.stringify(one, undefined, 1).replaceAll(/\n +/gu, '\n')}`),
};
interface Damage {
  which: number;
  at: number;
  insert: string;
}

const damage = (first: number): fc.Arbitrary<Damage> =>
  fc.record({
    which: fc.integer({ min: first, max: RECORDS - 2 }), // the last one has nothing after it
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    insert: fc.constantFrom('{', '[', '}', ']', '"', '[[', ''),
  });

/** What a record looks like is learned from a whole one, or from what comes after the first when that alone is broken. */
const damages = fc.oneof(
  fc.tuple(damage(0)),
  fc.tuple(damage(1), damage(1)).filter(([one, other]) => one.which !== other.which),
);

function damaged(parts: string[], { which, at, insert }: Damage): string[] {
  return parts.map((part, index) => {
    if (index !== which) return part;
    const places = [...part.matchAll(/[[\]{}"]/gu)].map((match) => match.index).slice(1, -1);
    const place = places[Math.floor(at * places.length)] ?? 1;
    return part.slice(0, place) + insert + part.slice(insert === '' ? place + 1 : place);
  });
}

/** The records that are found whole, by what they say in their first key. */
function found(lines: string): string[] {
  return lines.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null && 'LogTimestamp' in value ? [String(value.LogTimestamp)] : [];
    } catch {
      return [];
    }
  });
}

interface Split {
  lines: string;
  starts: number;
  unreadFrom: number | undefined;
}

function splitValues(text: string, size: number): Split {
  const out: Uint8Array[] = [];
  const splitter = new JsonSplitter((bytes) => out.push(new Uint8Array(bytes)));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  const { starts, unreadFrom } = splitter.finish();
  return { lines: Buffer.concat(out).toString(), starts: starts.length, unreadFrom };
}

function splitElements(text: string, size: number): Split {
  const out: Uint8Array[] = [];
  const target = { write: (bytes: Uint8Array) => out.push(new Uint8Array(bytes)), bytes: 0, blank: () => undefined };
  const elements = new JsonElements('results', target);
  const bytes = Buffer.from(`{"results": ${text}, "more": {"results": [{"LogTimestamp":"more"}]}}`);
  for (let at = 0; at < bytes.length; at += size) elements.push(bytes.subarray(at, at + size));
  const { starts, unreadFrom } = elements.finish();
  return { lines: Buffer.concat(out).toString(), starts: starts.length, unreadFrom };
}

for (const [layout, write] of Object.entries(LAYOUTS)) {
  for (const [what, split] of Object.entries({ 'an array': splitValues, 'an array in a document': splitElements })) {
    test(`${what}, ${layout}`, () => {
      const records = Array.from({ length: RECORDS }, (_, n) => record(n));
      const whole = `[${write(records).join(',')}\n]`;
      fc.assert(
        fc.property(damages, fc.constantFrom(7, 100_000), (changes, size) => {
          const all = records.map(({ LogTimestamp }) => String(LogTimestamp));
          expect(found(split(whole, size).lines)).toEqual(expect.arrayContaining(all));
          const text = `[${[...changes].reduce(damaged, write(records)).join(',')}\n]`;
          const { lines, starts, unreadFrom } = split(text, size);
          const others = all.filter((_, n) => changes.every(({ which }) => which !== n));
          // of a document around the records, what is left of a broken one can look like the end of them: then that is told
          const isTold = split === splitElements && unreadFrom !== undefined;
          expect(found(lines)).toEqual(expect.arrayContaining(isTold ? [] : others));
          expect(lines.split('\n').length - 1).toBe(starts);
        }),
        { numRuns: 150 },
      );
    });
  }
}
