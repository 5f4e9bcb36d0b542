import { expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { changedParameters, readTexts, textsOf } from './parameter-texts';

const CHANGED: Parameters = {
  idleGapMs: 5_400_000,
  minOverlapMs: 60_000,
  openSessions: 'ignore',
  fromMs: Date.parse('2026-03-02T09:00:00Z'),
  toMs: Date.parse('2026-03-02T18:00:00Z'),
};

test('what is shown reads back as what it was', () => {
  for (const parameters of [DEFAULT_PARAMETERS, CHANGED]) {
    expect(readTexts(textsOf(parameters))).toEqual({ parameters });
  }
  expect(textsOf(DEFAULT_PARAMETERS)).toMatchObject({ idleGap: '4h', minOverlap: '0s', from: '' });
});

test('each wrong text gets its own remedy', () => {
  const wrong = { ...textsOf(DEFAULT_PARAMETERS), idleGap: 'four hours', from: 'yesterday' };
  expect(readTexts(wrong)).toEqual({
    faults: {
      idleGap: 'Write a length of time such as 4h, 90s or 1h30m.',
      from: 'Write a time such as 2026-03-02T09:00 or 2026-03-02T09:00Z, or leave it empty.',
    },
  });
});

test('the end has to be later than the start', () => {
  const texts = { ...textsOf(DEFAULT_PARAMETERS), from: '2026-03-02T10:00Z', to: '2026-03-02T10:00Z' };
  expect(readTexts(texts)).toEqual({ faults: { to: 'The end has to be later than the start.' } });
});

test('only what differs from the defaults is said', () => {
  expect(changedParameters(DEFAULT_PARAMETERS)).toEqual([]);
  expect(changedParameters(CHANGED)).toEqual([
    'idle gap 1h30m',
    'overlaps of at least 1m',
    'sessions without a close record are left out',
    'from 2026-03-02T09:00:00.000Z',
    'to 2026-03-02T18:00:00.000Z',
  ]);
});
