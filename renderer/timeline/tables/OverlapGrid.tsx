import { use, useCallback, useState } from 'react';
import type { Overlap } from '../../../shared/domain';
import type { Client } from '../../../shared/rpc';
import { OpenLogContext } from '../../open-log';
import { afterTimeline } from '../../user/timeline-of';
import type { TimelineView } from '../view';
import { PagedGrid } from './PagedGrid';
import type { Sort } from './PagedGrid';
import { OVERLAP_COLUMNS } from './columns';
import type { OverlapSort } from './columns';

interface Props {
  client: Client;
  user: string;
  view: TimelineView | undefined;
  /** One was chosen. */
  onChosen: (chosen: Overlap) => void;
}

const isAt = ({ overlapStart, overlapEnd }: Overlap, time: number): boolean =>
  overlapStart <= time && time <= overlapEnd;

/** The overlaps of one user. A chosen one is zoomed to. */
export function OverlapGrid({ client, user, view, onChosen }: Props) {
  const [sort, setSort] = useState<Sort<OverlapSort>>({ by: 'overlapStart', descending: false });
  const { run } = use(OpenLogContext);
  const load = useCallback(
    async (offset: number, limit: number, signal: AbortSignal) => {
      await afterTimeline(client, user, run);
      return client.call('overlaps.page', { offset, limit, sort, user }, { signal });
    },
    [client, sort, user, run],
  );
  const choose = (chosen: Overlap): void => {
    const { PreviousSrcIpAddr, SrcIpAddr, overlapStart, overlapEnd } = chosen;
    onChosen(chosen);
    const overlap = view?.model.findOverlap(PreviousSrcIpAddr, SrcIpAddr, overlapStart);
    if (overlap === undefined) view?.showTime(overlapStart, overlapEnd);
    else view?.focusOn({ on: 'overlap', overlap });
  };
  const rest = ({ PreviousSrcIpAddr, SrcIpAddr, overlapStart }: Overlap): void => {
    const overlap = view?.model.findOverlap(PreviousSrcIpAddr, SrcIpAddr, overlapStart);
    view?.tools.light(overlap === undefined ? undefined : { on: 'overlap', overlap }, overlapStart);
  };
  return (
    <PagedGrid
      label="Overlaps"
      columns={OVERLAP_COLUMNS}
      sort={sort}
      onSort={setSort}
      load={load}
      onChoose={choose}
      onRest={rest}
      cursor={view?.tools.cursor}
      isAt={isAt}
    />
  );
}
