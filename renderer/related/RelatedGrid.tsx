import { useCallback } from 'react';
import type { Finding } from '../../shared/domain';
import type { RelatedFinding } from '../../shared/related';
import type { Client } from '../../shared/rpc';
import { spellDuration } from '../../shared/time';
import { formatCount } from '../format-number';
import { PagedGrid } from '../timeline/tables/PagedGrid';
import type { Column } from '../timeline/tables/PagedGrid';
import { value } from '../timeline/tables/columns';
import css from './RelatedGrid.module.css';
import { listWords, usersWords } from './related-words';

const COLUMNS: readonly Column<RelatedFinding, 'fixed'>[] = [
  { head: 'User', width: 170, grow: 1.2, cell: ({ finding }) => value(finding.DstUserName) },
  {
    head: 'Shared session ids',
    width: 140,
    grow: 1,
    cell: ({ sessions, sessionCount }) => value(listWords(sessions, sessionCount)),
  },
  {
    head: 'Shared devices',
    width: 120,
    grow: 1,
    cell: ({ devices, deviceCount }) => value(listWords(devices, deviceCount)),
  },
  { head: 'Shared source IPs', width: 150, grow: 1.2, cell: ({ ips, ipCount }) => value(listWords(ips, ipCount)) },
  { head: 'Who else was there', width: 155, cell: ({ usersAtIp }) => value(usersWords(usersAtIp)) },
  { head: 'Overlaps', width: 76, numeric: true, cell: ({ finding }) => formatCount(finding.overlapCount) },
  {
    head: 'Overlap length',
    width: 110,
    numeric: true,
    cell: ({ finding }) => spellDuration(1000 * finding.overlapSeconds),
  },
];

interface Props {
  client: Client;
  user: string;
  /** How many there are, once that is known. */
  total: number | undefined;
  /** Somebody came here by key. */
  takesFocus: boolean;
  /** One was chosen to be looked at. */
  onFinding: (finding: Finding) => void;
}

/** Other findings that share a session id, a device or a source IP with this user, those that say most first. */
export function RelatedGrid({ client, user, total, takesFocus, onFinding }: Props) {
  const load = useCallback(
    (offset: number, limit: number, signal: AbortSignal) =>
      client.call('related.page', { user, offset, limit }, { signal }),
    [client, user],
  );
  if (total === 0)
    return (
      <output className={css.none}>
        No other flagged user shares a session id, a device or a source IP with this one.
      </output>
    );
  return (
    <PagedGrid
      label="Related findings"
      columns={COLUMNS}
      sort={{ by: 'fixed', descending: false }}
      onSort={() => undefined}
      load={load}
      takesFocus={takesFocus}
      onChoose={({ finding }) => onFinding(finding)}
    />
  );
}
