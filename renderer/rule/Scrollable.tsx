import type { ReactNode } from 'react';
import css from './Scrollable.module.css';

/** A part that scrolls by itself: it takes the focus, so that the keys can scroll it. */
export function Scrollable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={css.scroll} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
