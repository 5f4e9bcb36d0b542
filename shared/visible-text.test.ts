import { expect, test } from 'vitest';
import { visibleText } from './visible-text';

test.each([
  ['ann@example.test', 'ann@example.test'],
  ['José Ωmega 漢字', 'José Ωmega 漢字'],
  ['admin\u202Egpj.exe', 'admin⟨U+202E⟩gpj.exe'],
  ['al\u200Bice', 'al⟨U+200B⟩ice'],
  ['\u001B[31mred\u0000', '⟨U+001B⟩[31mred⟨U+0000⟩'],
  ['two\nlines\tand a tab', 'two⟨U+000A⟩lines⟨U+0009⟩and a tab'],
])('%j is shown as %s', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});
