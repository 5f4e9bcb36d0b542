import { expect, test } from 'vitest';
import type { Choices, SavedReading } from '../../shared/choices';
import { readAs } from './read-as';
import { readAsSaved } from './read-as-saved';

const sampleOf = (...lines: string[]) => ({ text: `${lines.join('\n')}\n`, lines });
const PORTAL = sampleOf('When,Account,Peer', '3/2/2026 10:00:00,ann@example.test,198.51.100.1');
const OTHER = sampleOf('When,Person,Peer', '3/2/2026 10:00:00,ann@example.test,198.51.100.1');
const mapping = { user: 'Account', sourceIp: 'Peer', time: 'When' };
const asked = { name: 'odd.csv', isOneOfSeveral: false };

function saved(name: string, savedAt: number, choices: Choices, sample = PORTAL): SavedReading {
  const { shape } = readAs(sample, choices, name).reading;
  return { schema: 'doppel.mapping/1', name, savedAt, shape, choices };
}
const berlin = saved('Berlin', 2, { mapping, timeZone: 'Europe/Berlin' });
const old = saved('old', 1, { mapping });

test('a file of the same columns is read as was saved last, and that is said', () => {
  const { format, reading } = readAsSaved(PORTAL, asked, [old, berlin]);
  expect(format).toBeDefined();
  expect(reading).toMatchObject({ saved: { name: 'Berlin', savedAt: 2 }, choices: berlin.choices });
  expect(reading.notes[0]).toEqual({
    about: 'columns',
    text: 'read as “Berlin”, which was saved on 1970-01-01',
    sure: 'chosen',
  });
});

test('other columns, or a choice for this file, and it is not', () => {
  expect(readAsSaved(OTHER, asked, [berlin]).reading).toMatchObject({ choices: {} });
  for (const choices of [{}, { mapping }]) {
    const { reading } = readAsSaved(PORTAL, { ...asked, choices }, [berlin]);
    expect([reading.saved, reading.choices]).toEqual([undefined, choices]);
  }
});

test('choices for several files that are for other columns leave the saved reading to this one', () => {
  const choices = { mapping: { user: 'Person' } };
  const { reading } = readAsSaved(PORTAL, { choices, name: 'odd.csv', isOneOfSeveral: true }, [berlin]);
  expect(reading.saved?.name).toBe('Berlin');
});

test('a file whose first row is a record is known by that', () => {
  const headless = { header: false, mapping: { user: 'column 2', sourceIp: 'column 3', time: 'column 1' } };
  const reading = saved('headless', 3, headless);
  expect(readAsSaved(PORTAL, asked, [reading]).reading.saved?.name).toBe('headless');
});

test('one that cannot be used is passed over', () => {
  const broken = { ...berlin, savedAt: 9, choices: { mapping: { user: 'Nobody' } } };
  expect(readAsSaved(PORTAL, asked, [broken, old]).reading.saved?.name).toBe('old');
});

test('a format without columns is known by its name', () => {
  const leef = (user: string) =>
    sampleOf(`LEEF:1.0|Zscaler|ZPA|4.1|open|usrName=${user}\tsrc=198.51.100.1\tConnectionStatus=open\tSessionID=s`);
  const zone = saved('collector', 3, { timeZone: 'Europe/Berlin' }, leef('ann'));
  expect(readAsSaved(leef('bea'), asked, [zone]).reading).toMatchObject({ saved: { name: 'collector' } });
  expect(readAsSaved(PORTAL, asked, [zone]).reading.saved).toBeUndefined();
});

test('what was chosen for files of a shape goes before what was chosen for all, and leaves other shapes to the rest', () => {
  const other = { mapping: { user: 'Person', sourceIp: 'Peer', time: 'When' } };
  const { shape } = readAs(OTHER, {}, 'x').reading;
  const choices = { byShape: { [shape]: other } };
  expect(readAsSaved(OTHER, { ...asked, choices, isOneOfSeveral: true }, []).reading.choices).toBe(other);
  expect(readAsSaved(PORTAL, { ...asked, choices, isOneOfSeveral: true }, [berlin]).reading.saved?.name).toBe('Berlin');
  const all = { ...choices, timeZone: '+01:00' };
  expect(readAsSaved(PORTAL, { ...asked, choices: all, isOneOfSeveral: true }, []).reading.timeZone).toBe('UTC+01:00');
});
