import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { formatDatetime, formatTimespan, parseDatetime, parseNumber, parseTimespan } from './literals';
import { literal } from './plan';
import type { Expr } from './plan';

/** A `dynamic(...)` literal: its JSON text. */
export function parseDynamic(node: SyntaxNode, now: bigint): Expr {
  const json = jsonOf(node.need('Expression'), now);
  return literal('dynamic', json === 'null' ? null : json);
}

function jsonOf(node: SyntaxNode, now: bigint): string {
  switch (node.kind) {
    case 'JsonObjectExpression': {
      const pairs = node.list('Pairs').map((pair) => {
        return `${JSON.stringify(keyOf(pair.need('Name')))}:${jsonOf(pair.need('Value'), now)}`;
      });
      return `{${pairs.join(',')}}`;
    }
    case 'JsonArrayExpression':
      return `[${node
        .list('Values')
        .map((value) => jsonOf(value, now))
        .join(',')}]`;
    case 'UnaryMinusExpression':
      return `-${jsonOf(node.need('Expression'), now)}`;
    case 'DynamicExpression':
      return jsonOf(node.need('Expression'), now);
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return JSON.stringify(node.stringValue ?? '');
    case 'BooleanLiteralExpression':
      return /true/i.test(node.text) ? 'true' : /false/i.test(node.text) ? 'false' : 'null';
    case 'LongLiteralExpression':
    case 'IntLiteralExpression':
    case 'RealLiteralExpression':
    case 'DecimalLiteralExpression':
      return numberJson(node.text);
    case 'DateTimeLiteralExpression': {
      const ticks = parseDatetime(node.text, now);
      return ticks === null ? 'null' : JSON.stringify(formatDatetime(ticks));
    }
    case 'TimespanLiteralExpression': {
      const ticks = parseTimespan(node.text);
      return ticks === null ? 'null' : JSON.stringify(formatTimespan(ticks));
    }
    case 'GuidLiteralExpression':
      return JSON.stringify(/[0-9a-f-]{32,36}/i.exec(node.text)?.[0] ?? '');
    case 'NullLiteralExpression':
      return 'null';
    default:
      if (node.text === 'null') return 'null';
      throw unsupported(`${node.text} inside a dynamic literal`, node.span);
  }
}

function numberJson(text: string): string {
  const value = parseNumber(text);
  if (value === null) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (!Number.isFinite(value))
    return JSON.stringify(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
  return Number.isInteger(value) && !/[eE]/.test(String(value)) ? `${value}.0` : String(value);
}

function keyOf(node: SyntaxNode): string {
  if (node.stringValue !== undefined) return node.stringValue;
  const quoted = /^(['"])([\s\S]*)\1$/.exec(node.text);
  if (!quoted) return node.text;
  const inner = quoted[2] ?? '';
  return inner.replace(/\\(.)/g, '$1');
}
