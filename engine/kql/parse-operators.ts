import { invalid } from './error';
import type { Span } from './error';
import { call, cast, literal } from './plan';
import type { Expr, ScalarType } from './plan';

const NUMERIC: readonly ScalarType[] = ['int', 'long', 'decimal', 'real'];
/** Whether arithmetic takes values of this type; bool, datetime and timespan are no numbers. */
export const isNumeric = (type: ScalarType): boolean => NUMERIC.includes(type);

/** The number type that holds both. */
export function widest(left: ScalarType, right: ScalarType): ScalarType {
  for (const type of ['real', 'decimal', 'long'] as const) if (left === type || right === type) return type;
  return 'int';
}

/** The type that both sides of a comparison are brought to. */
function commonType(left: Expr, right: Expr, span: Span): ScalarType {
  if (left.type === right.type) return left.type;
  if (isNumeric(left.type) && isNumeric(right.type)) return widest(left.type, right.type);
  if (left.type === 'dynamic') return right.type === 'int' ? 'long' : right.type;
  if (right.type === 'dynamic') return left.type === 'int' ? 'long' : left.type;
  const pair = new Set([left.type, right.type]);
  if (pair.has('bool') && (isNumeric(left.type) || isNumeric(right.type))) return 'long';
  // Kusto reads a text literal that is compared with a datetime, timespan or guid; other texts it refuses
  for (const [text, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (text.type === 'string' && ['datetime', 'timespan', 'guid'].includes(other.type)) return other.type;
    // the ZPA hunting queries compare text columns with a number: the text is read as a number, and this is said
    if (text.type === 'string' && isNumeric(other.type)) return other.type;
  }
  throw invalid(`A ${left.type} cannot be compared with a ${right.type}.`, span);
}

/** `==`, `<` and their like. */
export function comparison(name: string, left: Expr, right: Expr, span: Span): Expr {
  const type = commonType(left, right, span);
  if (type === 'dynamic') {
    throw invalid('Two dynamic values cannot be compared. Convert them first, as with tostring().', span);
  }
  return call(name, 'bool', cast(left, type), cast(right, type));
}

const isTime = (type: ScalarType): boolean => type === 'datetime' || type === 'timespan';

/** `+`, `-`, `*`, `/` and `%`, over numbers and times. */
export function arithmetic(name: string, left: Expr, right: Expr, span: Span): Expr {
  const [a, b] = [typed(left, right), typed(right, left)];
  if (isTime(a.type) || isTime(b.type)) return overTimes(name, a, b, span);
  if (!isNumeric(a.type) || !isNumeric(b.type)) {
    throw invalid(`${name} does not apply to a ${a.type} and a ${b.type}.`, span);
  }
  const type = widest(a.type, b.type) === 'int' ? 'long' : widest(a.type, b.type);
  return call(name, type, cast(a, type), cast(b, type));
}

/** `-x`: a dynamic value counts as a real, as it does in arithmetic with another. */
export function negated(value: Expr, span: Span): Expr {
  const type = value.type === 'int' ? 'long' : value.type === 'dynamic' ? 'real' : value.type;
  if (!isNumeric(type) && type !== 'timespan') throw invalid(`- does not apply to a ${type}.`, span);
  const known = value.kind === 'literal' ? value.value : null;
  if (typeof known === 'bigint') return literal(value.type, -known);
  if (typeof known === 'number') return literal(value.type, -known);
  return call('negate', type, cast(value, type));
}

/** A dynamic value in arithmetic has the other side's type, and a bool counts as a number. */
function typed(value: Expr, other: Expr): Expr {
  if (value.type === 'bool') return cast(value, 'long');
  if (value.type !== 'dynamic') return value;
  return cast(value, other.type === 'dynamic' ? 'real' : other.type === 'int' ? 'long' : other.type);
}

function overTimes(name: string, a: Expr, b: Expr, span: Span): Expr {
  const both = `${a.type} ${b.type}`;
  if (name === 'add' && both !== 'datetime datetime') {
    if (isTime(a.type) && isTime(b.type)) {
      return both === 'timespan timespan' ? call('add', 'timespan', a, b) : call('shift-datetime', 'datetime', a, b);
    }
  }
  if (name === 'subtract' && isTime(a.type) && isTime(b.type) && both !== 'timespan datetime') {
    if (both === 'datetime timespan') return call('shift-datetime-back', 'datetime', a, b);
    return call('subtract', 'timespan', a, b);
  }
  if (name === 'multiply' && a.type === 'timespan' && isNumeric(b.type)) return scaled('multiply', a, b);
  if (name === 'multiply' && b.type === 'timespan' && isNumeric(a.type)) return scaled('multiply', b, a);
  if (name === 'divide' && both === 'timespan timespan') return call('timespan-ratio', 'real', a, b);
  if (name === 'divide' && a.type === 'timespan' && isNumeric(b.type)) {
    return call('shrink-timespan', 'timespan', a, cast(b, 'real'));
  }
  if (name === 'modulo' && both === 'timespan timespan') return call('modulo', 'timespan', a, b);
  throw invalid(`${name} does not apply to a ${a.type} and a ${b.type}.`, span);
}

function scaled(name: string, span: Expr, factor: Expr): Expr {
  if (factor.type === 'int' || factor.type === 'long') return call(name, 'timespan', span, cast(factor, 'long'));
  return call('scale-timespan', 'timespan', span, cast(factor, 'real'));
}
