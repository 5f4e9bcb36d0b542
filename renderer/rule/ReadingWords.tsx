import type { ReadingAgain } from '../../shared/rules';
import { Value } from '../Value';

/** That columns which Doppel does not keep are being read from the log's files, and how far that is. */
export function ReadingWords({ reading: { file, bytesDone, bytesTotal } }: { reading: ReadingAgain }) {
  const percent = bytesTotal === 0 ? 100 : Math.floor((100 * bytesDone) / bytesTotal);
  return (
    <output>
      The text asks for columns that are not kept: reading <Value text={file} /> again, {percent} %.
    </output>
  );
}
