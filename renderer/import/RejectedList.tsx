import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Result } from '../../shared/contract';
import { REJECTED_BYTES } from '../../shared/evidence';
import type { Rejected } from '../../shared/evidence';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { visibleText } from '../../shared/visible-text';
import { RAW_PROBLEM_WORDS, REJECT_WORDS } from '../../shared/words';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import css from './RejectedList.module.css';

const PAGE = 50;
const SHORT = 90;

/** The lines that could not be understood: where, why, and the text itself, a page at a time. */
export function RejectedList({ client, total }: { client: Client; total: number }) {
  const [offset, setOffset] = useState(0);
  const [page, setPage] = useState<Result<'rejected.page'>>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    const abort = new AbortController();
    client.call('rejected.page', { offset, limit: PAGE }, { signal: abort.signal }).then(
      (result) => {
        setPage(result);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!isCancelled(error)) setProblem(problemOf(error));
      },
    );
    return () => abort.abort();
  }, [client, offset]);
  if (total === 0) return <p>No line was rejected.</p>;
  return (
    <section aria-label="Rejected lines" className={css.rejected}>
      <h3>{countOf(total, 'rejected line')}</h3>
      {problem && (
        <p role="alert">
          <ProblemWords problem={problem} />
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Line</th>
            <th scope="col">Byte</th>
            <th scope="col">Reason</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {page?.rows.map((row, index) => (
            // two records of an array may stand on one line
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              <td>
                <Value text={row.path} />
              </td>
              <td className={css.line}>{formatCount(row.line)}</td>
              <td className={css.line}>{row.offset === null ? '' : formatCount(row.offset)}</td>
              <td>{REJECT_WORDS[row.reason]}</td>
              <td className={css.text}>
                <RejectedText row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > PAGE && (
        <p className={css.pages}>
          <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
            <ChevronLeft size={16} /> Earlier
          </button>
          <output>
            {formatCount(offset + 1)} to {formatCount(Math.min(offset + PAGE, total))} of {formatCount(total)}
          </output>
          <button type="button" disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
            Later <ChevronRight size={16} />
          </button>
        </p>
      )}
    </section>
  );
}

/** Long text is one line until it is opened: the list stays a list. */
function RejectedText({ row: { raw, isCut, problem } }: { row: Rejected }) {
  if (raw === null) return <>{problem && RAW_PROBLEM_WORDS[problem]}</>;
  const text = visibleText(raw);
  if (text.length <= SHORT) return <code>{text}</code>;
  return (
    <details>
      <summary>
        <code>{text.slice(0, SHORT)}…</code>
      </summary>
      <code>{text}</code>
      {isCut && <p>The text is longer: only its first {formatCount(REJECTED_BYTES)} bytes are shown.</p>}
    </details>
  );
}
