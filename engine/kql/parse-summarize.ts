import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { aggregate } from './parse-aggregate';
import { named } from './parse-columns';
import { calledName, parseExpression } from './parse-expression';
import { call, cast, columnExpr } from './plan';
import type { Column, Expr, Pick, Rel, SummarizeRel } from './plan';
import { withParts } from './passes/walk';
import type { Compilation, Context } from './scope';

/** summarize. Columns that the query does not name are named by Microsoft's binder. */
export function parseSummarize(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const wanted = pipe.columns;
  const by = operator.part('ByClause')?.list('Expressions') ?? [];
  const keys = by.map((key) => parseExpression(named(key).value, context));
  const grouped = new Set(keys.flatMap((key) => (key.kind === 'column' ? [key.id] : [])));
  const picks: Pick[] = [];
  const aggregates: Expr[] = [];
  for (const node of operator.list('Aggregates')) {
    const inner = node.kind === 'CompoundNamedExpression' ? node.need('Expression') : named(node).value;
    const args = inner.kind === 'FunctionCallExpression' ? inner.need('ArgumentList').list('Expressions') : [];
    const name = calledName(inner);
    const star = args.some((arg) => arg.kind === 'StarExpression');
    if (/^arg_(max|min)$/.test(name) || (name === 'take_any' && (star || args.length > 1))) {
      const pick = parsePick(name, args, grouped, context);
      picks.push(pick);
      const picked = pick.key ? [pick.key, ...pick.values] : pick.values;
      aggregates.push(
        ...picked.map((value, index): Expr => ({ kind: 'picked', id: pick.id, index, type: value.type })),
      );
    } else if (name === 'take_any' || name === 'take_anyif') {
      const pick = parseTakeAny(args, grouped, context);
      picks.push(pick);
      aggregates.push({ kind: 'picked', id: pick.id, index: 0, type: pick.values[0]?.type ?? 'dynamic' });
    } else if (name === 'percentiles') {
      const [value, ...ranks] = args.map((arg) => parseExpression(arg, context));
      if (!value) throw unsupported('percentiles() of nothing', inner.span);
      aggregates.push(...ranks.map((rank) => aggregate('percentile', inner, [value, rank])));
    } else {
      aggregates.push(parseExpression(inner, { ...context, aggregates: true }));
    }
  }
  const values = [...keys, ...aggregates];
  if (values.length !== wanted.length) throw unsupported('this form of summarize', operator.head);
  const columns = values.map((value, index): Column => {
    const column = wanted[index];
    return { name: column?.name ?? '', type: value.type, id: compilation.newId() };
  });
  const stage = compilation.stage('summarize', operator);
  const rel = { op: 'summarize', input, keys, aggregates, picks, columns, ordered: false, serialized: false } as const;
  return summarized({ ...rel, stage }, compilation);
}

/** Whether something is computed from aggregates, as in max(x) - min(x). */
function isComputed(value: Expr): boolean {
  return value.kind !== 'aggregate' && value.kind !== 'picked';
}

/** A summarize in which what is computed from aggregates is a node of its own: DuckDB allows no aggregate inside TRY. */
export function summarized({ stage, ...rel }: SummarizeRel, compilation: Compilation): Rel {
  const staged = stage ? { stage } : {};
  if (!rel.aggregates.some(isComputed)) return { ...rel, ...staged };
  const inner: Column[] = [];
  const found: Expr[] = [];
  const held = (value: Expr): Expr => {
    if (value.kind !== 'aggregate' && value.kind !== 'picked') return withParts(value, held, (table) => table);
    const column: Column = { name: '', type: value.type, id: compilation.newId() };
    inner.push(column);
    found.push(value);
    return columnExpr(column);
  };
  const keys = rel.columns.slice(0, rel.keys.length);
  const values = [...keys.map(columnExpr), ...rel.aggregates.map(held)];
  const input: Rel = { ...rel, aggregates: found, columns: [...keys, ...inner] };
  return { op: 'compute', input, columns: rel.columns, values, ordered: false, serialized: false, ...staged };
}

