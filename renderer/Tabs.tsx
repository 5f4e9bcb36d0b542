import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import css from './Tabs.module.css';

interface Props<T extends string> {
  /** What the tabs are about. */
  label: string;
  /** Of the tabs and, with `-panel`, of what the chosen one shows: see `panelOf`. */
  id: string;
  tabs: readonly T[];
  names: Readonly<Record<T, string>>;
  tab: T;
  onTab: (tab: T) => void;
  /** Where the row stands; its own look is the same everywhere. */
  className?: string | undefined;
}

/** A row of tabs. One of them takes the focus; the arrow keys, Home and End go to another and choose it. */
export function Tabs<T extends string>({ label, id, tabs, names, tab, onTab, className }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(tab);
    const targets: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    const next = target === undefined ? undefined : tabs.at(target % tabs.length);
    if (next === undefined) return;
    onTab(next);
    event.preventDefault();
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className={className === undefined ? css.tabs : `${css.tabs} ${className}`}
    >
      {tabs.map((each) => (
        <button
          key={each}
          id={`${id}-${each}`}
          type="button"
          role="tab"
          data-words={names[each]}
          aria-selected={tab === each}
          aria-controls={`${id}-panel`}
          tabIndex={tab === each ? 0 : -1}
          onClick={() => onTab(each)}
          onKeyDown={onKeyDown}
        >
          {names[each]}
        </button>
      ))}
    </div>
  );
}

/** What makes an element the panel of the chosen tab. */
export function panelOf(id: string, tab: string) {
  return { id: `${id}-panel`, role: 'tabpanel', 'aria-labelledby': `${id}-${tab}` } as const;
}
