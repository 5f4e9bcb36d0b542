import { expect, test } from 'vitest';
import { visibleText } from './visible-text';

test('ordinary text of any script stays as it is', () => {
  expect(visibleText('ann@corp.example, Müller, 山田, مريم, 198.51.100.7')).toBe(
    'ann@corp.example, Müller, 山田, مريم, 198.51.100.7',
  );
});

test('characters that hide, break or turn text are written out', () => {
  expect(visibleText('a\u202Emoc.live')).toBe('a⟨U+202E⟩moc.live');
  expect(visibleText('a\u0000b\tc\nd')).toBe('a⟨U+0000⟩b⟨U+0009⟩c⟨U+000A⟩d');
  expect(visibleText('zero\u200Bwidth\u{E0041}tag')).toBe('zero⟨U+200B⟩width⟨U+E0041⟩tag');
});
