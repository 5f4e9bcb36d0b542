import { expect, test } from 'vitest';
import { Pseudonyms } from './pseudonyms';

const KEY = '0123456789abcdef'.repeat(4);

test('a name has the same pseudonym wherever it is asked for, with this key and no other', async () => {
  const [one, again, other] = await Promise.all([
    Pseudonyms.of(KEY),
    Pseudonyms.of(KEY),
    Pseudonyms.of('f'.repeat(64)),
  ]);
  const ann = await one.user('ann@example.com');
  // as Python's hmac has it for b'user\0ann@example.com'
  expect(ann).toBe('user-2959e82e808ebf63');
  expect(await again.user('ann@example.com')).toBe(ann);
  expect(await other.user('ann@example.com')).not.toBe(ann);
  expect(await one.session('ann@example.com')).not.toBe(ann.replace('user', 'session'));
  expect(await one.user('')).toBe('');
});

test('addresses of one block share the first part of their pseudonyms', async () => {
  const names = await Pseudonyms.of(KEY);
  const block = async (ip: string): Promise<string | undefined> => (await names.ip(ip)).split('-')[1];
  expect(await names.ip('198.51.100.7')).not.toBe(await names.ip('198.51.100.8'));
  expect(await block('198.51.100.7')).toBe(await block('198.51.100.8'));
  expect(await block('198.51.100.7')).toBe(await block('198.51.100.0/24'));
  expect(await block('198.51.100.7')).not.toBe(await block('198.51.101.7'));
  expect(await block('2001:db8::1')).toBe(await block('2001:db8::ffff'));
});
