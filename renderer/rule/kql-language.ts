import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** The words of KQL's grammar that stand out in a rule. Microsoft's language service, in the engine, says what is wrong. */
const OPERATORS = new Set(
  (
    'let where summarize by sort order asc desc nulls first last join on kind extend project project-away project-rename ' +
    'project-keep project-reorder distinct count top take limit union mv-expand parse evaluate render datatable print range ' +
    'make-series serialize lookup sample search in has contains startswith endswith matches regex between and or not'
  ).split(' '),
);
const CONSTANTS = new Set([
  'true',
  'false',
  'null',
  'dynamic',
  'inner',
  'innerunique',
  'leftouter',
  'leftanti',
  'leftsemi',
]);

const language = StreamLanguage.define<{ in: string | undefined }>({
  name: 'kql',
  startState: () => ({ in: undefined }),
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(/^@?"(?:[^"\\]|\\.)*"?/) || stream.match(/^@?'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^\d+(?:\.\d+)?(?:d|h|m|s|ms|microsecond|tick)?\b/)) return 'number';
    if (stream.match(/^[A-Za-z_][\w-]*/)) {
      const word = stream.current();
      if (OPERATORS.has(word)) return 'keyword';
      if (CONSTANTS.has(word)) return 'atom';
      return stream.match(/^\s*\(/, false) ? 'variableName.function' : 'variableName';
    }
    stream.next();
    return 'operator';
  },
  languageData: { commentTokens: { line: '//' } },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.atom], color: 'var(--danger)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.function(tags.variableName), color: 'var(--warning)' },
]);

/** KQL with its words in colour. */
export const kql: Extension = [language, syntaxHighlighting(colours)];
