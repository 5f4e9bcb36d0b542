import * as v from 'valibot';
import { readFile, replaceFile } from './file-system';
import type { CaseFs } from './file-system';
import { seal, unseal } from './seal';

const LARGEST = 1024 * 1024 * 1024;

/**
 * What a small file of the case folder holds: undefined when there is none, `broken` when it is not what was saved or
 * belongs to another case.
 */
export function loadSealed<S extends v.GenericSchema>(
  disk: CaseFs,
  path: string,
  caseId: string,
  schema: S,
): { value: v.InferOutput<S> } | 'broken' | undefined {
  const bytes = readFile(disk, path, LARGEST);
  if (!bytes) return undefined;
  const envelope = v.safeParse(v.object({ case: v.literal(caseId), content: v.unknown() }), unseal(bytes)?.value);
  const content = envelope.success ? v.safeParse(schema, envelope.output.content) : undefined;
  return content?.success ? { value: content.output } : 'broken';
}

/** Replaces the file whole, durably; what it held is kept as `previous`, when given. Throws what the disk throws. */
export function saveSealed(disk: CaseFs, path: string, caseId: string, content: unknown, previous?: string): void {
  replaceFile(disk, path, Buffer.from(seal({ v: 1, case: caseId, content }).text), previous);
}
