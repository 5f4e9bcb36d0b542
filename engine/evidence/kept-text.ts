import type { Cut } from '../formats/format';
import { isPlain, UTF8 } from '../ingest/decode';
import type { Encoding } from '../ingest/decode';
import { numberAt } from '../ingest/growing';
import type { Growing } from '../ingest/growing';
import type { LineScan } from '../ingest/line-scanner';
import { lineMapOfGaps } from '../ingest/lines';
import type { Gaps } from '../ingest/lines';
import type { Container } from '../ingest/unpack';
import type { RawText } from './raw-records';
import { SourceCheck } from './source-file';
import type { FileIdentity } from './source-file';

/** All that tells where the records of an input stand and how its text is read again; nothing of it refers to the engine that read it. */
export interface KeptText {
  /** What was read: the file itself; a private copy where it came out of an archive. */
  path: string;
  bytes: number;
  /** Of the file at `path`, lower-case hex. */
  sha256: string;
  /** Undefined when it changed while it was read. */
  identity: FileIdentity | undefined;
  container: Container;
  encoding: Encoding;
  cut: Cut;
  /** It came out of an archive, or was written from the rows of a file that holds no text. */
  isPart: boolean;
  /** Its text was written out plain, byte for byte, to be read from there. */
  isCopied: boolean;
  /** As in Prepared (engine/ingest/prepare.ts). */
  gaps: Gaps;
  starts: Growing | undefined;
  offsets: Growing | undefined;
  marks: LineScan['marks'] | undefined;
}

/** How records of an input are found; `copy`: where its plain text lies, when it was written out. */
export function rawTextOf(kept: KeptText, copy: string | undefined): RawText {
  const { path, container, encoding, cut, bytes, sha256, identity, offsets, marks } = kept;
  const isCopy = copy !== undefined;
  return {
    path: copy ?? path,
    container: isCopy ? 'plain' : container,
    encoding: isCopy ? UTF8 : encoding,
    cut,
    check: isCopy ? undefined : new SourceCheck({ path, bytes, sha256, identity }),
    isInPlace: !kept.isPart && container === 'plain' && isPlain(encoding),
    offsets,
    marks,
    lineOf: linesOf(kept),
  };
}

/** The physical line, from 1, of a record by its ordinal. */
export function linesOf({ starts, gaps }: Pick<KeptText, 'starts' | 'gaps'>): (ordinal: number) => number {
  if (starts) return (ordinal) => numberAt(starts, ordinal - 1) ?? 0;
  const map = lineMapOfGaps(gaps);
  return (ordinal) => map.lineOf(ordinal);
}
