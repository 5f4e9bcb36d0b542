import { isOrdinary } from '../../shared/sources';
import type { ArchiveSummary, LeftOutSummary } from '../../shared/sources';
import { LEFT_OUT_WORDS } from '../../shared/words';
import { CopyButton } from '../CopyButton';
import { Value } from '../Value';
import { countOf, formatBytes } from '../format-number';
import type { UnreadFile } from '../reading/files-of';
import css from './ImportDetails.module.css';

/** An archive that was unpacked; its entries are listed as files of their own. */
export function ArchiveDetails({ archive }: { archive: ArchiveSummary }) {
  return (
    <section className={css.file}>
      <h3>
        <Value text={archive.name} />
      </h3>
      <p className={css.format}>
        Archive (<Value text={archive.format} />) of {countOf(archive.entries, 'entry', 'entries')},{' '}
        {formatBytes(archive.bytes)}.
      </p>
      {archive.incomplete !== undefined && (
        <p className={css.incomplete}>
          <strong>Incomplete:</strong> <Value text={archive.incomplete} />
        </p>
      )}
      <p className={css.hash}>
        SHA-256 <code>{archive.sha256}</code> <CopyButton text={archive.sha256} what="SHA-256" />
      </p>
    </section>
  );
}

/** What lies in the folders and archives and was not read, and why; first what may be missing from the log. */
export function LeftOutList({
  leftOut,
  onUnread,
}: {
  leftOut: LeftOutSummary;
  onUnread: (unread: UnreadFile) => void;
}) {
  const rows = [
    ...leftOut.rows.filter(({ reason }) => !isOrdinary(reason)),
    ...leftOut.rows.filter(({ reason }) => isOrdinary(reason)),
  ];
  return (
    <section className={css.file} aria-labelledby="left-out">
      <h3 id="left-out">{countOf(leftOut.total, 'file')} left out</h3>
      {/* it scrolls, so the keyboard must reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={css.leftOut} tabIndex={0} aria-labelledby="left-out">
        {rows.map(({ name, reason, file }, index) => (
          // two entries of an archive may have one name; the order never changes
          <li key={index}>
            <Value text={name} />:{' '}
            {isOrdinary(reason) ? LEFT_OUT_WORDS[reason] : <strong>{LEFT_OUT_WORDS[reason]}</strong>}
            {file !== undefined && (
              <button type="button" data-kind="link" onClick={() => onUnread({ file, name })}>
                Say what its columns are
              </button>
            )}
          </li>
        ))}
      </ul>
      {leftOut.total > rows.length && <p>and {countOf(leftOut.total - rows.length, 'more file')}.</p>}
    </section>
  );
}
