/** The timeline in words: for the tooltip, for the line under the canvas, and for those who do not see it. */
import { spellDuration } from '../../shared/time';
import type { Ending } from '../../shared/domain';
import { ipBlockOf } from '../../shared/ip-block';
import { visibleText } from '../../shared/visible-text';
import { STARTING_WORDS } from '../../shared/words';
import { countOf, formatCount } from '../format-number';
import { endingWords } from '../ending-words';
import { formatSpan, formatTime } from '../format-time';

import { gapLabels, gapWords, gapsSummary, silenceWithin } from './describe-gaps';
import { isBetween } from './gap';
import type { Lane } from './lane';
import type { TimelineModel } from './model';
import type { Focus } from './steps';

/** A name and its value, both ready to be shown. */
export type Fact = readonly [name: string, value: string];

export const NETWORK_WORDS: Record<Lane['network'], string> = {
  public: 'public',
  private: 'private',
  other: 'special range',
};

/** The ends of bars in the legend: as short as it can be said. */
export const ENDING_MARKS: Record<Ending, string> = {
  closed: 'closed by a record',
  'last-seen': 'open: ends when last seen',
  'log-end': 'assumed to last',
  'handed-over': 'handed over to another IP',
};

/** `DE, BR · public · 198.51.100.0/24`; a lane that is a block, or text that is in none, names none. */
export function laneNote(lane: Lane): string {
  const block = ipBlockOf(lane.SrcIpAddr);
  const isInBlock = block !== lane.SrcIpAddr && !lane.SrcIpAddr.includes('/');
  const parts = [lane.countries.map(visibleText).join(', '), NETWORK_WORDS[lane.network], isInBlock ? block : ''];
  return parts.filter(Boolean).join(' · ');
}

/** `198.51.100.7`; where users are compared `198.51.100.7 of ann@example.com`. */
function placeName(model: TimelineModel, lane: number): string {
  const { owner } = model.lanes[lane] ?? {};
  return visibleText(owner ? `${model.ip(lane)} of ${owner.name}` : model.ip(lane));
}

function ownerFact(model: TimelineModel, lane: number): Fact[] {
  const { owner } = model.lanes[lane] ?? {};
  return owner ? [['User', visibleText(owner.name)]] : [];
}

