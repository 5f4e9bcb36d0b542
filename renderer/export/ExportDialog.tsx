import { Download } from 'lucide-react';
import { use, useState } from 'react';
import type { ReactNode } from 'react';
import type { FindingsQuery } from '../../shared/manifest';
import type { Client } from '../../shared/rpc';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import { DecisionsContext } from '../case/DecisionCell';
import { csvColumns } from '../findings/csv-columns';
import { conditionsOf } from '../findings/filter-store';
import { tickedIds } from '../findings/tick-store';
import type { Queue } from '../findings/use-queue';
import { countOf } from '../format-number';
import { useStore } from '../store';
import { useZone } from '../time-zone/zone';
import css from './ExportDialog.module.css';
import { ExportProgress } from './ExportProgress';
import { chosenNames, pseudonymChoice } from './pseudonym-choice';
import { useExport } from './use-export';
import { writeExport } from './write-export';
import type { ExportKind } from './write-export';
import { writeHandover } from './write-handover';

interface Props {
  client: Client;
  queue: Queue;
  onClose: () => void;
}

const KINDS: readonly { kind: ExportKind; name: string; what: string }[] = [
  {
    kind: 'findings',
    name: 'Flagged users (CSV)',
    what: 'The rows and columns of the table, with decisions and notes',
  },
  { kind: 'overlaps', name: 'Overlaps (CSV)', what: 'One row an overlap: both source IPs, start, end, sessions' },
  {
    kind: 'records',
    name: 'Log records (CSV)',
    what: 'Every record of these users as it stands in its file, with file and line',
  },
  {
    kind: 'json',
    name: 'Findings (JSON)',
    what: 'Findings and overlaps with decisions, notes and tags, for a program',
  },
  {
    kind: 'report',
    name: 'Report (HTML)',
    what: 'One page a user to read, print and attach: reason, decision, timeline, tables',
  },
];
/** The same with pseudonyms: what is free text is not in it. */
const HIDDEN: Partial<Record<ExportKind, string>> = {
  findings: 'The rows and columns of the table, with status, verdict and assignee',
  json: 'Findings and overlaps with status and verdict, for a program',
};
type Scope = 'shown' | 'ticked' | 'selected';

/** All that can be written of the queue, each by one button; says how far it is and offers the manifest. */
export function ExportDialog({ client, queue, onClose }: Props) {
  const store = use(DecisionsContext);
  const { decisions, info } = useStore(store);
  const { on: isHidden } = useStore(pseudonymChoice);
  const { total } = useStore(queue.rows);
  const ticks = useStore(queue.ticks);
  const ticked = queue.ticks.count(total);
  const { selected } = queue;
  const [scope, setScope] = useState<Scope>(ticked > 0 ? 'ticked' : 'shown');
  const { state, start, cancel } = useExport();

  const queryOf = async (signal: AbortSignal): Promise<FindingsQuery> => {
    if (scope === 'shown' || (scope === 'selected' && !selected)) return queue.query;
    const ids = scope === 'selected' ? [selected?.id ?? ''] : await tickedIds(client, ticks, queue.query, signal);
    return { sort: queue.sort, filter: { ids } };
  };
  const write = (kind: ExportKind): void =>
    start(async (options) => {
      const query = await queryOf(options.signal);
      const hidden = await chosenNames(store);
      return writeExport({ ...options, client, kind, query, columns: csvColumns(queue.layout), decisions, hidden });
    });
  const isWhole = scope === 'shown' && conditionsOf(queue.query.filter ?? {}).length === 0;
  const counts: Record<Scope, number> = { shown: total, ticked, selected: 1 };
  const handOver = (): void =>
    start(async (options) =>
      writeHandover(client, store, isWhole ? undefined : (await queryOf(options.signal)).filter, options),
    );
  const button = (name: string, what: string, act: () => void, isFirst = false) => (
    <li key={name}>
      <button
        type="button"
        aria-disabled={state.is === 'running'}
        aria-describedby={idOf(name)}
        onClick={() => {
          if (state.is !== 'running') act();
        }}
        {...(isFirst && { 'data-focus-first': true })}
      >
        <Download size={16} /> {name}
      </button>
      <span id={idOf(name)}>{what}</span>
    </li>
  );
  const zone = useZone();
  const choice = (value: Scope, words: ReactNode) => (
    <label>
      <input type="radio" name="scope" checked={scope === value} onChange={() => setScope(value)} /> {words}
    </label>
  );
  return (
    <Dialog title="Export" onClose={onClose}>
      <div className={css.view}>
        <fieldset className={css.scope}>
          <legend>Of whom</legend>
          {choice('shown', `All that the table shows: ${countOf(total, 'flagged user')}, in its order`)}
          {ticked > 0 && choice('ticked', `Those ticked: ${countOf(ticked, 'flagged user')}`)}
          {selected &&
            choice(
              'selected',
              <>
                Only <Value text={selected.DstUserName} />
              </>,
            )}
        </fieldset>
        {info && (
          <div className={css.scope}>
            <label>
              <input
                type="checkbox"
                checked={isHidden}
                aria-describedby="pseudonyms-are"
                onChange={(event) => pseudonymChoice.set(event.target.checked)}
              />{' '}
              Pseudonyms in place of names
            </label>
            <span id="pseudonyms-are" className={css.hint}>
              Users, source IPs, sessions, files and analysts: always the same within this case; its folder alone holds
              the key. Raw log records, notes, tags and the filter are left out. It holds for pictures of the timeline
              too.
            </span>
          </div>
        )}
        <ul className={css.kinds}>
          {KINDS.filter(({ kind }) => kind !== 'records' || !isHidden).map(({ kind, name, what }, index) =>
            button(name, (isHidden && HIDDEN[kind]) || what, () => write(kind), index === 0),
          )}
        </ul>
        <ul className={css.kinds} aria-label="For a colleague">
          {button(
            `Hand over ${isWhole ? 'this case' : countOf(counts[scope], 'flagged user')}`,
            `${isWhole ? `All ${countOf(total, 'flagged user')} and every decision` : 'These users alone'}, with their log records and timelines, in one .doppel file: a colleague opens it without the log${isHidden ? '. Names stay as they are' : ''}`,
            handOver,
          )}
        </ul>
        <ExportProgress state={state} onCancel={cancel} />
        <p className={css.hint}>
          Times are in {zone}. Values that a spreadsheet would run as a formula get an apostrophe before them.
        </p>
      </div>
    </Dialog>
  );
}

function idOf(name: string): string {
  return `export-${name.replaceAll(/[^A-Za-z]+/g, '-')}`;
}
