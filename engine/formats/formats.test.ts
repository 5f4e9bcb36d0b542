import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../ingest/made-log';

// the findings of these cases are compared by test/golden.test.ts; here it is what every line of them came to
const GOLDEN = join(import.meta.dirname, '../../test/golden');
const files = new MadeFiles();
afterAll(() => files.remove());

const cases = readdirSync(GOLDEN).filter((name) => name.startsWith('format-'));

test.each(cases)('every line of %s is accounted for', async (name) => {
  const folder = join(GOLDEN, name);
  const account = JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8'));
  const path = join(
    folder,
    readdirSync(folder).find((file) => file.startsWith('input'))!,
  );
  const log = await files.open([path]);
  const [input] = log.summary.inputs;
  expect(input).toMatchObject({ ...account, rejected: account.rejected.length });
  expect(input?.setAside).toEqual(account.setAside);
  expect(input?.incomplete).toBeUndefined();
  const { rows } = await log.rejected({ offset: 0, limit: 100 });
  expect(rows.map(({ line, reason }) => ({ line, reason }))).toEqual(account.rejected);
});
