import { expect, it } from 'vitest';
import { AS_FOUND, arranged } from '../arrange';
import { SESSIONS, at, fixture } from '../fixture';
import { TimelineModel } from '../model';
import { evidenceOf } from './evidence-of';

const model = new TimelineModel(fixture());

it('asks for the records of what is marked, as the tables do', () => {
  expect(evidenceOf(model, 'ann', { on: 'overlap', overlap: 1 })).toEqual({
    behind: 'this overlap',
    of: { user: 'ann', from: at(11.5), to: at(11.75), ips: ['198.51.100.7', 'evil\u202Eip'] },
  });
  expect(evidenceOf(model, 'ann', { on: 'lane', lane: 1 })?.of).toEqual({ user: 'ann', ips: ['10.0.0.15'] });
  expect(evidenceOf(model, 'ann', { on: 'bar', bar: 5 })?.of).not.toHaveProperty('session');
  model.sessions = SESSIONS;
  expect(evidenceOf(model, 'ann', { on: 'bar', bar: 5 })).toEqual({
    behind: 'this segment',
    of: { user: 'ann', from: at(17.5), to: at(20), ips: ['10.0.0.15'], session: 's-5' },
  });
  expect(evidenceOf(model, 'ann', { on: 'gap', gap: 0 })).toBeUndefined();
});

it('asks for no address where a lane stands for a block', () => {
  const merged = new TimelineModel(arranged(fixture(), { ...AS_FOUND, merge: true }));
  expect(evidenceOf(merged, 'ann', { on: 'overlap', overlap: 0 })?.of).not.toHaveProperty('ips');
  expect(evidenceOf(merged, 'ann', { on: 'lane', lane: 0 })).toBeUndefined();
});
