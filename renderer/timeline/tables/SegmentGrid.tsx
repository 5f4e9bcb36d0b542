import { use, useCallback, useState } from 'react';
import type { Segment } from '../../../shared/domain';
import type { Client } from '../../../shared/rpc';
import { OpenLogContext } from '../../open-log';
import { afterTimeline } from '../../user/timeline-of';
import type { TimelineView } from '../view';
import { PagedGrid } from './PagedGrid';
import type { Sort } from './PagedGrid';
import { SEGMENT_COLUMNS } from './columns';
import type { SegmentSort } from './columns';

interface Props {
  client: Client;
  user: string;
  view: TimelineView | undefined;
  /** One was chosen. */
  onChosen: (chosen: Segment) => void;
}

const isAt = ({ start, end }: Segment, time: number): boolean => start <= time && time <= end;

/** The segments of one user. A chosen one is zoomed to. */
export function SegmentGrid({ client, user, view, onChosen }: Props) {
  const [sort, setSort] = useState<Sort<SegmentSort>>({ by: 'start', descending: false });
  const { run } = use(OpenLogContext);
  const load = useCallback(
    async (offset: number, limit: number, signal: AbortSignal) => {
      await afterTimeline(client, user, run);
      return client.call('segments.page', { offset, limit, sort, user }, { signal });
    },
    [client, sort, user, run],
  );
  const choose = (chosen: Segment): void => {
    const { SrcIpAddr, sessionId, start, end } = chosen;
    onChosen(chosen);
    view?.showTime(start, end);
    const bar = view?.model.findBar(SrcIpAddr, sessionId, start);
    if (bar !== undefined) view?.focusOn({ on: 'bar', bar });
  };
  const rest = ({ SrcIpAddr, sessionId, start }: Segment): void => {
    const bar = view?.model.findBar(SrcIpAddr, sessionId, start);
    view?.tools.light(bar === undefined ? undefined : { on: 'bar', bar }, start);
  };
  return (
    <PagedGrid
      label="Segments"
      columns={SEGMENT_COLUMNS}
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
