import { useRef } from 'react';
import type { RefObject } from 'react';
import type { PanelImperativeHandle } from 'react-resizable-panels';
import { useCommand } from '../commands/command-store';

/** A window of less height, px, has no room for a long table above a timeline that can be read. */
const LOW_PX = 1000;
/** Percent of the height; in a low window one less for so many px that it is lower, and never less than the least. */
const SHARE = { most: 38, least: 20, pxEach: 16 };

/** How much of the height the table has at first; the rest is for the user who is looked at. */
export function tableShare(): string {
  const lower = Math.max(0, LOW_PX - innerHeight);
  return `${Math.max(SHARE.least, SHARE.most - lower / SHARE.pxEach)}%`;
}

/**
 * One key gives the user who is looked at all the height that the table can spare, and gives it back. Returns the panel of
 * the table.
 */
export function useEnlarged(available: boolean): RefObject<PanelImperativeHandle | null> {
  const panel = useRef<PanelImperativeHandle>(null);
  const before = useRef<{ share: number; least: number }>(undefined);
  useCommand(
    'Enlarge the timeline, or give the table its height back',
    () => {
      const table = panel.current;
      if (!table) return;
      const { asPercentage, inPixels } = table.getSize();
      // a table that was made higher by hand meanwhile is enlarged again
      if (before.current && inPixels <= before.current.least + 1) {
        table.resize(`${before.current.share}%`);
        before.current = undefined;
      } else {
        table.resize('0px'); // as little as the panel lets it be
        before.current = { share: asPercentage, least: table.getSize().inPixels };
      }
    },
    { key: 'z', available },
  );
  return panel;
}
