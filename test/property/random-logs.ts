/** What the random logs of the property tests have in common: they live on a grid of 16 minutes, so that ties, touches and points are common. */
import * as fc from 'fast-check';
import { OPEN_SESSIONS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';

const MINUTE = 60_000;
/** When the grid begins, in ms since 1970. */
export const DAY = Date.parse('2026-03-02T08:00:00Z');
/** Hundreds of detections; enough for a machine that is busy with other things. */
export const PATIENCE_MS = 300_000;

/** A minute of the grid, in ms since 1970. */
export const moment = fc.integer({ min: 0, max: 15 }).map((minute) => DAY + minute * MINUTE);

/** Parameters on the edges of the grid. */
export const parameters: fc.Arbitrary<Parameters> = fc.record({
  idleGapMs: fc.constantFrom(0, 1, MINUTE - 1, MINUTE, 3 * MINUTE, 240 * MINUTE),
  minOverlapMs: fc.constantFrom(0, 0, 1, MINUTE, MINUTE + 1, 4 * MINUTE),
  openSessions: fc.constantFrom(...OPEN_SESSIONS),
  fromMs: fc.option(moment),
  toMs: fc.option(moment),
});
