import { messageOf } from '../../shared/errors';
import { invalid, unsupported } from './error';
import type { Span } from './error';
import { literal } from './plan';
import type { Expr } from './plan';

/** What Kusto's classes mean in Unicode, without the brackets of a class. DuckDB's are ASCII only. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{M}\\p{Nd}\\p{Pc}',
  s: '\\s\\p{Z}\\x{85}',
};

/** The same pattern with \d, \w and \s, and their opposites, meaning what they mean in Kusto. */
export function unicodeClasses(pattern: string): string {
  let result = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at] ?? '';
    if (letter === '\\') {
      const next = pattern[++at] ?? '';
      const set = CLASSES[next.toLowerCase()];
      if (!set) result += letter + next;
      else if (next === next.toLowerCase()) result += inClass ? set : `[${set}]`;
      else result += inClass ? letter + next : `[^${set}]`;
      continue;
    }
    if (letter === '[') inClass = true;
    if (letter === ']') inClass = false;
    result += letter;
  }
  return result;
}

/** The same pattern in which only the group of that number catches: DuckDB knows groups up to the ninth. */
export function withOnlyGroup(pattern: string, number: number): string {
  let group = 0;
  return pattern.replace(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|\((?!\?)|\(\?P?<\w+>/g, (found) =>
    found.startsWith('(') ? (++group === number ? '(' : '(?:') : found,
  );
}
/** The greatest number of a group that DuckDB knows. */
export const MOST_GROUPS = 9;

/** A regular expression that a function takes. It must be a literal, for its classes are rewritten. */
export function unicodePattern(pattern: Expr, span: Span): Expr {
  if (pattern.kind === 'literal' && typeof pattern.value === 'string') {
    // Kusto's regular expressions are RE2's, as DuckDB's are
    const without = /\(\?<?[=!]|\\[1-9]/.exec(pattern.value.replaceAll('\\\\', '  '));
    if (without)
      throw invalid(`A regular expression in Kusto has no ${without[0]} (look-around or back-reference).`, span);
    const wrong = wrongSyntax(pattern.value);
    if (wrong) throw invalid(`This is no regular expression: ${wrong}.`, span);
    return literal('string', unicodeClasses(pattern.value));
  }
  throw unsupported('a computed regular expression', span, 'Write the pattern as a literal.');
}

/** RE2 repeats no more often. */
const MOST_REPEATS = 1000;

/** What is wrong with a pattern in RE2's syntax, in words; undefined when nothing is seen. JavaScript's parser is the one at hand. */
export function wrongSyntax(pattern: string): string | undefined {
  if (pattern.includes('\\Q')) return undefined; // a quoted text may hold anything
  const plain = pattern.replaceAll('\\\\', '  ');
  for (const [all, least, most] of plain.matchAll(/(?<!\\[pPx])\{(\d+)(?:,(\d*))?\}/g)) {
    if (Number(least) > MOST_REPEATS || Number(most) > MOST_REPEATS)
      return `${all} repeats more than ${MOST_REPEATS} times`;
  }
  // what RE2 writes in its own way: \p{L}, [:alpha:], (?P<name>, (?i) and (?i:
  const asJavaScript = pattern
    .replaceAll(/\\[pPx]\{[^}]*\}/g, 'a')
    .replaceAll(/\[:\^?\w+:\]/g, 'a')
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?[imsU]*(?:-[imsU]+)?\)/g, '')
    .replaceAll(/\(\?[imsU]*(?:-[imsU]+)?:/g, '(?:');
  try {
    RegExp(asJavaScript);
    return undefined;
  } catch (error) {
    return messageOf(error)
      .replace(/^Invalid regular expression: .*: /s, '')
      .toLowerCase();
  }
}
