import type { Progress } from '../shared/contract';
import type { ReadingAgain } from '../shared/rules';
import { TimeLeft } from '../shared/time-left';
import { visibleText } from '../shared/visible-text';
import { STEP_WORDS } from '../shared/words';

const WIDTH = 24;

interface ProgressBar {
  /** A step of opening a log or of detection, or what is read of its files again. */
  show: (progress: Progress | ReadingAgain) => void;
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
      const told = 'step' in progress ? describe(progress, left.words(progress, performance.now())) : again(progress);
      const text = told.slice(0, Math.max(20, stream.columns - 1));
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
  const time = left === undefined ? '' : `  ${left}`;
  const found = soFar ? `  ${soFar.findings} findings in ${soFar.filesDone} of ${soFar.files} files` : '';
  const { bar, size } = howFar(bytesDone, bytesTotal);
  return `${STEP_WORDS[step]} ${bar}${time}  ${size}  ${records} records${found}  ${visibleText(file)}`;
}

function again({ file, bytesDone, bytesTotal }: ReadingAgain): string {
  const { bar, size } = howFar(bytesDone, bytesTotal);
  return `Reading columns that are not kept ${bar}  ${size}  ${visibleText(file)}`;
}

function howFar(done: number, total: number): { bar: string; size: string } {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.');
  return { bar: `[${bar}] ${Math.floor(share * 100)} %`, size: `${megabytes(done)} of ${megabytes(total)} MB` };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}
