import { expect, test } from 'vitest';
import { menuTemplate } from './menu-template';

const nothing = (): void => undefined;
const make = (mac: boolean, recent: string[] = []) =>
  menuTemplate({
    mac,
    appName: 'Doppel',
    recent,
    open: nothing,
    openFolder: nothing,
    openSample: nothing,
    openRecent: nothing,
    clearRecent: nothing,
    showAbout: nothing,
  });

test('the menus that the platform expects', () => {
  const names = (mac: boolean): unknown[] => make(mac).map(({ label, role }) => role ?? label);
  expect(names(false)).toEqual(['&File', 'editMenu', '&View', 'help']);
  expect(names(true)).toEqual(['appMenu', '&File', 'editMenu', '&View', 'windowMenu', 'help']);
});

test('a log file is never part of the menu’s own language', () => {
  const text = JSON.stringify(make(false, ['/logs/a&b.ndjson']));
  expect(text).toContain('"a&&b.ndjson"');
  expect(text).toContain('"toolTip":"/logs/a&b.ndjson"');
});
