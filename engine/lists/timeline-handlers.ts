import type { Handlers } from '../../shared/rpc';
import type { timelineMethods } from '../../shared/timeline';
import type { OpenLog } from '../open-state';
import { timelineOf, timelineRecords } from './timeline';

/** The methods of shared/timeline.ts. */
export function timelineHandlers(open: OpenLog): Pick<Handlers, keyof typeof timelineMethods> {
  return {
    'timeline.get': ({ user }, { signal }) => timelineOf(open.detected.database, user, signal),
    'timeline.records': ({ user }, { signal }) => timelineRecords(open.log.database, user, signal),
  };
}