/** `*` means every column that is neither a key of the group nor the one whose extreme is sought. */
function parsePick(name: string, args: readonly SyntaxNode[], grouped: ReadonlySet<number>, context: Context): Pick {
  const parse = (node: SyntaxNode): Expr => parseExpression(named(node).value, context);
  const isAny = name === 'take_any';
  const [keyNode] = args;
  const key = isAny || !keyNode ? undefined : parse(keyNode);
  const keyId = key?.kind === 'column' ? key.id : undefined;
  const values = (isAny ? args : args.slice(1)).flatMap((node) => {
    if (node.kind !== 'StarExpression') return [parse(node)];
    return (context.rel?.columns ?? [])
      .filter((column) => !grouped.has(column.id) && column.id !== keyId)
      .map(columnExpr);
  });
  const by = isAny ? 'any' : name === 'arg_max' ? 'max' : 'min';
  return { id: context.compilation.newId(), by, values, ...(key ? { key } : {}) };
}

/** take_any() of one column takes a value that is neither null nor empty, where there is one. */
function parseTakeAny(args: readonly SyntaxNode[], grouped: ReadonlySet<number>, context: Context): Pick {
  const [valueNode, conditionNode] = args;
  const pick = parsePick('take_any', valueNode ? [valueNode] : [], grouped, context);
  const [value] = pick.values;
  if (!value) throw unsupported('take_any() of nothing', args[0]?.span ?? { start: 0, length: 0 });
  const some = call(value.type === 'string' ? 'isnotempty' : 'isnotnull', 'bool', value);
  const condition = conditionNode ? cast(parseExpression(conditionNode, context), 'bool') : undefined;
  return { ...pick, filter: condition ? call('and', 'bool', condition, some) : some };
}

/** `count`: a summarize without keys, whose one row is there also for an empty input. */
export function parseCount(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  return {
    op: 'summarize',
    input,
    keys: [],
    aggregates: [{ kind: 'aggregate', name: 'count', type: 'long', args: [] }],
    picks: [],
    columns: context.compilation.newColumns(pipe.columns),
    ordered: false,
    serialized: false,
    stage: context.compilation.stage('count', operator),
  };
}

/** `distinct`: a summarize without aggregates; `*` takes every column for a key. */
export function parseDistinct(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const expressions = operator.list('Expressions');
  const all = expressions.length === 1 && expressions[0]?.kind === 'StarExpression';
  const columns = context.compilation.newColumns(pipe.columns);
  const keys = all
    ? input.columns.map(columnExpr)
    : expressions.map((node, index) => {
        const value = parseExpression(named(node).value, context);
        return cast(value, columns[index]?.type ?? value.type);
      });
  return {
    op: 'summarize',
    input,
    keys,
    aggregates: [],
    picks: [],
    columns,
    ordered: false,
    serialized: false,
    stage: context.compilation.stage('distinct', operator),
  };
}

/** sample-distinct: some of the distinct values; here the first of them in their order. */
export function parseSampleDistinct(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const value = parseExpression(operator.need('OfExpression'), context);
  const columns = context.compilation.newColumns(pipe.columns).map((column) => ({ ...column, type: value.type }));
  const distinct: Rel = {
    op: 'summarize',
    input,
    keys: [value],
    aggregates: [],
    picks: [],
    columns,
    ordered: false,
    serialized: false,
  };
  const keys = columns.map((column) => ({ value: columnExpr(column), descending: false, nullsFirst: true }));
  const limit = cast(parseExpression(operator.need('Expression'), context), 'long');
  const stage = context.compilation.stage('sample-distinct', operator);
  return { op: 'sort', input: distinct, keys, limit, columns, ordered: true, serialized: false, stage };
}
