import { useId, useState } from 'react';
import { formatTimeZone, parseTimeZone } from '../../shared/time-zone';
import type { TimeZone } from '../../shared/time-zone';
import { formatOffset, offsetAt } from '../../shared/zone-offset';
import { Dialog } from '../Dialog';
import { useStore } from '../store';
import css from './ZoneDialog.module.css';
import { COMPUTER, computerZone, zoneName, zoneStore } from './zone';

interface Props {
  onChoose: (choice: string) => void;
  onClose: () => void;
}

/** UTC, this computer's zone, or any other; what is chosen holds at once. */
export function ZoneDialog({ onChoose, onClose }: Props) {
  const { choice } = useStore(zoneStore);
  const isOther = choice !== 'UTC' && choice !== COMPUTER;
  const [typed, setTyped] = useState(isOther ? choice : '');
  const [now] = useState(() => Date.now());
  const names = useId();
  const fault = typed.trim() !== '' && parseTimeZone(typed) === undefined;
  const option = (value: string, words: string) => (
    <label>
      <input type="radio" name="zone" checked={choice === value} onChange={() => onChoose(value)} /> {words}
    </label>
  );
  return (
    <Dialog title="Time zone" onClose={onClose}>
      <p>Every time on screen, in reports and in CSV files is written in this zone, with its distance from UTC.</p>
      <fieldset className={css.choices} aria-label="Time zone">
        {option('UTC', 'UTC, as the log has it')}
        {option(COMPUTER, `This computer’s: ${inWords(computerZone(), now)}`)}
        {isOther && option(choice, inWords(zoneStore.state.zone, now, zoneName()))}
      </fieldset>
      <form
        className={css.other}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '' && !fault) onChoose(typed.trim());
        }}
      >
        <label>
          Another zone{' '}
          <input
            list={names}
            value={typed}
            maxLength={60}
            placeholder="Europe/Berlin or +02:00"
            spellCheck={false}
            aria-invalid={fault}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <datalist id={names}>
          {Intl.supportedValuesOf('timeZone').map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
        <button type="submit" disabled={typed.trim() === '' || fault}>
          Use it
        </button>
        <output>{fault ? 'There is no zone of that name. Write it as Europe/Berlin or +02:00.' : ''}</output>
      </form>
    </Dialog>
  );
}

/** `Europe/Berlin (now UTC+01:00)` */
function inWords(zone: TimeZone, now: number, name = formatTimeZone(zone)): string {
  return 'name' in zone ? `${name} (now UTC${formatOffset(offsetAt(zone, now))})` : name;
}
