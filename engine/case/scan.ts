import * as v from 'valibot';
import type { CaseFs } from './file-system';
import { lines } from './lines';
import { DecisionRecord, Header, Link, NO_LINE } from './record';
import { unseal } from './seal';

/** A decision and where its line starts and ends in the journal. */
interface Placed {
  record: DecisionRecord;
  start: number;
  end: number;
}

/** What lies in a journal. */
export interface Scan {
  header: Header | undefined;
  /** Bytes of the file. */
  size: number;
  /** Where the last whole batch of the unbroken chain ends. */
  end: number;
  /** The seal of the line that ends there. */
  head: string;
  /** Lines of the unbroken chain that this version does not understand (1-based); they stay where they are. */
  notUnderstood: number[];
  /** The line at which the chain breaks, though whole lines that were acknowledged after it follow; else undefined. */
  broken: number | undefined;
  /** Decisions that are whole in themselves, from behind the break. */
  salvaged: Placed[];
}

interface Batch {
  id: string;
  of: number;
  seen: number;
  placed: Placed[];
  notUnderstood: number[];
}

/**
 * Reads a journal from end to end and checks every seal and link. `found` gets the decisions of the unbroken chain,
 * and for every batch the position and seal with which it ends.
 *
 * A write that a power cut tore leaves damage only at the end, in one batch, and nobody was told that it was saved. So
 * behind a break there may be lines of the batch at hand; a line of any other batch proves that what is broken had
 * been acknowledged, and then nothing may be cut.
 */
export function scan(disk: CaseFs, fd: number, found: (placed: Placed[], end: number, head: string) => void): Scan {
  const result: Scan = {
    header: undefined,
    size: 0,
    end: 0,
    head: NO_LINE,
    notUnderstood: [],
    broken: undefined,
    salvaged: [],
  };
  let number = 0;
  let last = NO_LINE;
  let batch: Batch | undefined;
  let breakAt: number | undefined;
  const behind = new Set<string>();
  let startsBehind = false;

  const finish = (end: number): void => {
    result.end = end;
    result.head = last;
    found(batch?.placed ?? [], end, last);
    result.notUnderstood.push(...(batch?.notUnderstood ?? []));
    batch = undefined;
  };
  for (const { start, end, bytes } of lines(disk, fd)) {
    number += 1;
    result.size = end;
    const sealed = bytes && unseal(bytes);
    const header = number === 1 && sealed ? v.safeParse(Header, sealed.value) : undefined;
    if (sealed && header?.success) {
      result.header = header.output;
      last = sealed.h;
      finish(end);
      continue;
    }
    const record = sealed && v.safeParse(DecisionRecord, sealed.value);
    const placed = record?.success ? { record: record.output, start, end } : undefined;
    const link = placed?.record ?? linkOf(sealed?.value);
    if (breakAt === undefined && sealed && link?.prev === last && continues(batch, link)) {
      batch ??= { id: link.id, of: link.of, seen: 0, placed: [], notUnderstood: [] };
      batch.seen += 1;
      last = sealed.h;
      if (placed) batch.placed.push(placed);
      else batch.notUnderstood.push(number);
      if (batch.seen === batch.of) finish(end);
      continue;
    }
    breakAt ??= number;
    if (!link) continue;
    behind.add(link.batch);
    startsBehind ||= link.batch === link.id;
    if (placed) result.salvaged.push(placed);
  }
  if (batch) {
    if (behind.size > 0) result.salvaged.unshift(...batch.placed);
    behind.add(batch.id);
  }
  if (startsBehind || behind.size > 1) result.broken = breakAt;
  return result;
}

function linkOf(value: unknown): Link | undefined {
  const link = v.safeParse(Link, value);
  return link.success ? link.output : undefined;
}

function continues(batch: Batch | undefined, link: Pick<Link, 'id' | 'batch' | 'of'>): boolean {
  return batch ? link.batch === batch.id && link.of === batch.of : link.batch === link.id;
}
