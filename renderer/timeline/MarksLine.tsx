import { X } from 'lucide-react';
import { useCallback } from 'react';
import type { Client } from '../../shared/rpc';
import type { AreaTotals } from '../../shared/timeline';
import { useStore } from '../store';
import { useAnswer } from '../use-answer';
import css from './FocusLine.module.css';
import { areaWords, lengthWords } from './describe-marks';
import { lanesWithin, stretchOf } from './marks';
import type { TimelineView } from './view';

/** What is measured and what is in the selected area, in words; read out when it stands. */
export function MarksLine({ client, view }: { client: Client; view: TimelineView }) {
  const { measure, area } = useStore(view.tools.marks);
  const { model } = view;
  const closed = area?.isOpen === false ? area : undefined;
  const count = useCallback(
    async (signal: AbortSignal): Promise<AreaTotals> => {
      const sum = { records: 0, segments: 0, ips: 0, overlaps: 0 };
      if (!closed) return sum;
      const { from, to } = stretchOf(closed);
      const { first, last } = lanesWithin(closed);
      for (const { user, ips } of model.subjectsOf(first, last)) {
        const part = await client.call('timeline.area', { user, ips, from, to }, { signal });
        for (const name of Object.keys(sum) as (keyof AreaTotals)[]) sum[name] += part[name]; // it has no other keys
      }
      return sum;
    },
    [client, model, closed],
  );
  const { value, problem, waiting } = useAnswer(closed && count);
  if (!measure && !area) return null;
  const measured = measure && `Measured: ${lengthWords(measure)}`;
  const totals = waiting ? undefined : value;
  const within = area && `Area: ${areaWords(model, area, closed && totals)}${closed && waiting ? ', counting…' : ''}`;
  const open = measure?.isOpen ? 'm ends it' : area?.isOpen ? 'a ends it' : undefined;
  const lines = [measured, [within, problem?.message, open].filter(Boolean).join(' · ')].filter(Boolean);
  const text = lines.join(' · ');
  const stands = !measure?.isOpen && !area?.isOpen && !(closed && waiting);
  return (
    <div className={css.marks}>
      <div>
        {lines.map((line) => (
          <p key={line} title={line}>
            {line}
          </p>
        ))}
      </div>
      {/* what still moves is not read out */}
      <output className="visually-hidden">{stands ? text : ''}</output>
      <button type="button" aria-label="Clear what is measured and selected" onClick={() => view.tools.marks.clear()}>
        <X size={14} />
      </button>
    </div>
  );
}
