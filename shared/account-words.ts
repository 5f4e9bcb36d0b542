import { OVERLAPS_LISTED_PER_USER, SET_ASIDE_CLASSES } from './domain';
import type { InputSummary, LogSummary, SetAsideClass } from './domain';
import { SET_ASIDE_WORDS } from './words';

type Account = Pick<InputSummary, 'records' | 'events' | 'setAside' | 'rejected'>;

/** `3433 records = 3402 events + set aside (28 authentication failed, 1 no user name) + 2 rejected` */
export function accountWords(input: Account): string {
  const { records, events, rejected } = input;
  const aside = classWords(input);
  return `${many(records, 'record')} = ${many(events, 'event')}${aside === '' ? '' : ` + set aside (${aside})`} + ${rejected} rejected`;
}

/** Why files hold no event, a sentence for each that holds none. */
export function whyNoEvents({ inputs }: Pick<LogSummary, 'inputs'>): string[] {
  const without = inputs.filter(({ events }) => events === 0);
  return without.map((input) => {
    const { name, records, rejected } = input;
    const aside = [classWords(input), rejected === 0 ? '' : `${rejected} rejected`].filter((part) => part !== '');
    return records === 0
      ? `${name}: there is no record in it.`
      : `${name}: ${records === 1 ? 'its only record does not say' : `none of its ${records} records says`} where a user was: ${aside.join(', ')}${remedyOf(input)}.`;
  });
}

const OTHER_LOGS: ReadonlySet<string> = new Set<SetAsideClass>([
  'connector-status',
  'audit',
  'other-log-type',
  'blank-line',
]);

/** What is missing from a file without events: another log, or a column that is not read. */
function remedyOf({ setAside, rejected, reading }: InputSummary): string {
  const classes = Object.keys(setAside);
  if (rejected === 0 && classes.every((name) => OTHER_LOGS.has(name)))
    return '; it is another kind of log: open an export of User Activity or User Status';
  const open = reading.notes.filter(({ about, sure }) => about === 'columns' && sure === 'open');
  return open.map(({ text }) => `; ${text}`).join('');
}

/** The set-aside records of one file by class, in words, the classes that have any. */
export function setAsideWords({ setAside }: Pick<Account, 'setAside'>): { words: string; count: number }[] {
  return SET_ASIDE_CLASSES.flatMap((each) => {
    const count = setAside[each] ?? 0;
    return count > 0 ? [{ words: SET_ASIDE_WORDS[each], count }] : [];
  });
}

function many(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function classWords(input: Pick<Account, 'setAside'>): string {
  return setAsideWords(input)
    .map(({ words, count }) => `${count} ${words}`)
    .join(', ');
}

/** What is missing from a list or a picture of overlaps, in words: `One user has more than 100,000 overlaps: …`; '' when nothing is. */
export function cappedInWords(cappedUsers: number): string {
  if (cappedUsers === 0) return '';
  const who = cappedUsers === 1 ? 'One user has' : `${cappedUsers.toLocaleString('en')} users have`;
  const listed = OVERLAPS_LISTED_PER_USER.toLocaleString('en');
  return `${who} more than ${listed} overlaps: the later ones are counted, not listed.`;
}
