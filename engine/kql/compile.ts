import { invalid, KqlError, unsupported } from './error';
import type { Span } from './error';
import { readQuery } from './read-query';
import type { SyntaxNode } from './kusto';
import type { Diagnostic, Schema } from './read-query';
import { checkSize, MAX_TEXT } from './limits';
import { parseStatements } from './parse-table';
import { checkColumns } from './passes/check-columns';
import { simplifyFilters } from './passes/filters';
import { fuse } from './passes/fuse';
import { dropOrders } from './passes/orders';
import { narrow } from './passes/narrow';
import { prune } from './passes/prune';
import { scanSessions } from './passes/sessions';
import { splitWindows } from './passes/split-windows';
import type { Rel } from './plan';
import { reachesOut } from './reach';
import { Compilation, Scope } from './scope';
import { realErrors } from './tolerated';

interface CompileOptions {
  /** Evaluation time in ticks. */
  readonly now: bigint;
  readonly schema: Schema;
  /** Whether runs of extend become one SELECT and sorts that nothing reads are left out; false is for looking at stages. */
  readonly fuse?: boolean;
  /** now() stays open: the statement names `$now` (ticks), so that it can be run at many times. */
  readonly openNow?: boolean;
}

/** A query as a plan that is ready to be printed. Throws KqlError with the place in the text. */
export function compile(text: string, options: CompileOptions): Rel {
  if (text.length > MAX_TEXT) throw new KqlError('query-limit', `A query has ${MAX_TEXT} characters at most.`);
  return withinStack(() => planOf(text, options));
}

/** Brackets within brackets, some thousands deep, are more than the stack holds. */
function withinStack<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new KqlError('query-limit', 'The query is nested too deeply.', undefined, { cause: error });
  }
}

function planOf(text: string, { now, schema, fuse: fusing = true, openNow }: CompileOptions): Rel {
  const { root, diagnostics, absent } = readQuery(text, schema);
  const outside = reachesOut(text, root);
  if (outside) throw outside;
  const [error] = realErrors(root, diagnostics);
  if (error) throw invalid(error.message, error.span);
  const compilation = new Compilation(now, schema, openNow);
  compilation.notes.push(...absent.map((name) => `There is no table ${name}: isfuzzy leaves it out of the union.`));
  const plan = parseStatements(root.list('Statements'), { compilation, scope: new Scope(), depth: 0 });
  if (!plan) throw unsupported('a text without a query', lastOf(root), 'End it with a table, such as ZPAEvent.');
  checkSize(plan);
  checkColumns(plan);
  const newId = (): number => compilation.newId();
  const split = splitWindows(scanSessions(plan, newId), newId);
  const simple = simplifyFilters(split);
  return fusing ? narrow(prune(fuse(dropOrders(simple)))) : prune(simple);
}

/** Where a text without a result ends: its last statement. */
function lastOf(root: SyntaxNode): Span {
  return root.list('Statements').at(-1)?.head ?? { start: 0, length: 0 };
}

/** What Microsoft's binder says of a query: for an editor, as the analyst types. */
export function diagnose(text: string, schema: Schema): readonly Diagnostic[] {
  const { root, diagnostics } = readQuery(text, schema);
  const outside = reachesOut(text, root);
  if (outside) {
    const { code, message, span } = outside;
    return [{ severity: 'Error', code, message, span }];
  }
  return realErrors(root, diagnostics);
}
