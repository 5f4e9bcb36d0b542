import { X } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import css from './Dialog.module.css';

interface Props {
  title: string;
  /** Takes the whole window. */
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A modal dialog: mounted is open. The browser keeps the focus inside, closes it on Esc and puts the focus back; a press
 * beside it closes it too. What
 * is marked data-focus-first gets the focus first, else the Close button.
 */
export function Dialog({ title, wide = false, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // in the layout effect: only a dialog that is closed while it is still in the page gives the focus back
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>('[data-focus-first]')?.focus();
    }
    return () => element?.close();
  }, []);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    const element = dialog.current;
    // what lies beside it belongs to the element all the same; a drag out of a field is no press beside it
    const close = (event: PointerEvent): void => {
      if (element && event.target === element && isBeside(element, event)) latest.current();
    };
    element?.addEventListener('pointerdown', close);
    return () => element?.removeEventListener('pointerdown', close);
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      data-wide={wide}
      aria-labelledby={heading}
      onCancel={(event) => {
        // the same event of a dialog within, or of a file picker, comes by here too
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={css.head}>
        <h2 id={heading}>{title}</h2>
        <button type="button" onClick={onClose}>
          <X size={16} /> Close
        </button>
      </div>
      {children}
    </dialog>
  );
}

function isBeside(element: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
