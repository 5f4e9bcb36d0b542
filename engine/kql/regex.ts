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

/** A regular expression that a function takes. It must be a literal, for its classes are rewritten. */
export function unicodePattern(pattern: Expr, span: Span): Expr {
  if (pattern.kind === 'literal' && typeof pattern.value === 'string') {
    // Kusto's regular expressions are RE2's, as DuckDB's are
    const without = /\(\?<?[=!]|\\[1-9]/.exec(pattern.value.replaceAll('\\\\', '  '));
    if (without)
      throw invalid(`A regular expression in Kusto has no ${without[0]} (look-around or back-reference).`, span);
    return literal('string', unicodeClasses(pattern.value));
  }
  throw unsupported('a computed regular expression', span, 'Write the pattern as a literal.');
}
