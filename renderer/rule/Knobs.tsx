import { useId } from 'react';
import type { ReactNode } from 'react';
import { formatDuration, parseDuration } from '../../shared/time';
import { OpenSessionsSelect } from '../parameters/OpenSessionsSelect';
import type { Faults, ParameterTexts } from '../parameters/parameter-texts';
import { useZone } from '../time-zone/zone';
import css from './WhatIf.module.css';
import { IDLE_GAPS, nearestStep, SHORTEST_OVERLAPS } from './what-if-words';

interface Props {
  texts: ParameterTexts;
  faults: Faults;
  onChange: (texts: ParameterTexts) => void;
}

/** The parameters, to be moved by slider or typed. */
export function Knobs({ texts, faults, onChange }: Props) {
  const zone = useZone();
  const change = (part: Partial<ParameterTexts>): void => onChange({ ...texts, ...part });
  const time = (name: 'from' | 'to', label: string) => (
    <Knob label={label} fault={faults[name]}>
      {(id, invalid) => (
        <input
          id={id}
          className={css.time}
          placeholder={name === 'from' ? 'start of the log' : 'end of the log'}
          spellCheck={false}
          aria-invalid={invalid}
          value={texts[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Knob>
  );
  return (
    <div className={css.knobs}>
      <LengthKnob
        label="Shortest overlap"
        text={texts.minOverlap}
        steps={SHORTEST_OVERLAPS}
        fault={faults.minOverlap}
        onChange={(minOverlap) => change({ minOverlap })}
      />
      <LengthKnob
        label="Idle gap"
        text={texts.idleGap}
        steps={IDLE_GAPS}
        fault={faults.idleGap}
        onChange={(idleGap) => change({ idleGap })}
      />
      <Knob label="Sessions without a close record" fault={undefined}>
        {(id) => (
          <OpenSessionsSelect
            id={id}
            value={texts.openSessions}
            onChoose={(openSessions) => change({ openSessions })}
          />
        )}
      </Knob>
      {time('from', `From (${zone})`)}
      {time('to', `To (${zone})`)}
    </div>
  );
}

interface LengthProps {
  label: string;
  text: string;
  /** In ms, rising. */
  steps: readonly number[];
  fault: string | undefined;
  onChange: (text: string) => void;
}

function LengthKnob({ label, text, steps, fault, onChange }: LengthProps) {
  return (
    <Knob label={label} fault={fault}>
      {(id, invalid) => (
        <>
          <input
            type="range"
            aria-label={`${label}, slider`}
            aria-valuetext={text}
            min={0}
            max={steps.length - 1}
            step={1}
            value={nearestStep(steps, parseDuration(text) ?? 0)}
            onChange={(event) => onChange(formatDuration(steps[Number(event.target.value)] ?? 0))}
          />
          <input
            id={id}
            className={css.length}
            spellCheck={false}
            aria-invalid={invalid}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        </>
      )}
    </Knob>
  );
}

function Knob(props: {
  label: string;
  fault: string | undefined;
  children: (id: string, invalid: boolean) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={css.knob}>
      <label htmlFor={id}>{props.label}</label>
      <div className={css.control}>{props.children(id, props.fault !== undefined)}</div>
      {props.fault !== undefined && (
        <p role="alert" className={css.fault}>
          {props.fault}
        </p>
      )}
    </div>
  );
}
