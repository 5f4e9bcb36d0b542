import type { Span } from './error';
import { nodesOfKind } from './kusto';
import type { SyntaxNode } from './kusto';
import type { Schema } from './read-query';

/** A text of the same length in which unions lack the tables that isfuzzy=true lets them go on without. */
interface WithoutAbsent {
  readonly text: string;
  readonly absent: readonly string[];
}

/** Whether it is worth parsing a text for fuzzy unions: most queries do not even hold the word. */
export const mayBeFuzzy = (text: string): boolean => /\bisfuzzy\b/.test(text);

/**
 * The binder gives a table that it does not know columns of its own making, which would get into the union: so the
 * branches that begin with one are blanked before anything is bound. `root` is the tree of the text, bound or not.
 */
export function withoutAbsent(text: string, root: SyntaxNode, schema: Schema): WithoutAbsent {
  const known = new Set([
    ...Object.keys(schema.tables),
    ...(schema.functions ?? []).map(({ name }) => name),
    ...nodesOfKind(root, 'NameDeclaration').map(({ name }) => name),
  ]);
  let blanked = text;
  const blank = (start: number, end: number): void => {
    const gone = blanked.slice(start, end).replace(/[^\r\n]/g, ' ');
    blanked = blanked.slice(0, start) + gone + blanked.slice(end);
  };
  const absent: string[] = [];
  for (const union of fuzzyUnions(root)) {
    const branches = union.operator.list('Expressions').map((branch) => {
      const name = firstName(branch);
      return { span: branch.span, absent: name === undefined || known.has(name) ? undefined : name };
    });
    const names = branches.flatMap(({ absent: name }) => (name === undefined ? [] : [name]));
    if (names.length === branches.length && !union.bar) continue; // nothing is left: the table is missed as usual
    absent.push(...names);
    if (names.length === branches.length && union.bar) blank(union.bar.start, end(union.operator.span));
    else keepPresent(text, branches, blank);
  }
  return { text: blanked, absent };
}

/** Blanks the branches that are absent, and the commas that nothing stands before or after any more. */
function keepPresent(
  text: string,
  branches: readonly { span: Span; absent: string | undefined }[],
  blank: (start: number, end: number) => void,
): void {
  let anyBefore = false;
  branches.forEach(({ span, absent }, index) => {
    if (absent !== undefined) blank(span.start, end(span));
    const before = branches[index - 1];
    if (before && (absent !== undefined || !anyBefore)) {
      const gap = text.slice(end(before.span), span.start).replace(/\/\/.*/g, (comment) => ' '.repeat(comment.length));
      const comma = end(before.span) + gap.indexOf(',');
      blank(comma, comma + 1);
    }
    anyBefore ||= absent === undefined;
  });
}

const end = ({ start, length }: Span): number => start + length;

function fuzzyUnions(node: SyntaxNode): { operator: SyntaxNode; bar?: Span }[] {
  const inner = node.children.flatMap(fuzzyUnions);
  const operator = node.kind === 'PipeExpression' ? node.need('Operator') : node;
  if (operator.kind !== 'UnionOperator' || !isFuzzy(operator)) return inner;
  const bar = node.part('Bar')?.span;
  // a piped union was met already, as a child
  return bar
    ? [...inner.filter((each) => each.operator.span.start !== operator.span.start), { operator, bar }]
    : [...inner, { operator }];
}

function isFuzzy(union: SyntaxNode): boolean {
  return union
    .list('Parameters')
    .some((setting) => setting.need('Name').name === 'isfuzzy' && setting.need('Expression').text === 'true');
}

/** The name of the table that a branch begins with. */
function firstName(node: SyntaxNode): string | undefined {
  if (node.kind === 'ParenthesizedExpression' || node.kind === 'PipeExpression')
    return firstName(node.need('Expression'));
  return node.kind === 'NameReference' ? node.name : undefined;
}
