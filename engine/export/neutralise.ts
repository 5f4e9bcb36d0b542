/**
 * What a spreadsheet may take for a formula: the characters of OWASP's CSV injection rule, NUL, and their full-width
 * forms. The apostrophe is among them so that the rule can be undone: of what is read back, one apostrophe at the front
 * is always ours.
 */
const RISKY = /^[=+\-@\t\r\n\0'＝＋－＠]/;

/** A text that a spreadsheet shows and does not run: one apostrophe goes in front where there is a risk. */
export function neutralise(text: string): string {
  return RISKY.test(text) ? `'${text}` : text;
}

/** The exact text that `neutralise` was given. */
export function readBack(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}
