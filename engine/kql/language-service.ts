/**
 * Microsoft's language service, which is untyped here on purpose: its own declarations are 1.7 MB that do not compile. It
 * is loaded when first needed (about half a second). Only kusto.ts and read-query.ts touch it.
 */
import { createRequire } from 'node:module';

export type Raw = Record<string, unknown>;
export interface RawNode extends Raw {
  readonly Kind: number;
  readonly ChildCount: number;
  readonly TextStart: number;
  readonly Width: number;
}

interface LanguageService {
  language: Raw;
  toArray: (list: unknown) => unknown[];
  kindNames: ReadonlyMap<number, string>;
}

let loaded: LanguageService | undefined;

/** Whether a value has members. What the package gives is untyped, so that everything is looked at before use. */
export function isRaw(value: unknown): value is Raw {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
/** Whether a value is a node of the syntax tree. */
export function isNode(value: unknown): value is RawNode {
  return isRaw(value) && typeof value['Kind'] === 'number' && typeof value['ChildCount'] === 'number';
}
/** The member that a path such as `Syntax.SyntaxKind` leads to; a missing one means that the package has changed. */
export function member(from: Raw, path: string): Raw {
  let at: Raw = from;
  for (const name of path.split('.')) {
    const next = at[name];
    if (!isRaw(next)) throw new Error(`the Kusto language service has no ${path}`);
    at = next;
  }
  return at;
}
/** Calls a method; a missing one means that the package has changed. */
export function invoke(target: Raw, name: string, ...args: unknown[]): unknown {
  const method = target[name];
  if (typeof method !== 'function') throw new Error(`the Kusto language service has no ${name}()`);
  return Reflect.apply(method, target, args);
}
/** Makes an object of the class that a path leads to; a missing one means that the package has changed. */
export function construct(from: Raw, path: string, ...args: unknown[]): unknown {
  const type = member(from, path);
  if (typeof type !== 'function') throw new Error(`the Kusto language service has no constructor ${path}`);
  return Reflect.construct(type, args);
}

/** The language service, loaded at its first use: its two scripts have megabytes that not every start needs. */
export function service(): LanguageService {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  require('@kusto/language-service-next/bridge.min.js'); // the runtime must come before what is built on it
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const globals: Raw = globalThis as unknown as Raw; // both scripts publish themselves as globals
  const language = member(globals, 'Kusto.Language');
  const bridge = member(globals, 'Bridge');
  const kindNames = new Map<number, string>();
  for (const [name, value] of Object.entries(member(language, 'Syntax.SyntaxKind'))) {
    if (typeof value === 'number' && /^[A-Z_]/.test(name)) kindNames.set(value, name);
  }
  loaded = {
    language,
    kindNames,
    toArray: (list) => {
      const array = list ? invoke(bridge, 'toArray', list) : [];
      return Array.isArray(array) ? array : [];
    },
  };
  return loaded;
}
