import type { EvidenceOf } from '../../../shared/evidence';
import type { TimelineModel } from '../model';
import type { Focus } from '../steps';

/** What the log records are asked for of, and how that is called. */
export interface Behind {
  behind: string;
  of: EvidenceOf;
}

/** The log records behind what is marked on one user's timeline; undefined where no record is: a gap of the log. */
export function evidenceOf(model: TimelineModel, user: string, focus: Focus): Behind | undefined {
  if (focus.on === 'gap') return undefined;
  if (focus.on === 'lane') {
    const { ips, SrcIpAddr } = model.lanes[focus.lane] ?? {};
    // of a block that stands for more than can be asked for it is the user's records
    return SrcIpAddr === undefined || ips ? undefined : { behind: 'this source IP', of: { user, ips: [SrcIpAddr] } };
  }
  if (focus.on === 'overlap') {
    const { lane, previousLane, start: from, end: to } = model.overlap(focus.overlap);
    const ips = model.isMerged ? {} : { ips: [model.ip(previousLane), model.ip(lane)] };
    return { behind: 'this overlap', of: { user, from, to, ...ips } };
  }
  const { lane, start: from, end: to, sessionId } = model.bar(focus.bar);
  const ips = model.isMerged ? {} : { ips: [model.ip(lane)] };
  const session = sessionId === undefined ? {} : { session: sessionId };
  return { behind: 'this segment', of: { user, from, to, ...ips, ...session } };
}
