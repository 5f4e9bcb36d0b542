import { RefreshCw, Search } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useCommand } from '../commands/command-store';
import css from './Toolbar.module.css';

interface Props {
  text: string;
  onText: (text: string) => void;
  /** How many rows there are, in words. */
  count: string;
  /** Decisions have been made that the list does not follow yet. */
  outdated: boolean;
  onRefresh: () => void;
  children: ReactNode;
}

/** Above the table: the filter, how much it lets through, and what to do with that. `/` leads to the filter. */
export function Toolbar({ text, onText, count, outdated, onRefresh, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useCommand(
    'Filter the flagged users',
    () => {
      input.current?.focus();
      input.current?.select();
    },
    { key: '/' },
  );
  return (
    <div className={css.toolbar}>
      <div className={css.filter}>
        <Search size={15} />
        <input
          ref={input}
          type="search"
          aria-label="Filter"
          aria-keyshortcuts="/"
          placeholder="User, IP, tag … ( / )"
          title="Searches user, source IP, session id, device, application and tag"
          maxLength={500}
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onText('');
          }}
        />
      </div>
      <output className={css.count}>{count}</output>
      <button
        type="button"
        className={css.refresh}
        disabled={!outdated}
        title="Decisions have been made since the list was put together. Bring it up to date."
        aria-label="Bring the list up to date"
        onClick={onRefresh}
      >
        <RefreshCw size={15} />
      </button>
      <div className={css.actions}>{children}</div>
    </div>
  );
}
