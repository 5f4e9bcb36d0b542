import type { Progress } from '../shared/contract';
import { TimeLeft } from '../shared/time-left';
import { visibleText } from '../shared/visible-text';
import { STEP_WORDS } from '../shared/words';

const WIDTH = 24;

interface ProgressBar {
  show: (progress: Progress) => void;
  /** Takes the bar away again, so that what is printed next stands on a clean line. */
  clear: () => void;
}

/** One line on stderr that is drawn over; nothing at all when stderr is not a terminal. */
export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  const left = new TimeLeft();
  let shown = false;
  return {
    show: (progress) => {
      const text = describe(progress, left.words(progress, performance.now())).slice(
        0,
        Math.max(20, stream.columns - 1),
      );
      stream.write(`\r${text}\u001B[K`);
      shown = true;
    },
    clear: () => {
      if (shown) stream.write('\r\u001B[K');
      shown = false;
    },
  };
}

function describe({ step, file, bytesDone, bytesTotal, records, soFar }: Progress, left: string | undefined): string {
  if (file === '') return STEP_WORDS[step];
  const share = bytesTotal === 0 ? 1 : Math.min(1, bytesDone / bytesTotal);
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.');
  const size = `${megabytes(bytesDone)} of ${megabytes(bytesTotal)} MB`;
  const time = left === undefined ? '' : `  ${left}`;
  const found = soFar ? `  ${soFar.findings} findings in ${soFar.filesDone} of ${soFar.files} files` : '';
  return `${STEP_WORDS[step]} [${bar}] ${Math.floor(share * 100)} %${time}  ${size}  ${records} records${found}  ${visibleText(file)}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}
