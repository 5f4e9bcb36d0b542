import type { Handlers } from '../../shared/rpc';
import type { relatedMethods } from '../../shared/related';
import type { timelineMethods } from '../../shared/timeline';
import type { OpenLog } from '../open-state';
import { relatedPage } from './related';
import { timelineArea, timelineOf, timelineRecords, timelineSessions } from './timeline';

/** The methods of shared/timeline.ts and shared/related.ts: what is asked about the user that is looked at. */
export function timelineHandlers(
  open: OpenLog,
): Pick<Handlers, keyof typeof timelineMethods | keyof typeof relatedMethods> {
  return {
    'related.page': (page, { signal }) => relatedPage(open.detected.database, page, signal),
    'timeline.get': ({ user }, { signal }) => timelineOf(open.detected.database, user, signal),
    'timeline.area': (area, { signal }) => timelineArea(open.detected.database, area, signal),
    'timeline.sessions': ({ user }, { signal }) => timelineSessions(open.detected.database, user, signal),
    'timeline.records': ({ user }, { signal }) => timelineRecords(open.log.database, user, signal),
  };
}
