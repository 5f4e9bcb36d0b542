/**
 * A log value as it may be shown: control and format characters (Unicode Cc and Cf: bidi overrides, zero-width marks,
 * terminal escapes) become visible, such as ⟨U+202E⟩, so that no value can disguise itself or move its neighbours.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
