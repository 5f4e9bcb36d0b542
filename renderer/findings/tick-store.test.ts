import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TickStore, tickedIds } from './tick-store';
import type { Client } from '../../shared/rpc';

/** An engine whose list is `list`, and that tells at most as many ids at once as it is asked for. */
function engineOf(list: readonly string[], asked: number[] = []): Client {
  const call = (_method: string, { offset, limit }: { offset: number; limit: number }) => {
    asked.push(offset);
    return Promise.resolve({ total: list.length, ids: list.slice(offset, offset + limit) });
  };
  // only `call` is used here
  return { call } as unknown as Client;
}

const ticked = (ticks: TickStore, list: readonly string[]) =>
  tickedIds(engineOf(list), ticks.state, {}, new AbortController().signal);

test('whatever is ticked and unticked, exactly those rows are changed, and the count says how many', async () => {
  const list = Array.from({ length: 12 }, (_, at) => `finding ${at}`);
  const step = fc.oneof(
    fc.record({ do: fc.constant('toggle' as const), at: fc.nat(11) }),
    fc.record({ do: fc.constantFrom('all' as const, 'clear' as const), at: fc.constant(0) }),
    fc.record({ do: fc.constant('more' as const), at: fc.nat(11) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const ticks = new TickStore();
      let expected = new Set<string>();
      for (const { do: what, at } of steps) {
        const id = list[at] ?? '';
        if (what === 'all') {
          ticks.tickAll();
          expected = new Set(list);
        } else if (what === 'clear') {
          ticks.clear();
          expected = new Set();
        } else if (what === 'more') {
          const more = list.slice(at, at + 3);
          ticks.tickMore(ticks.state, more);
          expected = new Set([...expected, ...more]);
        } else {
          ticks.toggle(id);
          if (!expected.delete(id)) expected.add(id);
        }
      }
      expect(new Set(await ticked(ticks, list))).toEqual(expected);
      expect(ticks.count(list.length)).toBe(expected.size);
      for (const id of list) expect(ticks.has(id)).toBe(expected.has(id));
    }),
  );
});

test('all of 25,000 but one are asked for in three pages', async () => {
  const list = Array.from({ length: 25_000 }, (_, at) => `finding ${at}`);
  const ticks = new TickStore();
  ticks.tickAll();
  ticks.toggle('finding 17');
  const asked: number[] = [];
  const ids = await tickedIds(engineOf(list, asked), ticks.state, {}, new AbortController().signal);
  expect(asked).toEqual([0, 10_000, 20_000]);
  expect(ids).toHaveLength(24_999);
  expect(ids).not.toContain('finding 17');
});
