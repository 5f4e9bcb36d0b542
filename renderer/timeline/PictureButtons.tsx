import { Image } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '../../shared/errors';
import { readPalette } from './canvas/palette';
import { savePicture } from './save-picture';
import type { TimelineView } from './view';

/** Saves what the timeline shows, with all lanes, as a picture. */
export function PictureButtons({ view, user }: { view: TimelineView | undefined; user: string }) {
  const [said, setSaid] = useState('');
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    if (!view) return;
    const name = `doppel-timeline-${user.replace(/[^a-z0-9.@_-]+/gi, '_').slice(0, 80)}`;
    const { model, records } = view;
    const picture = { model, records, window: view.window, user, palette: readPalette(view.elements.canvas) };
    try {
      await savePicture(picture, kind, name);
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
        </button>
      ))}
      <output className="visually-hidden">{said}</output>
    </>
  );
}
