import { Bookmark, Columns3, CircleHelp, ListFilter, ScrollText, SlidersHorizontal } from 'lucide-react';
import { use, Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { DetectionSummary, Finding, Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { ProblemWords } from '../ProblemWords';
import { DecisionsContext } from '../case/DecisionCell';
import { DecisionBar } from '../case/DecisionBar';
import type { CaseStore } from '../case/case-store';
import { FacetPanel } from '../facets/FacetPanel';
import { Overview } from '../overview/Overview';
import { ParametersDialog } from '../parameters/ParametersDialog';
import { PreferencesContext } from '../preferences/preference-store';
import { SavedViews } from '../preferences/SavedViews';
import { changedParameters } from '../parameters/parameter-texts';
import { useCommand } from '../commands/command-store';
import { useStore } from '../store';
import type { TimeWindow } from '../timeline/time-window';
import { UserPane } from '../user/UserPane';
import { WhyNotDialog } from '../why-not/WhyNotDialog';
import { ColumnsDialog } from './ColumnsDialog';
import { ExportButton } from './ExportButton';
import { FilterChips } from './FilterChips';
import { FindingsGrid, MOST_ROWS } from './FindingsGrid';
import css from './FindingsView.module.css';
import { NoFindings } from './NoFindings';
import { Toolbar } from './Toolbar';
import { EVERY_COLUMN } from './column-layout';
import { csvColumns } from './csv-columns';
import { FilterStore, conditionsOf } from './filter-store';
import { countInWords } from './finding-words';
import type { FindingSort } from './finding-words';
import { RowWindow } from '../grid/row-window';
import { useSelection } from './use-selection';

const OVERLAPS = { kind: 'overlaps' } as const;
/** The rule lab brings an editor with it, so it is loaded when it is opened. */
const RuleDialog = lazy(async () => ({ default: (await import('../rule/RuleDialog')).RuleDialog }));

interface Props {
  decisions: CaseStore;
  client: Client;
  detection: DetectionSummary;
  /** What could as well be otherwise about how the files are read. */
  doubts: readonly string[];
  /** Grows with every run of the detection: what was read before is stale. */
  run: number;
  running: boolean;
  onDetect: (parameters: Parameters) => void;
  onCancel: () => void;
}

const LONGEST_FIRST: FindingSort = { by: 'overlapSeconds', descending: true };

/** The working view: overlaps over time, the flagged users below, and the chosen one below them. */
export function FindingsView({ decisions, client, detection, doubts, run, running, onDetect, onCancel }: Props) {
  const preferences = use(PreferencesContext);
  const { preferences: liked } = useStore(preferences);
  const sort = liked?.sort ?? LONGEST_FIRST;
  const layout = liked?.layout ?? EVERY_COLUMN;
  const tableContent = useMemo(() => ({ kind: 'findings' as const, columns: csvColumns(layout) }), [layout]);
  const setSort = useCallback((next: FindingSort) => void preferences.change({ sort: next }), [preferences]);
  const [columns, setColumns] = useState(false);
  const [store] = useState(() => new FilterStore());
  const { filter, typed } = useStore(store);
  const query = useMemo(() => ({ sort, filter }), [sort, filter]);
  const [settings, setSettings] = useState(false);
  const [facets, setFacets] = useState(false);
  const [views, setViews] = useState(false);
  const [whyNot, setWhyNot] = useState<string>();
  const [ruleOpen, setRuleOpen] = useState(false);
  const [rows] = useState(() => new RowWindow<Finding>());
  const list = useStore(rows);
  const [window, setWindow] = useState<{ span: TimeWindow | undefined; by: 'brush' | 'timeline' }>();
  const onBrush = useCallback((span: TimeWindow | undefined) => setWindow({ span, by: 'brush' }), []);
  const onTimeline = useCallback((span: TimeWindow | undefined) => setWindow({ span, by: 'timeline' }), []);

  const { selected, select, selectFirst } = useSelection(client, rows, run);
  useEffect(() => {
    void rows
      .show((offset, limit, signal) => client.call('findings.page', { offset, limit, ...query }, { signal }))
      .then(selectFirst);
    return () => rows.stop();
  }, [rows, client, run, query, selectFirst]);
  const onSelect = useCallback(
    (finding: Finding) => {
      select(finding);
      // a stretch brushed in the overview is meant for whoever is looked at; a zoom into one user's timeline is not
      setWindow((current) => (current?.by === 'brush' ? current : undefined));
    },
    [select],
  );
  const pane = useRef<HTMLDivElement>(null);
  const onEnter = useCallback(() => pane.current?.focus(), []);

  useCommand('Detection settings', () => setSettings(true), { key: 's', available: !running });
  useCommand('The rule: run it stage by stage', () => setRuleOpen(true), { key: 'r' });
  useCommand('Why not? Why a user is not flagged', () => setWhyNot(''), { key: 'w' });
  useCommand('Show or hide the filters beside the queue', () => setFacets((open) => !open), { key: 'b' });
  useCommand('Saved views', () => setViews(true));
  useCommand('Columns of the table', () => setColumns(true));
  useCommand('Clear the filter', () => store.clear(), { available: conditionsOf(filter).length > 0 });

  const changed = changedParameters(detection.parameters);
  const filtered = conditionsOf(filter).length > 0;
  return (
    <DecisionsContext value={decisions}>
      <div className={css.view} aria-busy={running}>
        {detection.findings > 0 && (
          <Overview
            client={client}
            run={run}
            store={store}
            decisions={decisions}
            minOverlapMs={detection.parameters.minOverlapMs}
            window={window?.span}
            onWindow={onBrush}
          />
        )}
        <Toolbar
          text={typed}
          onText={(text) => store.type(text)}
          count={countInWords(list.total, detection.findings, detection.users, filtered)}
        >
          {detection.findings > 0 && (
            <button type="button" aria-expanded={facets} aria-controls="facets" onClick={() => setFacets(!facets)}>
              <ListFilter size={16} /> Facets
            </button>
          )}
          <button type="button" onClick={() => setViews(true)}>
            <Bookmark size={16} /> Views
          </button>
          <button type="button" onClick={() => setColumns(true)}>
            <Columns3 size={16} /> Columns
          </button>
          {running ? (
            <button type="button" onClick={onCancel}>
              Cancel the detection
            </button>
          ) : (
            <button type="button" onClick={() => setSettings(true)}>
              <SlidersHorizontal size={16} /> Detection settings
            </button>
          )}
          <button type="button" onClick={() => setRuleOpen(true)}>
            <ScrollText size={16} /> The rule
          </button>
          <button type="button" onClick={() => setWhyNot('')}>
            <CircleHelp size={16} /> Why not?
          </button>
          <ExportButton client={client} query={query} content={tableContent} />
          <ExportButton client={client} query={query} content={OVERLAPS} />
        </Toolbar>
        <div>
          <FilterChips filter={store} />
          {selected && <DecisionBar decisions={decisions} finding={selected} />}
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
        {facets && detection.findings > 0 && (
          <FacetPanel client={client} store={store} decisions={decisions} run={run} />
        )}
        {detection.findings === 0 ? (
          <NoFindings detection={detection} doubts={doubts} onSettings={() => setSettings(true)} />
        ) : (
          <Group orientation="vertical" className={css.split}>
            <Panel defaultSize="38%" minSize="100px">
              {filtered && list.total === 0 && !list.stale ? (
                <div className={css.empty}>
                  <p>No flagged user matches the filter.</p>
                  <button type="button" onClick={() => store.clear()}>
                    Clear the filter (Esc)
                  </button>
                </div>
              ) : (
                <FindingsGrid
                  rows={rows}
                  sort={sort}
                  layout={layout}
                  onSort={setSort}
                  selectedId={selected?.id}
                  onSelect={onSelect}
                  onEnter={onEnter}
                />
              )}
            </Panel>
            <Separator className={css.separator} aria-label="Height of the table" />
            <Panel minSize="160px">
              {selected && (
                <UserPane
                  key={`${run} ${selected.id}`}
                  ref={pane}
                  client={client}
                  finding={selected}
                  window={window?.span}
                  onWindowChange={onTimeline}
                />
              )}
            </Panel>
          </Group>
        )}
        {whyNot !== undefined && (
          <WhyNotDialog
            client={client}
            parameters={detection.parameters}
            user={whyNot}
            onClose={() => setWhyNot(undefined)}
          />
        )}
        {ruleOpen && (
          <Suspense>
            <RuleDialog
              client={client}
              parameters={detection.parameters}
              user={selected?.DstUserName ?? ''}
              onClose={() => setRuleOpen(false)}
              onUser={(user, flagged) => {
                setRuleOpen(false);
                if (flagged) store.type(user);
                else setWhyNot(user);
              }}
            />
          </Suspense>
        )}
        {columns && (
          <ColumnsDialog
            layout={layout}
            onChange={(next) => void preferences.change({ layout: next })}
            onClose={() => setColumns(false)}
          />
        )}
        {views && (
          <SavedViews
            filter={filter}
            sort={sort}
            layout={layout}
            onClose={() => setViews(false)}
            onApply={(view) => {
              setViews(false);
              store.replace(view.filter);
              void preferences.change({ sort: view.sort, layout: view.layout ?? EVERY_COLUMN });
            }}
          />
        )}
        {settings && (
          <ParametersDialog
            parameters={detection.parameters}
            onClose={() => setSettings(false)}
            onRun={(parameters) => {
              setSettings(false);
              onDetect(parameters);
            }}
          />
        )}
      </div>
    </DecisionsContext>
  );
}
