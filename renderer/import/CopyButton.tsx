import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState<string>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('Not copied: select the text and copy it');
    }
  };
  return (
    <>
      <button type="button" data-kind="link" onClick={() => void copy()}>
        {said === 'Copied' ? <Check size={14} /> : <Copy size={14} />} Copy {what}
      </button>
      <output>{said}</output>
    </>
  );
}
