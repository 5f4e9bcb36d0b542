import { useCallback, useEffect, useRef, useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { RowWindow } from '../grid/row-window';

const MOST_MATCHES = 1000;

export interface Selection {
  selected: Finding | undefined;
  select: (finding: Finding) => void;
  /** Selects the first of the list where nobody is selected; for when the list has come. */
  selectFirst: () => void;
}

/** The flagged user that is looked at: at first the first of the list; after another run the same one, if still flagged. */
export function useSelection(client: Client, rows: RowWindow<Finding>, run: number): Selection {
  const [selected, setSelected] = useState<{ finding: Finding; run: number }>();
  const latest = useRef(selected);
  useEffect(() => {
    latest.current = selected;
  }, [selected]);

  const select = useCallback((finding: Finding) => setSelected({ finding, run }), [run]);
  const selectFirst = useCallback(() => {
    const first = rows.row(0);
    if (first && !rows.state.stale) setSelected((now) => now ?? { finding: first, run });
  }, [rows, run]);

  useEffect(() => {
    const before = latest.current;
    if (!before || before.run === run) return undefined;
    const abort = new AbortController();
    void findUser(client, before.finding.user, abort.signal).then((finding) => {
      if (abort.signal.aborted) return;
      setSelected(finding && { finding, run });
      if (!finding) selectFirst();
    });
    return () => abort.abort();
  }, [client, run, selectFirst]);

  return { selected: selected?.finding, select, selectFirst };
}

async function findUser(client: Client, user: string, signal: AbortSignal): Promise<Finding | undefined> {
  try {
    // the text may let others through that only resemble this user
    const query = { offset: 0, limit: MOST_MATCHES, filter: { text: user.slice(0, 500) } };
    const { rows } = await client.call('findings.page', query, { signal });
    return rows.find((each) => each.user === user);
  } catch {
    return undefined; // the list tells of the failure
  }
}
