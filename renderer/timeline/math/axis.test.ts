import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneStore } from '../../time-zone/zone';
import { timeAxis } from './axis';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('timeAxis', () => {
  it('writes clock times under the day they belong to', () => {
    const axis = timeAxis({ from: utc('2026-03-02T22:00'), to: utc('2026-03-03T02:00') }, 500);
    expect(axis.ticks.map((tick) => tick.label)).toEqual(['22:00', '23:00', '00:00', '01:00', '02:00']);
    expect(axis.periods.map((period) => period.label)).toEqual(['Mon 2 Mar 2026', 'Tue 3 Mar 2026']);
  });

  it('writes seconds and milliseconds when they are what differs', () => {
    const axis = timeAxis({ from: utc('2026-03-02T09:10:03'), to: utc('2026-03-02T09:10:04') }, 400);
    expect(axis.ticks[1]?.label).toMatch(/^09:10:03\.\d{3}$/);
    expect(axis.periods.map((period) => period.label)).toEqual(['Mon 2 Mar 2026']);
  });

  it('is round in the zone that is chosen, also across the change of its clocks', () => {
    zoneStore.choose('Asia/Kolkata');
    const half = timeAxis({ from: utc('2026-03-02T17:00'), to: utc('2026-03-02T21:00') }, 500);
    expect(half.ticks.map((tick) => tick.label)).toEqual(['23:00', '00:00', '01:00', '02:00']);
    expect(half.periods.map((period) => period.label)).toEqual(['Mon 2 Mar 2026', 'Tue 3 Mar 2026']);
    zoneStore.choose('Europe/Berlin');
    const change = timeAxis({ from: utc('2026-03-28T22:00'), to: utc('2026-03-29T04:00') }, 600);
    expect(change.ticks.map((tick) => tick.label)).toContain('03:00');
    expect(change.ticks.map((tick) => tick.label)).not.toContain('02:00');
    const fine = timeAxis({ from: utc('2026-03-28T23:30'), to: utc('2026-03-29T02:30') }, 1000);
    expect(fine.ticks.map((tick) => tick.label).slice(0, 7)).toEqual([
      '00:30',
      '01:00',
      '01:30',
      '03:00',
      '03:30',
      '04:00',
      '04:30',
    ]);
    zoneStore.choose('UTC');
  });

  it('writes days under their month, months under their year, and years alone', () => {
    const days = timeAxis({ from: utc('2026-02-26T00:00'), to: utc('2026-03-04T00:00') }, 700);
    expect(days.ticks[0]?.label).toBe('Thu 26');
    expect(days.periods.map((period) => period.label)).toEqual(['Feb 2026', 'Mar 2026']);
    const months = timeAxis({ from: utc('2025-11-01T00:00'), to: utc('2026-04-01T00:00') }, 500);
    expect(months.ticks.map((tick) => tick.label)).toContain('Dec');
    expect(months.periods.map((period) => period.label)).toEqual(['2025', '2026']);
    const years = timeAxis({ from: utc('1990-01-01T00:00'), to: utc('2100-01-01T00:00') }, 500);
    expect(years.ticks.map((tick) => tick.label)).toContain('2020');
  });

  it('always says which period the left edge is in, with few labels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: utc('1990-01-01T00:00'), max: utc('2099-01-01T00:00') }),
        fc.integer({ min: 1000, max: 3e11 }),
        fc.integer({ min: 200, max: 3000 }),
        (from, span, width) => {
          const axis = timeAxis({ from, to: from + span }, width);
          expect(axis.periods[0]?.from).toBeLessThanOrEqual(from);
          expect(axis.periods.length).toBeLessThanOrEqual(125);
          expect(axis.ticks.length).toBeLessThanOrEqual(width / 30 + 4);
          for (const tick of axis.ticks) expect(tick.label).not.toBe('');
        },
      ),
    );
  });
});
