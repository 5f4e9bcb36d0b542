import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { compute } from './parse-columns';
import { parseExpression } from './parse-expression';
import { call, cast, columnExpr, literal } from './plan';
import type { Expr, Rel } from './plan';
import type { Context } from './scope';

/** What a call of bag_unpack() asks for. */
interface Unpacking {
  readonly bag: SyntaxNode;
  readonly prefix: string;
  readonly onConflict: string;
  readonly ignored: readonly string[];
}

/** The arguments of `evaluate bag_unpack(...)`, given by place or by name; without a bag it throws a KqlError. */
export function unpackingOf(operator: SyntaxNode): Unpacking {
  const plugin = operator.need('FunctionCall');
  const args = plugin.need('ArgumentList').list('Expressions');
  const named = new Map<string, SyntaxNode>();
  const order = ['bag', 'OutputColumnPrefix', 'columnsConflict', 'ignoredProperties'];
  args.forEach((arg, index) => {
    if (arg.kind === 'SimpleNamedExpression') named.set(arg.need('Name').name, arg.need('Expression'));
    else named.set(order[index] ?? '', arg);
  });
  const bag = named.get('bag');
  if (!bag) throw invalid('bag_unpack() needs a column.', plugin.head);
  const ignored = named.get('ignoredProperties')?.text.matchAll(/'([^']*)'|"([^"]*)"/g) ?? [];
  return {
    bag,
    prefix: named.get('OutputColumnPrefix')?.stringValue ?? '',
    onConflict: named.get('columnsConflict')?.stringValue ?? 'error',
    ignored: [...ignored].map(([, single, double]) => single ?? double ?? ''),
  };
}

/** evaluate bag_unpack(): the properties of a bag as columns. Which, must be written, or is found before; see unpack.ts. */
export function parseUnpack(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { bag, prefix, onConflict } = unpackingOf(operator);
  if (!operator.part('Schema')) {
    const instead = 'Write them, as in evaluate bag_unpack(bag) : (*, name:string, size:long).';
    throw unsupported('the plugin bag_unpack() without its columns here', operator.head, instead);
  }
  const value = parseExpression(bag, context);
  if (value.type !== 'dynamic') throw invalid(`bag_unpack() needs a dynamic value; this is a ${value.type}.`, bag.span);
  const wanted = pipe.columns.filter(
    ({ name, type }) => name !== bag.name || type !== 'dynamic' || isListed(operator, name),
  );
  const values = wanted.map(({ name, type }): Expr => {
    const source = name === bag.name ? undefined : input.columns.find((column) => column.name === name);
    const isProperty =
      name.startsWith(prefix) && (!source || (onConflict === 'replace_source' && isListed(operator, name)));
    if (source && !isProperty) return columnExpr(source);
    const property = call('bag-property', 'dynamic', value, literal('string', name.slice(prefix.length)));
    return type === 'dynamic' ? property : cast(property, type);
  });
  return compute('evaluate bag_unpack', operator, input, wanted, values, context);
}

/** Whether a column is written out, and not one that the star stands for. */
function isListed(operator: SyntaxNode, name: string): boolean {
  const listed = operator.need('Schema').need('Schema').list('Columns');
  return listed.some((column) => column.need('Name').name === name);
}
