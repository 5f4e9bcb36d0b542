import { unsupported } from './error';
import type { KqlError } from './error';
import type { SyntaxNode } from './kusto';

const OWN_TABLES = 'A query reads the open log alone: write the name of its table, such as ZPAEvent.';
/** Functions that name data elsewhere, and what to write in their place. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  cluster: OWN_TABLES,
  database: OWN_TABLES,
  workspace: OWN_TABLES,
  app: OWN_TABLES,
  resource: OWN_TABLES,
  adx: OWN_TABLES,
  arg: OWN_TABLES,
  table: OWN_TABLES,
  external_table: OWN_TABLES,
  materialized_view: OWN_TABLES,
  stored_query_result: OWN_TABLES,
};
const STATEMENTS: Readonly<Record<string, readonly [what: string, instead: string]>> = {
  SetOptionStatement: ['the statement set', 'Leave it out: the limits of a run are those that Doppel sets.'],
  AliasStatement: ['the statement alias', OWN_TABLES],
  RestrictStatement: ['the statement restrict', 'Leave it out: a query reads the open log alone.'],
  PatternStatement: ['the statement declare pattern', 'Write what it stands for in its place.'],
  QueryParametersStatement: ['the statement declare query_parameters', 'Write the values as let statements.'],
  CustomCommand: ['a management command', 'A query begins with a table, such as ZPAEvent.'],
};
const WORDS = new RegExp(
  `\\b(${Object.keys(ELSEWHERE).join('|')}|externaldata|evaluate|set|alias|restrict|declare)\\b|^\\s*\\.`,
);

/**
 * The first place where a query asks for something outside of its own tables: files, other databases, plugins, settings.
 * It is found before anything else, because the binder knows some of these and would only say that the name means nothing.
 */
export function reachesOut(text: string, root: SyntaxNode): KqlError | undefined {
  return WORDS.test(text) ? firstIn(root) : undefined;
}

function firstIn(node: SyntaxNode): KqlError | undefined {
  const own = refusalOf(node);
  if (own) return own;
  for (const child of node.children) {
    const found = firstIn(child);
    if (found) return found;
  }
  return undefined;
}

function refusalOf(node: SyntaxNode): KqlError | undefined {
  const statement = STATEMENTS[node.kind];
  if (statement) return unsupported(statement[0], node.head, statement[1]);
  switch (node.kind) {
    case 'ExternalDataExpression':
      return unsupported('externaldata', node.head, 'It reads no files: write the values as a datatable.');
    case 'EvaluateOperator': {
      const plugin = node.part('FunctionCall') ?? node.children.find(({ kind }) => kind === 'FunctionCallExpression');
      if (!plugin) return unsupported('the operator evaluate', node.head);
      const { name } = plugin.need('Name');
      if (name === 'bag_unpack' || name === 'pivot') return undefined;
      return unsupported(`the plugin ${name}()`, plugin.head, 'Of the plugins it has bag_unpack() and pivot().');
    }
    case 'FunctionCallExpression': {
      const { name } = node.need('Name');
      const instead = ELSEWHERE[name];
      return instead === undefined || node.calledBody() ? undefined : unsupported(`${name}()`, node.head, instead);
    }
    default:
      return undefined;
  }
}
