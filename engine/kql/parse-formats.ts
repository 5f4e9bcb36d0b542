import { invalid } from './error';
import type { Span } from './error';
import { call, cast, literal } from './plan';
import type { Expr } from './plan';

const whole = (value: number): Expr => literal('long', BigInt(value));
const padded = (value: Expr, width: number): Expr => call('pad-left', 'string', cast(value, 'long'), whole(width));

/** Cuts a format into runs of one letter, at most `longest` of it at a time. */
function* runs(format: string, longest: Readonly<Record<string, number>>): Generator<[string, number]> {
  for (let at = 0; at < format.length;) {
    const letter = format[at] ?? '';
    let count = 1;
    while (count < (longest[letter] ?? 1) && format[at + count] === letter) count++;
    yield [letter, count];
    at += count;
  }
}

/** The pieces as one text, empty where the value is null. */
function joined(value: Expr, pieces: readonly Expr[]): Expr {
  return call('text-or-nothing', 'string', value, call('strcat', 'string', ...pieces));
}

const DELIMITERS = /[ /\-:,._[\]]/;

/** format_datetime(): the letters and delimiters that Kusto documents; others are refused, as there. */
export function formatDatetime(value: Expr, format: string, span: Span): Expr {
  const part = (unit: string): Expr => call(`datetime_part-${unit}`, 'int', value);
  const pieces: Expr[] = [];
  for (const [letter, count] of runs(format, { y: 4, f: 7, F: 7, M: 2, d: 2, H: 2, h: 2, m: 2, s: 2, t: 2 })) {
    switch (letter) {
      case 'y':
        pieces.push(
          count >= 3
            ? padded(part('year'), 4)
            : padded(call('modulo', 'long', cast(part('year'), 'long'), whole(100)), count),
        );
        break;
      case 'M':
        pieces.push(padded(part('month'), count));
        break;
      case 'd':
        pieces.push(padded(part('day'), count));
        break;
      case 'H':
        pieces.push(padded(part('hour'), count));
        break;
      case 'h':
        pieces.push(padded(call('hour-of-12', 'long', value), count));
        break;
      case 'm':
        pieces.push(padded(part('minute'), count));
        break;
      case 's':
        pieces.push(padded(part('second'), count));
        break;
      case 'f':
      case 'F':
        pieces.push(call(letter === 'f' ? 'time-fraction' : 'short-fraction', 'string', value, whole(count)));
        break;
      case 't':
        pieces.push(call('half-of-day', 'string', value));
        break;
      default:
        if (!DELIMITERS.test(letter)) throw invalid(`format_datetime() does not know ${letter} in a format.`, span);
        pieces.push(literal('string', letter));
    }
  }
  return joined(value, pieces);
}

const TIMESPAN_UNITS: Readonly<Record<string, readonly [unit: number, of: number]>> = {
  d: [864_000_000_000, 100_000_000],
  H: [36_000_000_000, 24],
  h: [36_000_000_000, 24],
  m: [600_000_000, 60],
  s: [10_000_000, 60],
};

/** format_timespan(). */
export function formatTimespan(value: Expr, format: string, span: Span): Expr {
  const size = call('abs', 'timespan', value);
  const pieces: Expr[] = [call('sign-of-timespan', 'string', value)];
  for (const [letter, count] of runs(format, { d: 8, H: 2, h: 2, m: 2, s: 2, f: 7, F: 7 })) {
    const unit = TIMESPAN_UNITS[letter];
    if (unit) {
      const counted = call('divide', 'long', cast(size, 'long'), whole(unit[0]));
      pieces.push(padded(call('modulo', 'long', counted, whole(unit[1])), count));
    } else if (letter === 'f' || letter === 'F') {
      pieces.push(call(letter === 'f' ? 'time-fraction' : 'short-fraction', 'string', size, whole(count)));
    } else if (DELIMITERS.test(letter)) {
      pieces.push(literal('string', letter));
    } else {
      throw invalid(`format_timespan() does not know ${letter} in a format.`, span);
    }
  }
  return joined(value, pieces);
}
