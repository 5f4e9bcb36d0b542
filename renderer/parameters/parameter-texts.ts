import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { OpenSessions, Parameters } from '../../shared/domain';
import { formatDuration, parseDuration, parseIsoTime } from '../../shared/time';
import { isoTimeIn, timeAtClock } from '../../shared/zone-offset';
import { zoneStore } from '../time-zone/zone';
import { OPEN_SESSIONS_WORDS } from '../../shared/words';

/** The parameters as a person types them. */
export interface ParameterTexts {
  idleGap: string;
  minOverlap: string;
  openSessions: OpenSessions;
  /** Empty: no bound. */
  from: string;
  to: string;
}
export type Faults = Partial<Record<keyof ParameterTexts, string>>;

/** The parameters as the fields show them, times in the chosen zone. */
export function textsOf(parameters: Parameters): ParameterTexts {
  return {
    idleGap: formatDuration(parameters.idleGapMs),
    minOverlap: formatDuration(parameters.minOverlapMs),
    openSessions: parameters.openSessions,
    from: parameters.fromMs === null ? '' : isoTimeIn(zoneStore.state.zone, parameters.fromMs),
    to: parameters.toMs === null ? '' : isoTimeIn(zoneStore.state.zone, parameters.toMs),
  };
}

const LENGTH_FAULT = 'Write a length of time such as 4h, 90s or 1h30m.';
const TIME_FAULT = 'Write a time such as 2026-03-02T09:00 or 2026-03-02T09:00Z, or leave it empty.';

/** A time without an offset is one of the zone that is chosen. */
function readTime(text: string): number | undefined {
  const time = parseIsoTime(text);
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/iu.test(text.trim()) && /[T ]/u.test(text.trim());
  return time === undefined || hasOffset ? time : timeAtClock(zoneStore.state.zone, time);
}

/** The parameters, or what is wrong with each text and how to write it. */
export function readTexts(texts: ParameterTexts): { parameters: Parameters } | { faults: Faults } {
  const faults: Faults = {};
  const idleGapMs = parseDuration(texts.idleGap);
  const minOverlapMs = parseDuration(texts.minOverlap);
  const fromMs = texts.from.trim() === '' ? null : readTime(texts.from);
  const toMs = texts.to.trim() === '' ? null : readTime(texts.to);
  if (idleGapMs === undefined) faults.idleGap = LENGTH_FAULT;
  if (minOverlapMs === undefined) faults.minOverlap = LENGTH_FAULT;
  if (fromMs === undefined) faults.from = TIME_FAULT;
  if (toMs === undefined) faults.to = TIME_FAULT;
  else if (toMs !== null && fromMs !== undefined && fromMs !== null && toMs <= fromMs) {
    faults.to = 'The end has to be later than the start.';
  }
  if (Object.keys(faults).length > 0) return { faults };
  if (idleGapMs === undefined || minOverlapMs === undefined || fromMs === undefined || toMs === undefined) {
    return { faults }; // each of these has its fault above; this tells the compiler
  }
  return { parameters: { idleGapMs, minOverlapMs, openSessions: texts.openSessions, fromMs, toMs } };
}

/** What differs from the defaults, in words; empty when nothing does. */
export function changedParameters(parameters: Parameters): string[] {
  const words: string[] = [];
  const { idleGapMs, minOverlapMs, openSessions, fromMs, toMs } = parameters;
  if (idleGapMs !== DEFAULT_PARAMETERS.idleGapMs) words.push(`idle gap ${formatDuration(idleGapMs)}`);
  if (minOverlapMs !== DEFAULT_PARAMETERS.minOverlapMs) {
    words.push(`overlaps of at least ${formatDuration(minOverlapMs)}`);
  }
  if (openSessions !== DEFAULT_PARAMETERS.openSessions) {
    words.push(`sessions without a close record ${OPEN_SESSIONS_WORDS[openSessions]}`);
  }
  if (fromMs !== null) words.push(`from ${isoTimeIn(zoneStore.state.zone, fromMs)}`);
  if (toMs !== null) words.push(`to ${isoTimeIn(zoneStore.state.zone, toMs)}`);
  return words;
}
