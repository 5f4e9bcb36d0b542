import { DEFAULT_PARAMETERS, OPEN_SESSIONS } from '../shared/domain';
import type { Parameters } from '../shared/domain';
import { choiceOption, durationOption, timeOption, usage } from './parse-options';

export const PARAMETER_OPTIONS = {
  'idle-gap': { type: 'string' },
  'min-overlap': { type: 'string' },
  'open-sessions': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

export const PARAMETER_HELP = `  --idle-gap 4h             evidence of one session further apart belongs to two stretches
  --min-overlap 0s          leave out overlaps that are shorter
  --open-sessions last-seen|log-end|ignore
                            where a session without a close record ends (last-seen)
  --from T, --to T          look only at the time from T to T (ISO 8601; without an offset: UTC)
`;

type ParameterValues = { [option in keyof typeof PARAMETER_OPTIONS]?: string | undefined };

/** What the intended rule is told. Throws `usage`. */
export function parseParameters(command: string, values: ParameterValues): Parameters {
  const parameters: Parameters = {
    idleGapMs: durationOption(command, '--idle-gap', values['idle-gap']) ?? DEFAULT_PARAMETERS.idleGapMs,
    minOverlapMs: durationOption(command, '--min-overlap', values['min-overlap']) ?? DEFAULT_PARAMETERS.minOverlapMs,
    openSessions:
      choiceOption(command, '--open-sessions', OPEN_SESSIONS, values['open-sessions']) ??
      DEFAULT_PARAMETERS.openSessions,
    fromMs: timeOption(command, '--from', values.from) ?? null,
    toMs: timeOption(command, '--to', values.to) ?? null,
  };
  if (parameters.fromMs !== null && parameters.toMs !== null && parameters.fromMs >= parameters.toMs) {
    throw usage(command, '--from must be earlier than --to.');
  }
  return parameters;
}
