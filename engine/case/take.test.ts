import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Case } from './case';

const root = mkdtempSync(join(tmpdir(), 'take-test-'));
afterAll(() => rmSync(root, { recursive: true }));

test('decisions that were handed over are taken once, keep their author, and yield to later ones', async () => {
  const ann = await Case.open(join(root, 'ann'), { author: 'ann', now: () => Date.parse('2026-03-02T09:00Z') });
  ann.make(['f1', 'f2'], { status: 'closed', verdict: 'true positive' });
  ann.make(['f1'], { note: { text: 'called' }, addTags: ['vip'] });
  const { records, next } = ann.records(0, 2);
  expect([records.length, next]).toEqual([2, 2]);
  const all = [...records, ...ann.records(2, 10).records];
  expect(all).toHaveLength(3);

  const bea = await Case.open(join(root, 'bea'), { author: 'bea', now: () => Date.parse('2026-03-02T10:00Z') });
  // as they come over the wire
  const sent: unknown[] = JSON.parse(JSON.stringify(all));
  expect(bea.take(sent)).toMatchObject({ taken: 3, states: [{ finding: 'f1' }, { finding: 'f2' }] });
  expect(bea.states(['f1', 'f2'])).toEqual(ann.states(['f1', 'f2']));
  expect(bea.take(sent)).toEqual({ taken: 0, states: [] });
  bea.make(['f1'], { verdict: 'undetermined' });
  expect(bea.states(['f1'])).toMatchObject([{ verdict: 'undetermined', tags: ['vip'], notes: [{ author: 'ann' }] }]);
  expect(bea.activity('f1', 0, 10).rows.map(({ author }) => author)).toEqual(['bea', 'ann', 'ann']);

  const strange = [
    { ...all[0], id: '00000000-0000-4000-8000-000000000001' },
    { id: 'x', author: 'eve', finding: 'f9' },
  ];
  expect(() => bea.take(strange)).toThrow(expect.objectContaining({ code: 'bad-params' }));
  expect(bea.info().decisions).toBe(4);
  await ann.close();
  await bea.close();
});
