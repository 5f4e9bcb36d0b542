/** What is exported, with pseudonyms in place of names. Free text that may hold names is left out. */
import type { FindingState } from './decisions';
import type { DetectionSummary, Finding, InputSummary, LogSummary, Overlap, Segment } from './domain';
import type { Run, Shown } from './manifest';
import type { Pseudonyms } from './pseudonyms';
import type { Timeline } from './timeline';

/** The finding with pseudonyms for its user and its id. */
export async function hideFinding(names: Pseudonyms, finding: Finding): Promise<Finding> {
  const user = await names.user(finding.user);
  return { ...finding, id: await names.finding(finding.id), user, DstUserName: user };
}

/** The same of an overlap: also source IPs and sessions. */
export async function hideOverlap(names: Pseudonyms, overlap: Overlap): Promise<Overlap> {
  const sessions = (ids: readonly string[]): Promise<string[]> => Promise.all(ids.map((id) => names.session(id)));
  const user = await names.user(overlap.user);
  return {
    ...overlap,
    id: await names.overlap(overlap.id),
    user,
    DstUserName: user,
    SrcIpAddr: await names.ip(overlap.SrcIpAddr),
    PreviousSrcIpAddr: await names.ip(overlap.PreviousSrcIpAddr),
    sessionIds: await sessions(overlap.sessionIds),
    previousSessionIds: await sessions(overlap.previousSessionIds),
  };
}

/** The same of a segment. */
export async function hideSegment(names: Pseudonyms, segment: Segment): Promise<Segment> {
  return {
    ...segment,
    user: await names.user(segment.user),
    SrcIpAddr: await names.ip(segment.SrcIpAddr),
    sessionId: await names.session(segment.sessionId),
  };
}

/** Notes and tags are free text, and left out. */
export async function hideDecision(names: Pseudonyms, state: FindingState): Promise<FindingState> {
  const { subject: _subject, ...rest } = state;
  return {
    ...rest,
    finding: await names.finding(state.finding),
    assignee: state.assignee === null ? null : await names.person(state.assignee),
    tags: [],
    notes: [],
    changedBy: await names.person(state.changedBy),
  };
}

/** The same of a timeline: its user and the source IPs of its lanes. */
export async function hideTimeline(names: Pseudonyms, timeline: Timeline): Promise<Timeline> {
  const user = await names.user(timeline.user);
  const lanes = timeline.lanes.map(async (lane) => ({ ...lane, SrcIpAddr: await names.ip(lane.SrcIpAddr) }));
  return {
    ...timeline,
    user,
    DstUserName: user,
    lanes: await Promise.all(lanes),
  };
}

/** Hashes and numbers of the inputs stay; warnings, which may quote the log, do not. */
export async function hideRun(names: Pseudonyms, { info, log, detection }: Run): Promise<Run> {
  const hidden: DetectionSummary = { ...detection, whyNone: [] };
  return {
    info: { ...info, user: await names.person(info.user) },
    log: await hideLog(names, log),
    detection: hidden,
  };
}

async function hideLog(names: Pseudonyms, log: LogSummary): Promise<LogSummary> {
  const { archives, leftOut: _leftOut, handedOver: _handedOver, ...rest } = log;
  const input = async (each: InputSummary): Promise<InputSummary> => {
    const name = await names.file(each.name);
    const incomplete = each.incomplete === undefined ? {} : { incomplete: 'yes' };
    return { ...each, name, path: name, warnings: [], ...incomplete };
  };
  const hiddenArchives = archives?.map(async ({ incomplete, ...archive }) => {
    const name = await names.file(archive.name);
    return { ...archive, name, path: name, ...(incomplete !== undefined && { incomplete: 'yes' }) };
  });
  return {
    ...rest,
    inputs: await Promise.all(log.inputs.map(input)),
    warnings: [],
    ...(hiddenArchives && { archives: await Promise.all(hiddenArchives) }),
  };
}

/** A filter names users and IPs. */
export function hideShown({ user: _user, query: _query, ...shown }: Shown): Shown {
  return { ...shown, isPseudonymised: true };
}
