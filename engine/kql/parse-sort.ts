import type { SyntaxNode } from './kusto';
import { parseExpression } from './parse-expression';
import { cast } from './plan';
import type { Rel, SortKey } from './plan';
import { invalid } from './error';
import type { Context } from './scope';

/** Descending unless asc is said; nulls first when ascending, last when descending, unless that is said. */
function sortKey(node: SyntaxNode, context: Context): SortKey {
  const ordered = node.kind === 'OrderedExpression';
  const value = parseExpression(ordered ? node.need('Expression') : node, context);
  const words = (ordered ? node.part('Ordering')?.text : undefined) ?? '';
  const descending = !/\basc\b/.test(words);
  const nullsFirst = /nulls\s+first/.test(words) || (!descending && !/nulls\s+last/.test(words));
  if (value.type === 'dynamic') throw invalid('Rows cannot be sorted by a dynamic value. Convert it first.', node.span);
  return { value, descending, nullsFirst };
}

/** sort and top. Rows that tie keep the order they had; where they had none, all columns decide, so that runs agree. */
export function parseSort(operator: SyntaxNode, input: Rel, context: Context): Rel {
  const top = operator.kind === 'TopOperator';
  const keys = (top ? [operator.need('ByExpression')] : operator.list('Expressions')).map((key) =>
    sortKey(key, context),
  );
  const base = { columns: input.columns, ordered: true, serialized: true, op: 'sort', input, keys } as const;
  if (!top) return { ...base, stage: context.compilation.stage('sort', operator) };
  const limit = cast(parseExpression(operator.need('Expression'), context), 'long');
  return { ...base, limit, stage: context.compilation.stage('top', operator) };
}
