import { DEFAULT_LIMITS } from '../../shared/sources';
import type { Limits } from '../../shared/sources';
import { usage } from '../parse-options';

const MIB = 2 ** 20;

export const LIMIT_OPTIONS = {
  'max-expansion': { type: 'string' },
  'keep-free': { type: 'string' },
} as const;

export const LIMIT_HELP = `  --max-expansion 200       how many times its size an archive past 1 GiB may unpack to
  --keep-free 256           MiB of disk that unpacking leaves free
`;

export interface LimitValues {
  'max-expansion'?: string | undefined;
  'keep-free'?: string | undefined;
}

/** How far archives may unpack. Throws `usage`. */
export function parseLimits(command: string, values: LimitValues): Limits {
  const number = (option: keyof LimitValues): number | undefined => {
    const text = values[option];
    if (text === undefined) return undefined;
    if (!/^[1-9]\d{0,8}$/.test(text))
      throw usage(command, `--${option} takes a whole number from 1 on, not "${text}".`);
    return Number(text);
  };
  return {
    maxExpansion: number('max-expansion') ?? DEFAULT_LIMITS.maxExpansion,
    keepFreeBytes: (number('keep-free') ?? DEFAULT_LIMITS.keepFreeBytes / MIB) * MIB,
  };
}
