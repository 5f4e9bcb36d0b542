/**
 * A log value as it may be shown: control and format characters (Cc, Cf: line breaks, bidi overrides, zero-width
 * joiners ...) are written out as ⟨U+202E⟩, so that no value can look like another or turn the text around it.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
