import { CircleAlert, DatabaseZap } from 'lucide-react';
import { CACHE_MISS_WORDS } from '../../shared/cache';
import type { CacheNews, CacheUse } from '../../shared/cache';
import { Value } from '../Value';
import { formatTime, wholeSecond } from '../format-time';
import { useZone } from '../time-zone/zone';
import css from './ImportStrip.module.css';

interface Props {
  use: CacheUse | undefined;
  /** What came of the work in the background; undefined while it goes on. */
  news: CacheNews | undefined;
  onReadAgain: () => void;
}

/** Whether the log came out of the case's cache, and whether its files are still what they were: one line, or none. */
export function CacheNotice({ use, news, onReadAgain }: Props) {
  useZone();
  const readAgain = (
    <button type="button" data-kind="link" onClick={onReadAgain}>
      Read the files again
    </button>
  );
  if (use && use.readAt !== null) {
    const at = formatTime(wholeSecond(use.readAt));
    if (news?.is === 'other')
      return (
        <p role="alert" className={css.changed}>
          <CircleAlert size={16} />
          <span>
            <strong>Changed</strong>, <Value text={news.files.slice(0, 3).join(', ')} />
            {news.files.length > 3 && ` and ${news.files.length - 3} more`}: not what was read on {at}, though size and
            time are the same. What you see is what was read then.
          </span>
          {readAgain}
        </p>
      );
    return (
      <p className={css.saved}>
        <DatabaseZap size={16} />
        <span>
          Taken from this case’s cache (read on {at}); the files have not changed since
          {news?.is === 'same' ? ', by their SHA-256.' : ', by their size and time.'}
        </span>
        {readAgain}
      </p>
    );
  }
  if (use?.miss) {
    const { why, file } = use.miss;
    return (
      <p className={css.saved}>
        <DatabaseZap size={16} />
        <span>
          Read from the files, because the cache of this case {CACHE_MISS_WORDS[why]}
          {file !== undefined && (
            <>
              {' '}
              <Value text={file} />
            </>
          )}
          .
        </span>
      </p>
    );
  }
  if (news?.is !== 'not-kept') return null;
  return (
    <p className={css.saved}>
      <DatabaseZap size={16} />
      <span>
        Opening this log again will take as long: it is not kept in the case’s cache, because <Value text={news.why} />.
      </span>
    </p>
  );
}
