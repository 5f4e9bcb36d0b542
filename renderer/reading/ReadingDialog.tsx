import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Choices } from '../../shared/choices';
import type { Client } from '../../shared/rpc';
import { parseTimeZone } from '../../shared/time-zone';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import type { Choosing } from './files-of';
import { PreviewTable } from './PreviewTable';
import css from './ReadingDialog.module.css';
import { ReadingFields } from './ReadingFields';
import { SavedReadings } from './SavedReadings';
import { previewSum } from './reading-words';
import { usePreview } from './use-preview';

interface Props {
  client: Client;
  choosing: Choosing;
  /** `shape`: only for files of that shape in the same folder or archive. */
  onApply: (choices: Choices, shape?: string) => void;
  onClose: () => void;
}

/** How a file is read: the choices, and beside them what its first rows come to under these. */
export function ReadingDialog({ client, choosing, onApply, onClose }: Props) {
  const { file, needed } = choosing;
  const [choices, setChoices] = useState(choosing.choices);
  const [forAll, setForAll] = useState(false);
  const [zone, setZone] = useState(choosing.choices.timeZone ?? '');
  const { preview, problem, stale } = usePreview(client, file.id, file.name, choices);
  const zoneFault = zone.trim() === '' || parseTimeZone(zone) ? undefined : 'No such time zone.';
  const changeZone = (text: string): void => {
    setZone(text);
    const timeZone = text.trim();
    if (timeZone === '') setChoices(({ timeZone: _before, ...others }) => others);
    else if (parseTimeZone(timeZone)) setChoices({ ...choices, timeZone });
  };
  const choose = (next: Choices): void => {
    setZone(next.timeZone ?? '');
    setChoices(next);
  };
  const form = useRef<HTMLFormElement>(null);
  const isThere = preview !== undefined;
  useEffect(() => {
    // the fields come after the dialog; who is in it already is left alone
    const inside = form.current?.contains(document.activeElement);
    if (isThere && !inside) form.current?.querySelector<HTMLElement>('[data-focus-first]')?.focus();
  }, [isThere]);
  const ready = preview !== undefined && preview.format !== null && !problem && !zoneFault && !stale;
  return (
    <Dialog title="How the file is read" wide onClose={onClose}>
      <p className={css.what}>
        <strong>
          <Value text={file.name} />
        </strong>
        {choosing.isPart &&
          '. It came out of a folder or an archive: what is chosen counts for all files in it with the same columns, or of the same format.'}
        {needed && '. Doppel does not know its columns. Say what they are; what they look like is filled in.'}
      </p>
      <form
        ref={form}
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          const { shape } = preview.reading;
          onApply(choices, choosing.isPart && !forAll && shape !== '' ? shape : undefined);
        }}
      >
        <div className={css.left}>
          {!preview && !problem && <p className={css.waiting}>The file’s columns come here.</p>}
          {preview && (
            <ReadingFields
              preview={preview}
              choices={choices}
              zone={zone}
              zoneFault={zoneFault}
              onZone={changeZone}
              onChoices={setChoices}
            />
          )}
        </div>
        <div className={css.right}>
          <output className={css.said} data-problem={problem !== undefined}>
            {problem ? (
              <>
                <strong>{problem.title}</strong> <Value text={problem.message} />
              </>
            ) : preview ? (
              previewSum(preview)
            ) : (
              'Reading the first rows'
            )}
          </output>
          {preview ? <PreviewTable preview={preview} stale={stale} /> : <div className={css.scroll} />}
        </div>
        <div className={css.actions}>
          <button type="submit" data-kind="main" disabled={!ready}>
            <Check size={16} /> Read the file so
          </button>
          {choosing.isPart && (
            <label className={css.all}>
              <input type="checkbox" checked={forAll} onChange={(event) => setForAll(event.target.checked)} /> Also for
              the others in it
            </label>
          )}
          <button type="button" onClick={() => choose({})}>
            As Doppel would
          </button>
          <SavedReadings shape={preview?.reading.shape} choices={choices} ready={ready} onChoices={choose} />
        </div>
      </form>
    </Dialog>
  );
}
