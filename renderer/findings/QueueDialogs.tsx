import { Suspense, lazy, use } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { DecisionsContext } from '../case/DecisionCell';
import { GoneDialog } from '../case/GoneDialog';
import { ExportDialog } from '../export/ExportDialog';
import { ParametersDialog } from '../parameters/ParametersDialog';
import { SavedViews } from '../preferences/SavedViews';
import { WhyNotDialog } from '../why-not/WhyNotDialog';
import { ColumnsDialog } from './ColumnsDialog';
import { FIRST_LAYOUT } from './column-layout';
import type { Queue } from './use-queue';

/** The rule lab brings an editor with it, so it is loaded when it is opened. */
const RuleDialog = lazy(async () => ({ default: (await import('../rule/RuleDialog')).RuleDialog }));

/** The dialog that is open over the queue, if any. `why-not` may ask about a user at once. */
export type OpenDialog =
  | { name: 'settings' | 'views' | 'columns' | 'rule' | 'export' }
  | { name: 'why-not'; user: string }
  | { name: 'gone'; finding?: string };

interface Props {
  client: Client;
  queue: Queue;
  parameters: Parameters;
  open: OpenDialog | undefined;
  onOpen: (dialog: OpenDialog | undefined) => void;
  onDetect: (parameters: Parameters) => void;
}

/** The dialog that is open over the queue, if any. */
export function QueueDialogs({ client, queue, parameters, open, onOpen, onDetect }: Props) {
  const decisions = use(DecisionsContext);
  const close = (): void => onOpen(undefined);
  switch (open?.name) {
    case undefined:
      return null;
    case 'why-not':
      return <WhyNotDialog client={client} parameters={parameters} user={open.user} onClose={close} />;
    case 'gone':
      return (
        <GoneDialog
          client={client}
          decisions={decisions}
          finding={open.finding}
          onWhyNot={(user) => onOpen({ name: 'why-not', user })}
          onClose={close}
        />
      );
    case 'rule':
      return (
        <Suspense>
          <RuleDialog
            client={client}
            parameters={parameters}
            user={queue.selected?.DstUserName ?? ''}
            onDetect={onDetect}
            onClose={close}
            onQueue={(user) => {
              close();
              queue.filter.type(user);
            }}
          />
        </Suspense>
      );
    case 'export':
      return <ExportDialog client={client} queue={queue} onClose={close} />;
    case 'columns':
      return <ColumnsDialog layout={queue.layout} onChange={queue.setLayout} onClose={close} />;
    case 'views':
      return (
        <SavedViews
          filter={queue.filter.state.filter}
          sort={queue.sort}
          layout={queue.layout}
          onClose={close}
          onApply={(view) => {
            close();
            queue.filter.replace(view.filter);
            queue.setSort(view.sort);
            queue.setLayout(view.layout ?? FIRST_LAYOUT);
          }}
        />
      );
    case 'settings':
      return (
        <ParametersDialog
          parameters={parameters}
          onClose={close}
          onRun={(next) => {
            close();
            onDetect(next);
          }}
        />
      );
  }
}
