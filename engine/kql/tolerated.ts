import type { SyntaxNode } from './kusto';
import type { Diagnostic } from './read-query';

/** What Microsoft's binder objects to and the real engine accepts, by the recorded answers: where, and which codes. */
const TOLERATED: Readonly<Record<string, readonly string[]>> = {
  'count()': ['KS107'], // count(x) counts rows
  'bag_unpack()': ['KS107'], // arguments by name, with some left out
  'make_timespan()': ['KS134'], // seconds with a fraction
  search: ['KS106', 'KS107'], // terms under not() and numbers between or
};

/** The errors that Kusto itself would refuse the query for. */
export function realErrors(root: SyntaxNode, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'Error');
  if (errors.length === 0) return errors;
  const places: { start: number; end: number; codes: readonly string[] }[] = [];
  const visit = (node: SyntaxNode): void => {
    const name =
      node.kind === 'FunctionCallExpression'
        ? `${node.need('Name').name}()`
        : node.kind === 'SearchOperator'
          ? 'search'
          : '';
    const codes = TOLERATED[name];
    if (codes) places.push({ start: node.span.start, end: node.span.start + node.span.length, codes });
    node.children.forEach(visit);
  };
  visit(root);
  return errors.filter(
    ({ code, span }) =>
      !places.some(({ start, end, codes }) => span.start >= start && span.start < end && codes.includes(code)),
  );
}
