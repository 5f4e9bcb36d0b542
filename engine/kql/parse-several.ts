import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { applyFunction } from './parse-call';
import { literalElements } from './parse-in';
import { arithmetic, comparison } from './parse-operators';
import { isTuple, sortedBeside, tupleOf } from './parse-tuples';
import { call, cast, literal } from './plan';
import type { Expr } from './plan';

/** Functions that take any number of arguments, or a list in their place. Undefined: it is none of these. */
export function parseSeveral(name: string, node: SyntaxNode, all: () => Expr[]): Expr | undefined {
  switch (name) {
    case 'ipv4_is_in_any_range':
      return listed('ipv4-in-any', node, all());
    case 'ipv6_is_in_any_range':
      return listed('ipv6-in-any', node, all());
    case 'has_any_ipv4':
      return listed('has-any-ipv4', node, all());
    case 'has_any_ipv4_prefix':
      return listed('has-any-ipv4-prefix', node, all());
    case 'set_intersect':
    case 'set_difference': {
      const [first, ...others] = all();
      if (!first || others.length === 0) throw invalid(`${name}() needs two sets.`, node.head);
      return others.reduce((left, right) => applyFunction(name, node, [left, right]), first);
    }
    case 'array_sort_asc':
    case 'array_sort_desc': {
      const args = all();
      if (args.length > 1 && args.every(({ type }) => type === 'dynamic')) {
        return applyFunction('pack_array', node, sortedBeside(name, args), 'dynamic');
      }
      if (args.slice(1).some(({ type }) => type !== 'bool')) {
        throw unsupported(`${name}() of several arrays and a choice of where nulls come`, node.head);
      }
      return applyFunction(name, node, args);
    }
    case 'bag_has_key':
    case 'bag_remove_keys':
    case 'bag_set_key': {
      const args = all();
      const names = args[1] ? (literalElements(args[1]) ?? [args[1]]) : [];
      const path = names.some((each) => each.kind === 'literal' && /^\$[.[]/.test(String(each.value)));
      return path ? atPath(name, node, args, names) : applyFunction(name, node, args);
    }
    case 'repeat': {
      const [value, count] = all();
      if (!value || !count) throw invalid('repeat() needs a value and a count.', node.head);
      if (value.type === 'dynamic') throw invalid('repeat() does not take a dynamic value.', node.head);
      return applyFunction('repeat', node, [value, count]);
    }
    case 'strcat_array': {
      const args = all();
      return applyFunction(args[1]?.kind === 'literal' ? 'strcat-array-by' : name, node, args);
    }
    case 'replace_strings':
      return replaced(node, all());
    case 'around': {
      const [value, centre, distance] = all();
      if (!value || !centre || !distance) throw invalid('around() needs a value, a centre and a distance.', node.head);
      return call(
        'and',
        'bool',
        comparison('greater-equal', value, arithmetic('subtract', centre, distance, node.span), node.span),
        comparison('less-equal', value, arithmetic('add', centre, distance, node.span), node.span),
      );
    }
    default:
      return isTuple(name) ? tupleOf(name, node, all())[0] : undefined;
  }
}

/** A function of a bag, with properties named by paths such as `$.a.b`. */
function atPath(name: string, node: SyntaxNode, args: readonly Expr[], names: readonly Expr[]): Expr {
  const [bag, , value] = args;
  const steps = names.map((each) => {
    const text = each.kind === 'literal' ? String(each.value) : '';
    if (!text.startsWith('$')) return [text];
    if (!/^\$(\.\w+|\['[^']*'\])+$/.test(text)) throw unsupported(`the path ${text}`, node.head, 'Write it as $.a.b.');
    return [...text.matchAll(/\.(\w+)|\['([^']*)'\]/g)].map(([, plain, quoted]) => plain ?? quoted ?? '');
  });
  const [first] = steps;
  if (!bag || !first) throw invalid(`${name}() needs a bag and a property.`, node.head);
  if (name === 'bag_has_key') {
    const pointer = first.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return call('bag-has-pointer', 'bool', cast(bag, 'dynamic'), literal('string', pointer));
  }
  // a patch takes away what it has null for
  const patched = (of: Expr, path: readonly string[], leaf: Expr): Expr => {
    const patch = path.reduceRight(
      (inner, step) => call('pack-pairs', 'dynamic', literal('string', step), inner),
      cast(leaf, 'dynamic'),
    );
    return call('bag-patched', 'dynamic', cast(of, 'dynamic'), patch);
  };
  const without = steps.reduce<Expr>((of, path) => patched(of, path, literal('dynamic', null)), bag);
  return name === 'bag_remove_keys' ? without : patched(without, first, value ?? literal('dynamic', null));
}

/** A value and a list: arguments one by one, or one array. */
function listed(name: string, node: SyntaxNode, [value, ...rest]: readonly Expr[]): Expr {
  if (!value || rest.length === 0) throw invalid('This function needs more arguments.', node.head);
  const [first] = rest;
  const list =
    first?.type === 'dynamic' && rest.length === 1 ? first : applyFunction('pack_array', node, rest, 'dynamic');
  return applyFunction(name, node, [value, list]);
}

/**
 * replace_strings(): one replacement after another, but what is replaced is not looked at again. So the first pass puts a
 * sign of no text in each place and the second the replacements; what is to be replaced by no text stays.
 */
function replaced(node: SyntaxNode, [text, from, to]: readonly Expr[]): Expr {
  const old = from && literalElements(from);
  const fresh = to && literalElements(to);
  if (!text || !old || !fresh)
    throw unsupported('replace_strings() with computed lists', node.head, 'Write them as literals.');
  if (old.length !== fresh.length) throw invalid('replace_strings() needs two lists of one length.', node.head);
  const sign = (index: number): Expr => literal('string', String.fromCodePoint(FIRST_SIGN + index));
  const replace = (value: Expr, one: Expr, other: Expr): Expr => call('replace_string', 'string', value, one, other);
  const marked = old.reduce<Expr>(
    (value, each, index) => replace(value, cast(each, 'string'), sign(index)),
    cast(text, 'string'),
  );
  return fresh.reduce<Expr>((value, each, index) => {
    const kept = each.type === 'string' ? each : cast(old[index] ?? each, 'string');
    return replace(value, sign(index), kept);
  }, marked);
}
/** The start of a plane of code points for private use, which no log holds. */
const FIRST_SIGN = 0xf0000;
