/** Which case decisions are kept in: the cases that are known, and how another one is opened or made. The page never names a path. */
import * as v from 'valibot';

/** What a folder may be called on every system. */
export const CaseName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(100),
  // oxlint-disable-next-line no-control-regex -- they are what is not allowed
  v.regex(/^[^<>:"/\\|?*\u0000-\u001f]+$/u, 'a name without < > : " / \\ | ? *'),
  v.check((name) => !/^\.|\.$/u.test(name), 'a name that neither begins nor ends with a dot'),
);

/** Another program that has a case open. */
export const CaseHolder = v.object({
  pid: v.number(),
  host: v.string(),
  /** When it started; epoch ms. */
  started: v.number(),
});
export type CaseHolder = v.InferOutput<typeof CaseHolder>;

export const KnownCase = v.object({
  /** What opens it. */
  id: v.string(),
  /** The folder's name. */
  name: v.string(),
  folder: v.string(),
  /** It is the one that is open. */
  open: v.boolean(),
  /** Who else has it open; null where nobody has. */
  heldBy: v.nullable(CaseHolder),
});
export type KnownCase = v.InferOutput<typeof KnownCase>;
