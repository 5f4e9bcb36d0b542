import { Search } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useCommand } from '../commands/command-store';
import css from './Toolbar.module.css';

interface Props {
  text: string;
  onText: (text: string) => void;
  /** How many rows there are, in words. */
  count: string;
  children: ReactNode;
}

/** Above the table: the filter, how much it lets through, and what to do with that. `/` leads to the filter. */
export function Toolbar({ text, onText, count, children }: Props) {
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
          placeholder="User, IP or session ( / )"
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
      <div className={css.actions}>{children}</div>
    </div>
  );
}
