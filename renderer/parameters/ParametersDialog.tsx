import { Play } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { Dialog } from '../Dialog';
import { useZone } from '../time-zone/zone';
import { OpenSessionsSelect } from './OpenSessionsSelect';
import css from './ParametersDialog.module.css';
import { readTexts, textsOf } from './parameter-texts';
import type { Faults, ParameterTexts } from './parameter-texts';

interface Props {
  parameters: Parameters;
  onRun: (parameters: Parameters) => void;
  onClose: () => void;
}

/** The parameters of the rule, what each of them does, and another run. */
export function ParametersDialog({ parameters, onRun, onClose }: Props) {
  const zone = useZone();
  const [texts, setTexts] = useState(() => textsOf(parameters));
  const [faults, setFaults] = useState<Faults>({});
  const change = (part: Partial<ParameterTexts>): void => {
    setTexts({ ...texts, ...part });
    setFaults({});
  };
  const run = (): void => {
    const read = readTexts(texts);
    if ('faults' in read) setFaults(read.faults);
    else onRun(read.parameters);
  };
  const text = (name: Exclude<keyof ParameterTexts, 'openSessions'>, label: string, help: string) => (
    <Field label={label} help={help} fault={faults[name]}>
      {(props) => (
        <input
          {...props}
          spellCheck={false}
          value={texts[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog title="Detection settings" onClose={onClose}>
      <form
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        {text('idleGap', 'Idle gap', 'Records of one session further apart than this are two stays. Default 4h.')}
        {text('minOverlap', 'Shortest overlap', 'Shorter overlaps are left out. Default 0s.')}
        <Field
          label="Sessions without a close record"
          help="The log may end, or lose the close. Default: they end when last seen."
          fault={undefined}
        >
          {(props) => (
            <OpenSessionsSelect
              {...props}
              value={texts.openSessions}
              onChoose={(openSessions) => change({ openSessions })}
            />
          )}
        </Field>
        {text('from', `From (${zone})`, 'Presence before this time is cut off. Empty: from the start of the log.')}
        {text('to', `To (${zone})`, 'Presence after this time is cut off. Empty: to the end of the log.')}
        <div className={css.actions}>
          <button type="submit" data-kind="main">
            <Play size={16} /> Run the detection
          </button>
          <button type="button" onClick={() => change(textsOf(DEFAULT_PARAMETERS))}>
            Defaults
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  label: string;
  help: string;
  fault: string | undefined;
  children: (props: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

function Field({ label, help, fault, children }: FieldProps) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-help`, 'aria-invalid': fault !== undefined })}
      <p id={`${id}-help`} className={css.help} role={fault === undefined ? undefined : 'alert'}>
        {fault ?? help}
      </p>
    </div>
  );
}
