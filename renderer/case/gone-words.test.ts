import { expect, test } from 'vitest';
import { ipsInWords } from './gone-words';

test('the source IPs that the case keeps, and how many more there were', () => {
  const subject = { user: 'a', DstUserName: 'a', ips: ['10.0.0.1', '9.9.9.9'], distinctIps: 2 };
  expect(ipsInWords(subject)).toBe('10.0.0.1, 9.9.9.9');
  expect(ipsInWords({ ...subject, distinctIps: 1202 })).toBe('10.0.0.1, 9.9.9.9 and 1,200 more');
});
