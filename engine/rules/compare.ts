import type { ReplayParams, RuleComparison } from '../../shared/rules';
import { scheduleOf } from '../../shared/schedule';
import type { Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import compareText from './compare.sql?raw';
import publishedYaml from '../../rules/shared-zpa-session.yaml?raw';
import { readRule } from './read-rule';
import type { Waiting } from '../ingest/read-again';
import type { MoreColumns } from './more-columns';
import type { Remembered } from './remembered';
import { replay } from './replay';

const STEPS = sqlSteps(compareText);

/** A rule, and when it is run. */
type Scheduled = Omit<ReplayParams, 'delayMs'>;

interface Comparing extends Waiting {
  first: number;
  last: number;
  /** What reads columns of the log that are not kept. */
  more: MoreColumns | undefined;
  other: Scheduled | undefined;
  /** Whom each text found over a log: it depends on no parameter of the detection, and takes long. */
  replayed: Remembered<Set<string>>;
}

/**
 * The published rule by all its scheduled runs over the log, the same with kind=inner, and what the intended rule last
 * found: which users each found, and for every difference the reason in words.
 */
export async function compareRules(
  database: Database,
  { replayed, other, ...span }: Comparing,
): Promise<RuleComparison> {
  const found = (rule: Scheduled) => replayed.of(database, JSON.stringify(rule), () => usersOf(database, rule, span));
  const schedule = publishedRule();
  const published = await found(schedule);
  const inner = await found({ ...schedule, variant: 'published-inner' });
  const others = other && (await found(other));
  const keys = [...new Set([...published, ...inner, ...(others ?? [])])];
  return database.use(span.signal, async (connection) => {
    const rows = await connection.rows(sqlStep(STEPS, 'users'), { named: keys });
    const users = rows.map(([user, found, ips, opens, closes, spelled, segments, overlaps]) => ({
      user: String(user),
      intended: found === true,
      published: published.has(String(user)),
      publishedInner: inner.has(String(user)),
      other: others ? others.has(String(user)) : null,
      overlapCount: Number(overlaps),
      facts: {
        ips: Number(ips),
        opens: Number(opens),
        closes: Number(closes),
        spelled: Number(spelled),
        segments: Number(segments),
      },
    }));
    return {
      published: published.size,
      publishedInner: inner.size,
      intended: users.filter(({ intended }) => intended).length,
      other: others ? others.size : null,
      differences: users
        .filter((user) =>
          [user.published, user.publishedInner, user.other ?? user.intended].some((by) => by !== user.intended),
        )
        .map(({ facts, ...user }) => ({ ...user, reason: reasonOf(user, facts) })),
    };
  });
}

function publishedRule(): Scheduled {
  const rule = readRule(publishedYaml, 'shared-zpa-session.yaml');
  return { kql: rule.query, variant: 'published', ...scheduleOf(rule) };
}

async function usersOf(
  database: Database,
  rule: Scheduled,
  span: Omit<Comparing, 'replayed' | 'other'>,
): Promise<Set<string>> {
  const { users } = await replay(database, { ...rule, delayMs: 0, ...span });
  return new Set(users.map(({ user }) => user.normalize('NFC').toLowerCase()));
}

interface Facts {
  ips: number;
  opens: number;
  closes: number;
  /** Records whose action is not written in lower case, which the published rule does not see. */
  spelled: number;
  segments: number;
}

function reasonOf(
  found: { intended: boolean; published: boolean; publishedInner: boolean; other: boolean | null },
  { ips, opens, closes, spelled, segments }: Facts,
): string {
  const never =
    'The published rule cannot return a row: its join keeps one open session a user, so the source IP of the row before is always the same.';
  if (!found.intended) {
    const kind = found.publishedInner
      ? 'With kind=inner it is a false alarm'
      : found.other === true
        ? 'A false alarm of the other text'
        : 'A false alarm';
    return ips < 2
      ? `${kind}: there is proof of presence at ${ips === 1 ? 'one source IP' : 'no source IP'} only.`
      : `${kind}: ${ips} source IPs, never two at once (or for less than the shortest overlap that counts). The rule asks whether the session that began later was closed after this one began, which is almost always so.`;
  }
  if (found.publishedInner) return `${never} With kind=inner its rows of this user happen to be right.`;
  const inner =
    opens === 0
      ? spelled > 0
        ? `no record says 'open' in lower case (${spelled} are spelled otherwise)`
        : 'no open record of this user is in the log'
      : closes === 0
        ? 'no session of this user has a close record, so nothing pairs with its open records'
        : segments < 2
          ? 'the overlap lies within sessions that it cannot tell apart'
          : 'no close lies within the last hour before a run together with the open records that would pair with it, or its rows stand in an order that hides the overlap';
  return `${never} With kind=inner it misses this user too: ${inner}.`;
}
