import type { Span } from './error';
import { readSyntax } from './read-query';
import type { SyntaxNode } from './kusto';
import { settingsOf } from './parse-pipe';

const KIND = ' kind=inner';

/**
 * The same text with kind=inner on each join that names no kind, and where its pieces stand in the one that was given. A
 * text that cannot be read stays as it is.
 */
export function withInnerJoins(text: string): { text: string; placeOf: (span: Span) => Span } {
  const joins = joinsIn(readSyntax(text)).filter((join) => !settingsOf(join).has('kind'));
  const places = [...new Set(joins.map(({ head }) => head.start + head.length))].toSorted((a, b) => a - b);
  const before = (place: number): number => {
    const added = places.map((each, index) => place - (each + index * KIND.length));
    return place - added.reduce((sum, past) => sum + Math.min(Math.max(past, 0), KIND.length), 0);
  };
  return {
    text: places.toReversed().reduce((changed, at) => changed.slice(0, at) + KIND + changed.slice(at), text),
    placeOf: ({ start, length }) => ({ start: before(start), length: before(start + length) - before(start) }),
  };
}

function joinsIn(node: SyntaxNode): SyntaxNode[] {
  const below = node.children.flatMap(joinsIn);
  return node.kind === 'JoinOperator' ? [node, ...below] : below;
}
