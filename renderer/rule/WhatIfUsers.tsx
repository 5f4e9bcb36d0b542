import type { WhatIf } from '../../shared/rules';
import { spellDuration } from '../../shared/time';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import css from './WhatIf.module.css';

interface Props {
  name: 'Lost' | 'Gained';
  users: WhatIf['lost'];
  onUser: (user: WhatIf['lost']['rows'][number]) => void;
}

/** The users of one side, each a button to their timeline. */
export function WhatIfUsers({ name, users, onUser }: Props) {
  return (
    <section aria-label={name} className={css.side}>
      <h4>
        {name}: {countOf(users.total, 'user')}
      </h4>
      <ul>
        {users.rows.map((each) => (
          <li key={each.id}>
            <button type="button" data-kind="link" onClick={() => onUser(each)}>
              <Value text={each.DstUserName} />
            </button>{' '}
            <span className={css.quiet}>
              {countOf(each.overlapCount, 'overlap')}, {spellDuration(1000 * each.overlapSeconds)}
            </span>
            {each.verdict !== null && (
              <strong className={each.verdict === 'true positive' && name === 'Lost' ? css.warn : undefined}>
                {' '}
                {each.verdict}
              </strong>
            )}
          </li>
        ))}
      </ul>
      {users.total > users.rows.length && (
        <p className={css.quiet}>
          The {formatCount(users.rows.length)} with the longest overlaps of {formatCount(users.total)}.
        </p>
      )}
    </section>
  );
}
