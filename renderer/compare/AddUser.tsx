import { useCallback, useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { Value } from '../Value';
import { useAnswer } from '../use-answer';
import { useDebounced } from '../use-debounced';
import css from './AddUser.module.css';

const MOST_LISTED = 8;

interface Props {
  client: Client;
  taken: readonly Finding[];
  isFull: boolean;
  onAdd: (finding: Finding) => void;
}

/** Looks for another flagged user by a part of the name, IP, session or device. */
export function AddUser({ client, taken, isFull, onAdd }: Props) {
  const [typed, setTyped] = useState('');
  const text = useDebounced(typed.trim(), 150);
  const ask = useCallback(
    (signal: AbortSignal) =>
      client.call(
        'findings.page',
        { offset: 0, limit: MOST_LISTED + taken.length, filter: { text: text.slice(0, 500) } },
        { signal },
      ),
    [client, text, taken],
  );
  const { value } = useAnswer(text === '' ? undefined : ask);
  const found = value?.rows.filter(({ id }) => taken.every((each) => each.id !== id)).slice(0, MOST_LISTED);
  return (
    <div className={css.add}>
      <input
        type="search"
        aria-label="Add a user"
        placeholder={isFull ? 'Five are compared' : 'Add a user'}
        disabled={isFull}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          // Esc empties the field first, and only then closes the dialog
          if (event.key !== 'Escape' || typed === '') return;
          event.preventDefault();
          setTyped('');
        }}
      />
      {text !== '' && typed !== '' && found && (
        <ul aria-label="Users found" className={css.found}>
          {found.length === 0 && <li>No other flagged user matches.</li>}
          {found.map((finding) => (
            <li key={finding.id}>
              <button
                type="button"
                onClick={() => {
                  setTyped('');
                  onAdd(finding);
                }}
              >
                <Value text={finding.DstUserName} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
