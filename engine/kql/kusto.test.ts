import { expect, test } from 'vitest';
import type { SyntaxNode } from './kusto';
import { readQuery } from './read-query';

const schema = {
  tables: { T: [{ name: 'n', type: 'long' } as const] },
  functions: [{ name: 'Above', parameters: '(least:long = 7, word:string = "😀 w")', body: 'T | where n > least' }],
};

function every(root: SyntaxNode, kind: string): SyntaxNode[] {
  return [...(root.kind === kind ? [root] : []), ...root.children.flatMap((child) => every(child, kind))];
}

test('texts and places hold after characters of two units, CRLF and comments', () => {
  const query = '// 😀 first\r\nT // 😀𝒳\r\n| where n > 1 // last\r\n| extend s = "😀", t = n';
  const { root } = readQuery(query, schema);
  const [filter] = every(root, 'FilterOperator');
  expect(filter?.text).toBe('where n > 1');
  for (const node of [...every(root, 'SimpleNamedExpression'), ...every(root, 'FilterOperator')]) {
    const { start, length } = node.span;
    expect(query.slice(start, start + length)).toBe(node.text);
  }
});

test('within a called function: the text of its body without the comments before it, and the place of the call', () => {
  const query = 'let f = (x:long) { T // a\n | // 😀 b\n where n > x };\nf(3) | count';
  const { root } = readQuery(query, schema);
  const body = every(root, 'FunctionCallExpression')[0]?.calledBody();
  const [filter] = body ? every(body, 'FilterOperator') : [];
  expect(filter?.text).toBe('where n > x');
  expect(filter?.head).toEqual({ start: query.indexOf('f(3)'), length: 'f(3)'.length });
});

test('what a parameter is by default has its own text, wherever the function is declared', () => {
  const { root } = readQuery('let g = (k:string = "😀 k", n:long = -5) { T | take 1 };\ng() | union (Above())', schema);
  const defaults = every(root, 'FunctionCallExpression').flatMap((call) =>
    call.parameters().map((parameter) => parameter.default?.text),
  );
  expect(defaults).toEqual(['"😀 k"', '-5', '7', '"😀 w"']);
});
