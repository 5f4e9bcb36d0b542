import { readSyntax } from './read-query';
import type { SyntaxNode } from './kusto';
import { settingsOf } from './parse-pipe';

/** The same text with kind=inner on each join that names no kind. A text that cannot be read stays as it is. */
export function withInnerJoins(text: string): string {
  const places = joinsIn(readSyntax(text))
    .filter((join) => !settingsOf(join).has('kind'))
    .map(({ head }) => head.start + head.length);
  return [...new Set(places)]
    .toSorted((a, b) => b - a)
    .reduce((changed, place) => `${changed.slice(0, place)} kind=inner${changed.slice(place)}`, text);
}

function joinsIn(node: SyntaxNode): SyntaxNode[] {
  const below = node.children.flatMap(joinsIn);
  return node.kind === 'JoinOperator' ? [node, ...below] : below;
}
