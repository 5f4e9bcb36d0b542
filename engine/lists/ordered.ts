import type { Cell, Connection, Database, Values } from '../db';
import { tablesOf } from '../detect/tables';

/** Which rows of a table a list shows, and in which order. */
export interface Order {
  /** A query of the ids of the rows that match (column row_id) and whatever `by` sorts them by. */
  matching: string;
  /** What `matching` names. */
  values: Values;
  /** The sort keys; they must leave no ties, or pages would not fit together. */
  by: string;
}

export interface Page {
  offset: number;
  limit: number;
  /** What the query of the rows names besides what the order does. */
  values?: Values;
}

/** At most so many ordered lists of one log are kept, the most recently used. */
const KEPT = 8;

/** The ids of an ordered list in a table of their own: rowid is the place in the list. */
interface OrderedList {
  table: string;
  total: Promise<number>;
  /** The table is gone, or never came to be: whoever was about to read it makes the list anew. */
  gone: boolean;
}

interface Lists {
  generation: number;
  /** By the text of the order; the least recently used first. */
  kept: Map<string, OrderedList>;
  made: number;
}

const listsOf = new WeakMap<Database, Lists>();

/**
 * One page of an ordered list, and how many rows the whole list has. The order is worked out once and kept; `rows` is a
 * query over `listed` (place, row_id: the page's rows) that must end in `order by place`.
 */
export async function pageOf(
  database: Database,
  order: Order,
  rows: string,
  { offset, limit, values }: Page,
  signal: AbortSignal | undefined,
): Promise<{ total: number; rows: Cell[][]; generation: number }> {
  return tablesOf(database).read(async (generation) => {
    for (;;) {
      const list = listFor(database, order, generation, signal);
      try {
        const total = await list.total;
        const page = await database.use(signal, (connection) =>
          connection.manyRows(listed(list.table) + rows, { ...order.values, ...values, offset, end: offset + limit }),
        );
        return { total, rows: page, generation };
      } catch (error) {
        // its table was dropped, or the call that was making it was cancelled: not by us, so once more
        if (!list.gone || signal?.aborted) throw error;
      }
    }
  });
}

function listed(table: string): string {
  return `with listed as (
    select rowid as place, row_id from ${table} where rowid >= $offset and rowid < $end
  )\n`;
}

function listFor(database: Database, order: Order, generation: number, signal: AbortSignal | undefined): OrderedList {
  const lists = currentLists(database, generation);
  const key = JSON.stringify([order.matching, order.values, order.by]);
  const known = lists.kept.get(key);
  if (known) {
    lists.kept.delete(key);
    lists.kept.set(key, known);
    return known;
  }
  lists.made += 1;
  const table = `ordered_list_${lists.made}`;
  const list: OrderedList = {
    table,
    total: database.use(signal, (connection) => makeList(connection, table, order)),
    gone: false,
  };
  list.total.catch(() => {
    list.gone = signal?.aborted === true;
    if (lists.kept.get(key) === list) lists.kept.delete(key);
  });
  lists.kept.set(key, list);
  for (const [oldest, old] of lists.kept) {
    if (lists.kept.size <= KEPT) break;
    lists.kept.delete(oldest);
    drop(database, old);
  }
  return list;
}

function currentLists(database: Database, generation: number): Lists {
  const known = listsOf.get(database);
  if (known?.generation === generation) return known;
  for (const list of known?.kept.values() ?? []) drop(database, list);
  const fresh: Lists = { generation, kept: new Map(), made: known?.made ?? 0 };
  listsOf.set(database, fresh);
  return fresh;
}

async function makeList(connection: Connection, table: string, { matching, values, by }: Order): Promise<number> {
  await connection.run('begin transaction'); // cancelled half-way, the table is gone with the connection
  await connection.run(`create table ${table} as select row_id from (${matching}\n) order by ${by}`, values);
  const [total] = await connection.row(`select count(*) from ${table}`);
  await connection.run('commit');
  return Number(total);
}

/** Once it has been made, where it still is being made. What cannot be dropped goes when the log is closed. */
function drop(database: Database, list: OrderedList): void {
  list.gone = true;
  list.total
    .then(() => database.use(undefined, (connection) => connection.run(`drop table if exists ${list.table}`)))
    .catch(() => undefined);
}
