import { Image } from 'lucide-react';
import { use, useState } from 'react';
import { messageOf } from '../../shared/errors';
import { DecisionsContext } from '../case/DecisionCell';
import { chosenNames, pseudonymChoice } from '../export/pseudonym-choice';
import { useStore } from '../store';
import { readPalette } from './canvas/palette';
import { hideModel } from './hide-model';
import { savePicture } from './save-picture';
import type { TimelineView } from './view';

/** Saves what the timeline shows, with all lanes, as a picture. */
export function PictureButtons({ view, user }: { view: TimelineView | undefined; user: string }) {
  const store = use(DecisionsContext);
  const { on: isHidden } = useStore(pseudonymChoice);
  const [said, setSaid] = useState('');
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    if (!view) return;
    try {
      const hidden = await chosenNames(store);
      const of = hidden ? await hideModel(hidden.names, view.model) : { model: view.model, user };
      const name = `doppel-timeline-${of.user.replace(/[^a-z0-9.@_-]+/gi, '_').slice(0, 80)}`;
      const { records, window } = view;
      await savePicture({ ...of, records, window, palette: readPalette(view.elements.canvas) }, kind, name);
      setSaid(`Saved ${name}.${kind}`);
    } catch (error) {
      setSaid(messageOf(error));
    }
  };
  return (
    <>
      {(['png', 'svg'] as const).map((kind) => (
        <button key={kind} type="button" disabled={!view} onClick={() => void save(kind)}>
          <Image size={14} /> Save {kind.toUpperCase()}
          {isHidden && ' with pseudonyms'}
        </button>
      ))}
      <output className="visually-hidden">{said}</output>
    </>
  );
}
