import { expect, test } from 'vitest';
import { canonicalAddress } from './address';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:0a00:0001', '10.0.0.1'],
  ['0:0:0:0:0:ffff:a00:1', '10.0.0.1'],
  ['[::ffff:10.0.0.1]', '10.0.0.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['[2001:0db8::0001]', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['FE80:0::1%eth0', 'fe80::1%eth0'],
  ['10.0.0.1:5555', '10.0.0.1'],
  ['[2001:DB8::1]:443', '2001:db8::1'],
])('%s is the address %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test.each([
  '010.0.0.1',
  '10.1',
  '0x0a000001',
  '10.0.0.1/32',
  '10.1:80',
  '10.0.0.1:',
  '10.0.0.1:123456',
  '1.2.3.4.5',
  '１０.0.0.1',
  'a1b2c3',
  '[x]',
  '10.0.0.1%eth0',
  '',
  '%',
])('%s is no address and stays as it is', (text) => {
  expect(canonicalAddress(text)).toBe(text);
});
