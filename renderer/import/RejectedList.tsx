import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Result } from '../../shared/contract';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { REJECT_WORDS } from '../../shared/words';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import css from './RejectedList.module.css';

const PAGE = 50;

/** The lines that could not be understood: file, line and reason, a page at a time. */
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
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {page?.rows.map((row) => (
            <tr key={`${row.path} ${row.line}`}>
              <td>
                <Value text={row.path} />
              </td>
              <td className={css.line}>{formatCount(row.line)}</td>
              <td>{REJECT_WORDS[row.reason]}</td>
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