/** `198.51.100.7 (DE, public)` */
function placeFact(model: TimelineModel, lane: number): string {
  const { countries = [], network } = model.lanes[lane] ?? {};
  const where = [...countries.map(visibleText), ...(network ? [NETWORK_WORDS[network]] : [])];
  return `${visibleText(model.ip(lane))}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
}

/** What is known of a segment, for the tooltip and for screen readers. */
export function barFacts(model: TimelineModel, index: number): Fact[] {
  const bar = model.bar(index);
  return [
    ...ownerFact(model, bar.lane),
    ['Source IP', placeFact(model, bar.lane)],
    ['Session', bar.sessionId === undefined ? '…' : visibleText(bar.sessionId) || 'no id'],
    ['Start', `${formatTime(bar.start)}, ${STARTING_WORDS[bar.starting]}`],
    ['End', `${formatTime(bar.end)}, ${endingWords(bar)}`],
    ['Length', spellDuration(bar.end - bar.start)],
    ['Records', formatCount(bar.records)],
    ...silenceFact(model, bar.start, bar.end),
  ];
}

/** The same of an overlap. */
export function overlapFacts(model: TimelineModel, index: number): Fact[] {
  const overlap = model.overlap(index);
  return [
    ...ownerFact(model, overlap.lane),
    ...(overlap.lane === overlap.previousLane
      ? ([['Two source IPs of', placeFact(model, overlap.lane)]] as const)
      : ([
          ['There first', placeFact(model, overlap.previousLane)],
          ['Joined by', placeFact(model, overlap.lane)],
        ] as const)),
    ['At once', formatSpan(overlap.start, overlap.end)],
    ['Length', spellDuration(overlap.end - overlap.start)],
  ];
}

/** The same of a gap; nothing for an index that there is not. */
export function gapFacts(model: TimelineModel, index: number): Fact[] {
  const gap = model.gaps[index];
  if (!gap) return [];
  const [when = ''] = gapLabels(gap);
  const { from, to } = gap;
  return [
    ...(isBetween(gap)
      ? ([
          ['Silent', formatSpan(from, to)],
          ['Length', spellDuration(to - from)],
        ] as const)
      : ([['Silent', when]] as const)),
    ['Meaning', 'The log has no record of anybody here: no bar is no proof of absence'],
  ];
}

function silenceFact(model: TimelineModel, from: number, to: number): Fact[] {
  const silence = silenceWithin(model.gaps, from, to);
  return silence === undefined ? [] : [['Log', silence]];
}

/** One sentence on what has the keyboard focus. */
export function focusWords(model: TimelineModel, focus: Focus): string {
  if (focus.on === 'lane') return laneWords(model, focus.lane);
  if (focus.on === 'gap') return gapWords(model.gaps, focus.gap);
  return focus.on === 'bar' ? barWords(model, focus.bar) : overlapWords(model, focus.overlap);
}

function laneWords(model: TimelineModel, lane: number): string {
  const segments = countOf(model.bars.first(lane + 1) - model.bars.first(lane), 'segment');
  const overlaps = countOf(model.bands.first(lane + 1) - model.bands.first(lane), 'overlap');
  const note = model.lanes[lane];
  if (note?.head !== undefined) return `User ${visibleText(note.owner?.name ?? '')}: ${note.head}.`;
  const place = note ? ` (${laneNote(note)})` : '';
  const before = model.lanes.slice(0, lane + 1).filter(({ head }) => head === undefined).length;
  return `${model.isMerged ? 'IP block' : 'Source IP'} ${formatCount(before)} of ${formatCount(model.placeCount)}: ${placeName(model, lane)}${place}, ${segments}, ${overlaps}.`;
}

function barWords(model: TimelineModel, index: number): string {
  const bar = model.bar(index);
  const first = model.bars.first(bar.lane);
  const place = `Segment ${formatCount(index - first + 1)} of ${formatCount(model.bars.first(bar.lane + 1) - first)} at ${placeName(model, bar.lane)}`;
  const session = bar.sessionId === '' ? 'a session without id' : `session ${visibleText(bar.sessionId ?? '…')}`;
  const length = spellDuration(bar.end - bar.start);
  return `${place}: ${session}, ${formatSpan(bar.start, bar.end)}, ${length}, ${[endingWords(bar), countOf(bar.records, 'record'), silenceWithin(model.gaps, bar.start, bar.end)].filter(Boolean).join(', ')}.`;
}

function overlapWords(model: TimelineModel, index: number): string {
  const overlap = model.overlap(index);
  // in one lane only where neighbours are merged: the block is no source IP
  const ips =
    overlap.lane === overlap.previousLane
      ? `two source IPs of ${placeName(model, overlap.lane)}`
      : `${visibleText(model.ip(overlap.previousLane))} and ${placeName(model, overlap.lane)}`;
  const length = spellDuration(overlap.end - overlap.start);
  const when =
    overlap.start === overlap.end
      ? `at the same instant, ${formatTime(overlap.start)}`
      : `at once for ${length}, ${formatSpan(overlap.start, overlap.end)}`;
  return `Overlap ${formatCount(index + 1)} of ${formatCount(model.overlapCount)}: ${ips} ${when}.`;
}

/** What the whole picture shows. */
export function summaryWords(model: TimelineModel, user: string): string {
  const ips = countOf(model.placeCount, model.isMerged ? 'IP block' : 'source IP');
  const what = `${countOf(model.barCount, 'segment')} and ${countOf(model.overlapCount, 'overlap')}`;
  const undrawn = model.undrawn.length === 0 ? '' : ' There are more overlaps, which are counted and not drawn.';
  return `Timeline of ${visibleText(user)}: ${ips}, ${what}, ${formatSpan(model.from, model.to)}.${undrawn}${gapsSummary(model.gaps)}`;
}
