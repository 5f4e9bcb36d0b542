import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { applyFunction } from './parse-call';
import { literalElements } from './parse-in';
import { arithmetic, comparison } from './parse-operators';
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
      if (args.slice(1).some(({ type }) => type !== 'bool')) {
        throw unsupported(`${name}() of several arrays`, node.head, 'Sort bags of both values.');
      }
      return applyFunction(name, node, args);
    }
    case 'bag_has_key':
    case 'bag_remove_keys':
    case 'bag_set_key': {
      const args = all();
      const names = args[1] ? (literalElements(args[1]) ?? [args[1]]) : [];
      const path = names.some((each) => each.kind === 'literal' && /^\$[.[]/.test(String(each.value)));
      if (path) throw unsupported(`${name}() with a path`, node.head, 'Name a property of the bag itself.');
      return applyFunction(name, node, args);
    }
    case 'repeat': {
      const [value, count] = all();
      if (!value || !count) throw invalid('repeat() needs a value and a count.', node.head);
      if (value.type === 'dynamic') throw invalid('repeat() does not take a dynamic value.', node.head);
      return applyFunction('repeat', node, [value, count]);
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
      return undefined;
  }
}

/** A value and a list: arguments one by one, or one array. */
function listed(name: string, node: SyntaxNode, [value, ...rest]: readonly Expr[]): Expr {
  if (!value || rest.length === 0) throw invalid('This function needs more arguments.', node.head);
  const [first] = rest;
  const list =
    first?.type === 'dynamic' && rest.length === 1 ? first : applyFunction('pack_array', node, rest, 'dynamic');
  return applyFunction(name, node, [value, list]);
}

/** replace_strings(): the replacements one after another, so they must be known. */
function replaced(node: SyntaxNode, [text, from, to]: readonly Expr[]): Expr {
  const old = from && literalElements(from);
  const fresh = to && literalElements(to);
  if (!text || !old || !fresh)
    throw unsupported('replace_strings() with computed lists', node.head, 'Write them as literals.');
  if (old.length !== fresh.length) throw invalid('replace_strings() needs two lists of one length.', node.head);
  return old.reduce(
    (value, each, index) =>
      call(
        'replace_string',
        'string',
        value,
        cast(each, 'string'),
        cast(fresh[index] ?? literal('string', ''), 'string'),
      ),
    cast(text, 'string'),
  );
}
