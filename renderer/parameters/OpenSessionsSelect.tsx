import type { AriaAttributes } from 'react';
import { OPEN_SESSIONS } from '../../shared/domain';
import type { OpenSessions } from '../../shared/domain';
import { OPEN_SESSIONS_WORDS } from '../../shared/words';

interface Props extends AriaAttributes {
  id: string;
  value: OpenSessions;
  onChoose: (value: OpenSessions) => void;
}

/** Where sessions without a close record end. */
export function OpenSessionsSelect({ onChoose, ...props }: Props) {
  return (
    <select
      {...props}
      onChange={(event) => {
        const chosen = OPEN_SESSIONS.find((each) => each === event.target.value);
        if (chosen) onChoose(chosen);
      }}
    >
      {OPEN_SESSIONS.map((each) => (
        <option key={each} value={each}>
          {OPEN_SESSIONS_WORDS[each]}
        </option>
      ))}
    </select>
  );
}
