import { useCallback, useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { DetectionSummary, Finding, Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { ProblemWords } from '../ProblemWords';
import { DecisionsContext } from '../case/DecisionCell';
import { DecisionToast } from '../case/DecisionToast';
import { WithCasePanel } from '../case/WithCasePanel';
import type { CaseStore } from '../case/case-store';
import { GONE_COMMAND } from '../case/gone-words';
import { useWanted } from '../case/use-wanted';
import { useCommand } from '../commands/command-store';
import { FacetPanel } from '../facets/FacetPanel';
import { Overview } from '../overview/Overview';
import { changedParameters } from '../parameters/parameter-texts';
import { useStore } from '../store';
import { useZone } from '../time-zone/zone';
import type { TimeWindow } from '../timeline/time-window';
import { UserPane } from '../user/UserPane';
import { useNextTimeline } from '../user/use-next-timeline';
import { FilterChips } from './FilterChips';
import { MOST_ROWS } from './FindingsGrid';
import css from './FindingsView.module.css';
import { NoFindings } from './NoFindings';
import { QueueDecision } from './QueueDecision';
import { QueueDialogs } from './QueueDialogs';
import type { OpenDialog } from './QueueDialogs';
import { QueueTable } from './QueueTable';
import { QueueToolbar } from './QueueToolbar';
import { useIsListed } from './use-is-listed';
import { useQueue } from './use-queue';
import { tableShare, useEnlarged } from './use-enlarged';
import { useTrail } from './use-trail';

interface Props {
  decisions: CaseStore;
  client: Client;
  detection: DetectionSummary;
  /** What could as well be otherwise about how the files are read. */
  doubts: readonly string[];
  /** Asks how the file is read of which there are doubts; absent where that cannot be changed. */
  onReading: (() => void) | undefined;
  /** Grows with every run of the detection: what was read before is stale. */
  run: number;
  running: boolean;
  onDetect: (parameters: Parameters) => void;
  onCancel: () => void;
}

/** The working view: overlaps over time, the flagged users below, and the chosen one below them. */
export function FindingsView({
  decisions,
  client,
  detection,
  doubts,
  onReading,
  run,
  running,
  onDetect,
  onCancel,
}: Props) {
  const queue = useQueue(client, decisions, run);
  const { selected, select } = queue;
  const list = useStore(queue.rows);
  useNextTimeline(client, queue.rows, selected, run);
  const [dialog, setDialog] = useState<OpenDialog>();
  const isListed = useIsListed(client, queue);
  const onClearFilter = useCallback(() => queue.filter.clear(), [queue.filter]);
  const zone = useZone();
  const [facets, setFacets] = useState(false);
  const [window, setWindow] = useState<{ span: TimeWindow | undefined; by: 'brush' | 'timeline' }>();
  const onBrush = useCallback((span: TimeWindow | undefined) => setWindow({ span, by: 'brush' }), []);
  const onTimeline = useCallback((span: TimeWindow | undefined) => setWindow({ span, by: 'timeline' }), []);
  const onSelect = useCallback(
    (finding: Finding) => {
      select(finding);
      // a stretch brushed in the overview is meant for whoever is looked at; a zoom into one user's timeline is not
      setWindow((current) => (current?.by === 'brush' ? current : undefined));
    },
    [select],
  );
  const table = useEnlarged(selected !== undefined);
  const pane = useRef<HTMLDivElement>(null);
  const onEnter = useCallback(() => pane.current?.focus(), []);
  const onRelated = useTrail(selected, onSelect, onEnter);
  const onGone = useCallback((finding: string) => setDialog({ name: 'gone', finding }), []);
  useCommand(GONE_COMMAND, () => setDialog({ name: 'gone' }));
  useWanted(decisions, client, onSelect, onGone);
  const changed = changedParameters(detection.parameters);
  const any = detection.findings > 0;
  return (
    <DecisionsContext value={decisions}>
      <div className={css.view} aria-busy={running}>
        {any && (
          <Overview
            client={client}
            run={run}
            store={queue.filter}
            decisions={decisions}
            minOverlapMs={detection.parameters.minOverlapMs}
            cappedUsers={detection.cappedUsers}
            window={window?.span}
            onWindow={onBrush}
          />
        )}
        <QueueToolbar
          queue={queue}
          detection={detection}
          running={running}
          onCancel={onCancel}
          facets={facets}
          onFacets={setFacets}
          onOpen={setDialog}
        />
        <div>
          <FilterChips filter={queue.filter} />
          <QueueDecision client={client} decisions={decisions} queue={queue} />
        </div>
        <div className={css.said}>
          {changed.length > 0 && <p>Not the default settings: {changed.join('; ')}.</p>}
          {list.total > MOST_ROWS && <p>The table ends at 1,000,000 rows; filter to see the others.</p>}
          {list.problem && (
            <p role="alert">
              <ProblemWords problem={list.problem} />
            </p>
          )}
        </div>
        {facets && any && <FacetPanel client={client} store={queue.filter} decisions={decisions} run={run} />}
        {any ? (
          <Group orientation="vertical" className={css.split}>
            <Panel defaultSize={tableShare()} minSize="100px" panelRef={table}>
              <QueueTable client={client} queue={queue} onSelect={onSelect} onEnter={onEnter} />
            </Panel>
            <Separator className={css.separator} aria-label="Height of the table" />
            <Panel minSize="160px">
              {selected && (
                <WithCasePanel store={decisions} finding={selected.id}>
                  <UserPane
                    key={`${run} ${selected.id} ${zone}`}
                    ref={pane}
                    client={client}
                    finding={selected}
                    isListed={isListed}
                    onClearFilter={onClearFilter}
                    window={window?.span}
                    onWindowChange={onTimeline}
                    onFinding={onRelated}
                  />
                </WithCasePanel>
              )}
            </Panel>
          </Group>
        ) : (
          <NoFindings
            detection={detection}
            doubts={doubts}
            onSettings={() => setDialog({ name: 'settings' })}
            onReading={onReading}
          />
        )}
        <QueueDialogs
          client={client}
          queue={queue}
          parameters={detection.parameters}
          open={dialog}
          onOpen={setDialog}
          onDetect={onDetect}
        />
      </div>
      <DecisionToast store={decisions} />
    </DecisionsContext>
  );
}
