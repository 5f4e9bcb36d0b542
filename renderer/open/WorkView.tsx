import { X } from 'lucide-react';
import { useEffect } from 'react';
import { STEPS } from '../../shared/contract';
import type { Progress } from '../../shared/contract';
import { STEP_WORDS } from '../../shared/words';
import { Value } from '../Value';
import { countOf, formatBytes } from '../format-number';
import type { Work } from '../session-state';
import css from './WorkView.module.css';

/** Long work: what is being done, how much of it is done, and a way out that is always there. */
export function WorkView({ work, onCancel }: { work: Work; onCancel: () => void }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onCancel();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onCancel]);
  const share = shareOf(work);
  const step = work.kind === 'transfer' ? undefined : work.progress?.step;
  return (
    <div className={css.work}>
      <h2>
        {work.kind === 'transfer' ? 'Handing over ' : 'Opening '}
        <Value text={work.files[0] ?? ''} />
        {work.files.length > 1 && ` and ${work.files.length - 1} more`}
      </h2>
      <progress aria-label="Share of the bytes read" {...(share === undefined ? {} : { value: share, max: 1 })} />
      <p className={css.numbers}>{numbersOf(work)}</p>
      {work.kind !== 'transfer' && (
        <ol className={css.steps}>
          {STEPS.map((each) => (
            <li key={each} aria-current={each === step ? 'step' : undefined}>
              {STEP_WORDS[each]}
            </li>
          ))}
        </ol>
      )}
      <div>
        <button type="button" disabled={work.cancelling} onClick={onCancel}>
          <X size={16} /> {work.cancelling ? 'Cancelling' : 'Cancel (Esc)'}
        </button>
      </div>
      {work.kind === 'open' && work.progress?.soFar && <FoundSoFar {...work.progress.soFar} />}
    </div>
  );
}

/** Below everything else, so that nothing moves when it comes. */
function FoundSoFar({ filesDone, files, findings, first }: NonNullable<Progress['soFar']>) {
  return (
    <section aria-label="Findings so far" aria-live="polite">
      <p className={css.numbers}>
        {filesDone} of {files} files read; findings so far: {countOf(findings, 'user')}, with the default parameters.
        More files may add to them or join sessions.
      </p>
      <ul>
        {first.map((finding) => (
          <li key={finding.id}>
            <Value text={finding.DstUserName} />, {countOf(finding.distinctIps, 'source IP')}
          </li>
        ))}
      </ul>
    </section>
  );
}

function shareOf(work: Work): number | undefined {
  if (work.kind === 'transfer') return work.bytesTotal === 0 ? undefined : work.bytesDone / work.bytesTotal;
  if (!work.progress || work.progress.bytesTotal === 0 || work.kind === 'detect') return undefined;
  return work.progress.bytesDone / work.progress.bytesTotal;
}

function numbersOf(work: Work): string {
  if (work.kind === 'transfer') return `${formatBytes(work.bytesDone)} of ${formatBytes(work.bytesTotal)}`;
  if (!work.progress) return 'Starting';
  const { bytesDone, bytesTotal, records } = work.progress;
  if (work.kind === 'detect') return countOf(records, 'record');
  const left = work.timeLeft === undefined ? '' : `, ${work.timeLeft}`;
  return `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}, ${countOf(records, 'record')} so far${left}`;
}
