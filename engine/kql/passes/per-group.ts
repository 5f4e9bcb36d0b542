import type { Span } from '../error';
import { unsupported } from '../error';
import { columnExpr } from '../plan';
import type { Column, Expr, Rel } from '../plan';
import { someExpr, withParts } from './walk';

/**
 * The same operators for each group of `rows` by itself, where `key` tells the groups apart: the key is carried through,
 * limits hold in each group, and windows stay within one. `key` of the result is its column there.
 */
export function perGroup(
  root: Rel,
  rows: Rel,
  key: Column,
  newId: () => number,
  span: Span,
): { rel: Rel; key: Column } {
  const again = (rel: Rel): { rel: Rel; key: Column } => perGroup(rel, rows, key, newId, span);
  if (root === rows) return { rel: rows, key };
  switch (root.op) {
    case 'compute': {
      const inner = again(root.input);
      const values = root.values.map((value) => inSegments(value, inner.key, span));
      const columns = [...root.columns, inner.key];
      return {
        rel: { ...root, input: inner.rel, columns, values: [...values, columnExpr(inner.key)] },
        key: inner.key,
      };
    }
    case 'filter': {
      const inner = again(root.input);
      if (someExpr(root.condition, ({ kind }) => kind === 'window')) throw refused('a window in where', span);
      return { rel: { ...root, input: inner.rel, columns: [...root.columns, inner.key] }, key: inner.key };
    }
    case 'serialize':
    case 'expand': {
      const inner = again(root.input);
      return { rel: { ...root, input: inner.rel, columns: [...root.columns, inner.key] }, key: inner.key };
    }
    case 'sort':
    case 'take': {
      const inner = again(root.input);
      const per = [columnExpr(inner.key)];
      return { rel: { ...root, input: inner.rel, columns: [...root.columns, inner.key], per }, key: inner.key };
    }
    case 'summarize': {
      const inner = again(root.input);
      const fresh: Column = { ...inner.key, id: newId() };
      const keys = root.keys.length;
      const columns = [...root.columns.slice(0, keys), fresh, ...root.columns.slice(keys)];
      const rel: Rel = { ...root, input: inner.rel, keys: [...root.keys, columnExpr(inner.key)], columns };
      return { rel, key: fresh };
    }
    case 'table':
    case 'rows':
    case 'range':
    case 'join':
    case 'union':
    case 'scan':
      throw refused(root.stage?.operator ?? 'this operator', span);
  }
}

const refused = (what: string, span: Span): Error =>
  unsupported(
    `${what} inside mv-apply or partition`,
    span,
    'Use where, extend, project, summarize, sort, top and take there.',
  );

function inSegments(value: Expr, key: Column, span: Span): Expr {
  const inner = withParts(
    value,
    (part) => inSegments(part, key, span),
    (rel) => rel,
  );
  if (inner.kind !== 'window') return inner;
  if (inner.name === 'row_window_session') throw refused('row_window_session()', span);
  if (inner.restart) throw refused('a window with a restart', span);
  return { ...inner, segment: columnExpr(key) };
}
