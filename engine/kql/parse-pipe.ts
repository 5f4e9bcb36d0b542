import type { SyntaxNode } from './kusto';
import { parseColumns, parseExtend } from './parse-columns';
import { parseExpand } from './parse-expand';
import { parseApply, parsePartition } from './parse-grouped';
import { parseScan } from './parse-scan';
import { parseTopHitters, parseTopNested } from './parse-top-nested';
import { parseExpression } from './parse-expression';
import { parseJoin } from './parse-join';
import { parseKeyValues, parsePattern } from './parse-patterns';
import { parsePivot } from './parse-pivot';
import { parseSearch } from './parse-search';
import { parseSeries } from './parse-series';
import { parseSort } from './parse-sort';
import { parseCount, parseDistinct, parseSampleDistinct, parseSummarize } from './parse-summarize';
import { parseInvoke, unsupportedOperator } from './parse-table';
import { parseUnion } from './parse-union';
import { parseUnpack } from './parse-unpack';
import { cast, literal } from './plan';
import type { Rel, ScalarType } from './plan';
import type { Context } from './scope';

/** One pipe stage over the rows before it. `pipe` is the pipe expression, which knows the columns of the result. */
export function parseOperator(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const here: Context = { ...context, rel: input };
  switch (operator.kind) {
    case 'FilterOperator': {
      const condition = cast(parseExpression(operator.need('Condition'), here), 'bool');
      return { ...rowsOf(input), op: 'filter', input, condition, stage: compilation.stage('where', operator) };
    }
    case 'ExtendOperator':
      return parseExtend(operator, pipe, input, here);
    case 'SerializeOperator': {
      const ordered: Rel = {
        ...rowsOf(input),
        op: 'serialize',
        input,
        ordered: true,
        serialized: true,
        ...(operator.list('Expressions').length === 0 ? { stage: compilation.stage('serialize', operator) } : {}),
      };
      return ordered.stage ? ordered : parseExtend(operator, pipe, ordered, { ...here, rel: ordered });
    }
    case 'ProjectOperator':
    case 'ProjectAwayOperator':
    case 'ProjectKeepOperator':
    case 'ProjectReorderOperator':
    case 'ProjectRenameOperator':
      return parseColumns(operator, pipe, input, here);
    case 'SortOperator':
    case 'TopOperator':
      return parseSort(operator, input, here);
    case 'TakeOperator':
    case 'SampleOperator':
      return parseTake(operator, input, here);
    case 'CountOperator':
      return parseCount(operator, pipe, input, here);
    case 'DistinctOperator':
      return parseDistinct(operator, pipe, input, here);
    case 'SummarizeOperator':
      return parseSummarize(operator, pipe, input, here);
    case 'MakeSeriesOperator':
      return parseSeries(operator, pipe, input, here);
    case 'JoinOperator':
    case 'LookupOperator':
      return parseJoin(operator, pipe, input, here);
    case 'UnionOperator':
      return parseUnion(operator, pipe, input, here);
    case 'MvExpandOperator':
      return parseExpand(operator, pipe, input, here);
    case 'ParseOperator':
    case 'ParseWhereOperator':
      return parsePattern(operator, pipe, input, here);
    case 'ParseKvOperator':
      return parseKeyValues(operator, pipe, input, here);
    case 'SearchOperator':
      return parseSearch(operator, pipe, input, here);
    case 'MvApplyOperator':
      return parseApply(operator, pipe, input, context);
    case 'PartitionOperator':
      return parsePartition(operator, pipe, input, context);
    case 'TopHittersOperator':
      return parseTopHitters(operator, pipe, input, here);
    case 'TopNestedOperator':
      return parseTopNested(operator, pipe, input, context);
    case 'EvaluateOperator':
      return operator.need('FunctionCall').need('Name').name === 'pivot'
        ? parsePivot(operator, pipe, input, here)
        : parseUnpack(operator, pipe, input, here);
    case 'InvokeOperator':
      return parseInvoke(operator, input, context);
    case 'ScanOperator':
      return parseScan(operator, pipe, input, here);
    case 'SampleDistinctOperator':
      return parseSampleDistinct(operator, pipe, input, here);
    case 'GetSchemaOperator':
      return schemaOf(operator, pipe, input, context);
    case 'AsOperator':
      context.scope.set(operator.need('Name').name, { kind: 'table', rel: () => input });
      return input;
    case 'RenderOperator':
    case 'ConsumeOperator':
      return input;
    default:
      throw unsupportedOperator(operator);
  }
}

/** What a stage that neither computes nor reorders hands on unchanged. */
export function rowsOf(input: Rel): Pick<Rel, 'columns' | 'ordered' | 'serialized'> {
  return { columns: input.columns, ordered: input.ordered, serialized: input.serialized };
}

/** The settings of an operator, such as `kind=inner`: name and text. */
export function settingsOf(operator: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  return new Map(operator.list('Parameters').map((setting) => [setting.need('Name').name, setting.need('Expression')]));
}

/** sample takes any rows, take does so where they are in no order: here both take the first. */
function parseTake(operator: SyntaxNode, input: Rel, context: Context): Rel {
  const count = cast(parseExpression(operator.need('Expression'), context), 'long');
  const isSample = operator.kind === 'SampleOperator';
  const name = isSample ? 'sample' : 'take';
  const does = isSample ? 'takes' : 'keeps';
  const note = isSample || !input.serialized ? [`${name} ${does} any rows in Kusto; here it ${does} the first.`] : [];
  return { ...rowsOf(input), op: 'take', input, count, stage: context.compilation.stage(name, operator, ...note) };
}

/** What .NET calls the types, as getschema shows them. */
const SYSTEM_TYPES: Readonly<Record<ScalarType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
};

/** getschema: a row for each column. */
function schemaOf(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, { compilation }: Context): Rel {
  const rows = input.columns.map(({ name, type }, index) => [
    literal('string', name),
    literal('int', BigInt(index)),
    literal('string', SYSTEM_TYPES[type]),
    literal('string', type),
  ]);
  const columns = compilation
    .newColumns(pipe.columns)
    .map((column, index) => (index === 1 ? { ...column, type: 'int' as const } : column));
  return {
    op: 'rows',
    rows,
    columns,
    ordered: true,
    serialized: false,
    stage: compilation.stage('getschema', operator),
  };
}
