import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { DoppelError } from '../shared/errors';

interface Props {
  /** The text, or what gets it when it is asked for. */
  text: string | (() => Promise<string>);
  /** Stands behind "Copy". */
  what: string;
  /** What the button is called where its words say too little on their own. */
  label?: string;
}

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, what, label }: Props) {
  const [said, setSaid] = useState<string>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setSaid('Copied');
    } catch (error) {
      // the text could not be had, or the browser did not let it be copied
      setSaid(`Not copied: ${error instanceof DoppelError ? error.message : 'select the text and copy it'}`);
    }
  };
  return (
    <>
      <button type="button" data-kind="link" aria-label={label} onClick={() => void copy()}>
        {said === 'Copied' ? <Check size={14} /> : <Copy size={14} />} Copy {what}
      </button>
      <output>{said}</output>
    </>
  );
}
