import { DoppelError } from '../../shared/errors';
import { parseTimeZone } from '../../shared/time-zone';
import type { Connection, Values } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import adjustText from './adjust.sql?raw';
import type { Extraction } from './format';

const STEPS = sqlSteps(adjustText);
const QUERIES = ['adjust', 'clock-changes'];

/** What is done to the texts that a format extracts before they are understood. */
export interface Adjustment {
  dayFirst: boolean;
  /** The zone of times that do not name theirs; undefined: UTC, as log_time takes them. */
  timeZone: string | undefined;
  /** No column tells the action: every record is proof of presence. */
  allActive: boolean;
}

/** Times that lie where the clock of the chosen zone was changed. */
export interface ClockChanges {
  skipped: number;
  twice: number;
}

/** Whether there is anything to do. */
export function isAdjusting(adjustment: Adjustment | undefined): adjustment is Adjustment {
  return adjustment !== undefined && (adjustment.dayFirst || adjustment.timeZone !== undefined || adjustment.allActive);
}

/** What every connection that adjusts has to have run once. */
export async function createAdjusting(connection: Connection): Promise<void> {
  await connection.steps(STEPS.filter(({ name }) => !QUERIES.includes(name)));
}

/** The extraction with the adjustment put into effect; itself when there is nothing to do. */
export function adjusted(extraction: Extraction, adjustment: Adjustment | undefined): Extraction {
  return isAdjusting(adjustment) ? withQuery(extraction, adjustment, 'adjust') : extraction;
}

function withQuery({ sql, values, ...rest }: Extraction, adjustment: Adjustment, step: string): Extraction {
  const zone = adjustment.timeZone === undefined ? undefined : parseTimeZone(adjustment.timeZone);
  return {
    ...rest,
    sql: `with raw as not materialized (${sql}) ${sqlStep(STEPS, step).replace(/;\s*$/u, '')}`,
    values: {
      ...values,
      day_first: adjustment.dayFirst,
      all_active: adjustment.allActive,
      zone: zone && 'name' in zone ? zone.name : null,
      offset_ms: zone && 'offsetMs' in zone ? zone.offsetMs : 0,
    },
  };
}

/** Counts the times that lie where the clock was changed. Reads the text once more, and only for a zone with a name. */
export async function clockChanges(
  connection: Connection,
  extraction: Extraction,
  adjustment: Adjustment | undefined,
  path: Values,
): Promise<ClockChanges> {
  const zone = adjustment?.timeZone === undefined ? undefined : parseTimeZone(adjustment.timeZone);
  if (!adjustment || !zone || !('name' in zone)) return { skipped: 0, twice: 0 };
  const { sql, values } = withQuery(extraction, adjustment, 'clock-changes');
  const [skipped, twice] = await connection.row(sql, { ...values, ...path });
  return { skipped: Number(skipped), twice: Number(twice) };
}

/** Throws `bad-choice` for a zone that DuckDB does not know. */
export async function checkTimeZone(connection: Connection, text: string | undefined): Promise<void> {
  const zone = text === undefined ? undefined : parseTimeZone(text);
  if (!zone || !('name' in zone)) return;
  const [known] = await connection.row('select count(*) from pg_timezone_names() where name = $zone', {
    zone: zone.name,
  });
  if (known === 0)
    throw new DoppelError(
      'bad-choice',
      `There is no time zone ${zone.name}. Take one such as Europe/Berlin or +02:00.`,
    );
}
