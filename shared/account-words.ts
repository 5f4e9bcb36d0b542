import { SET_ASIDE_CLASSES } from './domain';
import type { InputSummary, LogSummary } from './domain';
import { SET_ASIDE_WORDS } from './words';

type Account = Pick<InputSummary, 'records' | 'events' | 'setAside' | 'rejected'>;

/** `3433 records = 3402 events + set aside (28 authentication failed, 1 no user name) + 2 rejected` */
export function accountWords({ records, events, setAside, rejected }: Account): string {
  const aside = classWords(setAside);
  return `${records} records = ${events} events${aside === '' ? '' : ` + set aside (${aside})`} + ${rejected} rejected`;
}

/** Why files hold no event, a sentence for each that holds none. */
export function whyNoEvents({ inputs }: Pick<LogSummary, 'inputs'>): string[] {
  const without = inputs.filter(({ events }) => events === 0);
  return without.map(({ name, records, setAside, rejected }) => {
    const aside = [classWords(setAside), rejected === 0 ? '' : `${rejected} rejected`].filter((part) => part !== '');
    return records === 0
      ? `${name}: there is no record in it.`
      : `${name}: none of its ${records} records says where a user was: ${aside.join(', ')}.`;
  });
}

function classWords(setAside: Account['setAside']): string {
  return SET_ASIDE_CLASSES.flatMap((name) => {
    const count = setAside[name] ?? 0;
    return count > 0 ? [`${count} ${SET_ASIDE_WORDS[name]}`] : [];
  }).join(', ');
}
