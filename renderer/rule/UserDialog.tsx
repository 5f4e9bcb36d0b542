import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { visibleText } from '../../shared/visible-text';
import { Dialog } from '../Dialog';
import type { TimelineUser } from '../user/timeline-of';
import { WhyNotAnswer } from '../why-not/WhyNotAnswer';
import css from './UserDialog.module.css';

interface Props {
  client: Client;
  parameters: Parameters;
  user: TimelineUser;
  /** Shows the user in the queue; undefined for one who is not flagged. */
  onQueue: (() => void) | undefined;
  onClose: () => void;
}

/** One user's timeline over the rule lab: closing it, or Esc, is back where it was opened. */
export function UserDialog({ client, parameters, user, onQueue, onClose }: Props) {
  return (
    <Dialog title={`Timeline of ${visibleText(user.DstUserName)}`} wide onClose={onClose}>
      <div className={css.user}>
        {onQueue && (
          <div>
            <button type="button" onClick={onQueue}>
              Show in the queue
            </button>
          </div>
        )}
        <WhyNotAnswer client={client} parameters={parameters} observed={user} />
      </div>
    </Dialog>
  );
}
