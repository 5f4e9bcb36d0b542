import type { Handlers } from '../../shared/rpc';
import type { timelineMethods } from '../../shared/timeline';
import type { OpenLog } from '../open-state';
import { timelineArea, timelineOf, timelineRecords } from './timeline';

/** The methods of shared/timeline.ts. */
export function timelineHandlers(open: OpenLog): Pick<Handlers, keyof typeof timelineMethods> {
  return {
    'timeline.get': ({ user }, { signal }) => timelineOf(open.detected.database, user, signal),
    'timeline.area': (area, { signal }) => timelineArea(open.detected.database, area, signal),
    'timeline.records': ({ user }, { signal }) => timelineRecords(open.log.database, user, signal),
  };
}
