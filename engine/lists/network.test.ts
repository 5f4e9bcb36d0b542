import { expect, test } from 'vitest';
import { networkOf } from './network';

test.each([
  ['10.0.0.1', 'private'],
  ['11.0.0.1', 'public'],
  ['172.15.255.255', 'public'],
  ['172.16.0.1', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['100.128.0.1', 'public'],
  ['127.0.0.1', 'private'],
  ['169.254.9.9', 'private'],
  ['::1', 'private'],
  ['fd00::1', 'private'],
  ['fe80::1%eth0', 'private'],
  ['2001:db8::1', 'public'],
  ['10.0.0.1:5555', 'other'],
  ['010.0.0.1', 'other'],
  ['', 'other'],
])('%s is %s', (ip, expected) => {
  expect(networkOf(ip)).toBe(expected);
});
