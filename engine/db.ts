/** The only file that imports DuckDB. Everything else says what it wants in SQL, with bound values. */
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBBlobValue,
  DuckDBInstance,
  LIST,
  UINTEGER,
  UTINYINT,
  VARCHAR,
  version,
} from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBType } from '@duckdb/node-api';
import { DoppelError, throwIfCancelled } from '../shared/errors';
import { asDoppelError } from './db-error';
import { numbersOf, plain, textsOf } from './db-read';
import type { SqlStep } from './sql';

/** What can be bound: whole numbers become BIGINT, other numbers DOUBLE, lists VARCHAR[], bytes BLOB. */
export type Value = string | number | boolean | null | readonly string[] | Uint8Array;
export type Values = Record<string, Value>;
/** What comes back. BIGINT as number (every count and time of ours is a safe integer), lists as arrays. */
export type Cell = string | number | boolean | null | Cell[];

export interface DatabaseOptions {
  /** Real paths that SQL may read. DuckDB may read nothing else. */
  readable: readonly string[];
  /** Where DuckDB spills what does not fit into memory; a private folder. */
  spillFolder: string;
  /** Such as `800MB`. */
  memoryLimit: string;
  threads?: number;
  /** Where tables are kept; without it they are in memory. A private file: made when it is not there, and nobody else's bytes. */
  file?: string;
}

/** One DuckDB database. Connections are lent by `use`; what is cancelled is interrupted. */
export class Database {
  readonly #instance: DuckDBInstance;
  #closed = false;
  readonly #open = new Set<DuckDBConnection>();

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  /** A database that can read `readable` and nothing else; its settings cannot be changed afterwards. */
  static async open({ readable, spillFolder, memoryLimit, threads, file }: DatabaseOptions): Promise<Database> {
    const instance = await DuckDBInstance.create(file ?? ':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_unsigned_extensions: 'false',
      allow_persistent_secrets: 'false',
      temp_directory: spillFolder,
      memory_limit: memoryLimit,
      ...(threads === undefined ? {} : { threads: String(threads) }),
    });
    const database = new Database(instance);
    const setUp = database.use(undefined, async (connection) => {
      await connection.run("set TimeZone = 'UTC'");
      await connection.run('set enable_progress_bar = true');
      await connection.run('set enable_progress_bar_print = false');
      // a file is a private place for what does not fit into memory, thrown away at the end: nothing is to survive a crash
      await connection.run("set checkpoint_threshold = '1TB'");
      await connection.run('pragma disable_checkpoint_on_shutdown');
      await connection.run('set allowed_paths = $readable', { readable });
      await connection.run('set enable_external_access = false');
      await connection.run('set lock_configuration = true');
    });
    await setUp.catch((error: unknown) => {
      database.close(); // nobody else knows it
      throw error;
    });
    return database;
  }

  /**
   * Runs `work` on a connection of its own. Aborting the signal interrupts the query that is running there
   * (within about 10 ms), and `work` rejects with `cancelled`.
   */
  async use<T>(signal: AbortSignal | undefined, work: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#closed) throw new DoppelError('nothing-open', 'The log has been closed. Open it again.');
    throwIfCancelled(signal);
    const raw = await this.#instance.connect();
    this.#open.add(raw);
    let repeat: NodeJS.Timeout | undefined;
    // an interrupt between two queries, or before one has got going, is lost: so it is repeated, every 50 ms, until the work has ended
    const interrupt = (): void => {
      raw.interrupt();
      repeat = setInterval(() => raw.interrupt(), 50);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return await work(new Connection(raw, signal));
    } catch (error) {
      throwIfCancelled(signal);
      throw asDoppelError(error);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(repeat);
      this.#open.delete(raw);
      raw.closeSync();
    }
  }

  /** Frees everything. Queries that are still running are interrupted. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const connection of this.#open) connection.interrupt();
    this.#instance.closeSync();
  }
}

/** A column of many rows: DOUBLE, UINTEGER, UTINYINT, VARCHAR. */
export type Bulk = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | string[];

/** One connection: one query at a time. */
export class Connection {
  readonly #raw: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;

  constructor(raw: DuckDBConnection, signal: AbortSignal | undefined) {
    this.#raw = raw;
    this.#signal = signal;
  }

  /** How far the running query is, 0 to 100; -1 where DuckDB cannot tell. */
  get percentage(): number {
    return this.#raw.progress.percentage;
  }

  /** Runs one statement. Of `values` it takes those that the statement names. */
  async run(sql: string, values: Values = {}): Promise<void> {
    await this.#execute(sql, values, (statement) => statement.run());
  }

  /** Runs one statement and returns its rows, cells by position. */
  async rows(sql: string, values: Values = {}): Promise<Cell[][]> {
    const reader = await this.#execute(sql, values, (statement) => statement.runAndReadAll());
    return reader.getRows().map((row) => row.map(plain));
  }

  /**
   * The same for a query of thousands of rows: DuckDB writes each as JSON, which costs half of taking it over value by value.
   * Rows are in the order that the query gives them; a number must be finite.
   */
  async manyRows(sql: string, values: Values = {}): Promise<Cell[][]> {
    const texts = await this.rows(`select json_array(*columns(*))::varchar from (${sql}\n)`, values);
    return JSON.parse(`[${texts.join(',')}]`) as Cell[][]; // what JSON can hold of the values that `plain` lets through
  }

  /** The first row; throws when there is none. */
  async row(sql: string, values: Values = {}): Promise<Cell[]> {
    const [first] = await this.rows(sql, values);
    if (!first) throw new DoppelError('internal', 'A query that must give a row gave none.');
    return first;
  }

  /** Runs one statement and returns its columns. */
  async columns(sql: string, values: Values = {}): Promise<Cell[][]> {
    const reader = await this.#execute(sql, values, (statement) => statement.runAndReadAll());
    return reader.getColumns().map((column) => column.map(plain));
  }

  /** The bytes in the first column of a statement that gives BLOBs, row by row. */
  async blobs(sql: string, values: Values = {}): Promise<Uint8Array[]> {
    const reader = await this.#execute(sql, values, (statement) => statement.runAndReadAll());
    return (reader.getColumns()[0] ?? []).map((value) => {
      if (value instanceof DuckDBBlobValue) return value.bytes;
      throw new DoppelError('internal', 'A query that must give bytes gave something else.');
    });
  }

  /** Runs one statement of many rows whose columns are all of the types of Bulk and hold no null. */
  async bulk(sql: string, values: Values = {}): Promise<Bulk[]> {
    return this.#execute(sql, values, async (statement) => {
      const result = await statement.run();
      const chunks = Array.from({ length: result.chunkCount }, (_, at) => result.getChunk(at));
      return result.columnTypes().map((type, column) => {
        const numbers = arrayFor(type, result.rowCount);
        return numbers ? numbersOf(chunks, column, numbers) : textsOf(chunks, column);
      });
    });
  }

  /** Runs the steps of a .sql file one after another, each with the values that it names. */
  async steps(steps: readonly SqlStep[], values: Values = {}, onStep?: (name: string) => void): Promise<void> {
    for (const step of steps) {
      throwIfCancelled(this.#signal);
      onStep?.(step.name);
      await this.run(step.sql, values);
    }
  }

  /** The same for steps that take no values, all at once: a query of its own costs each of them more than what it does. */
  async script(steps: readonly SqlStep[]): Promise<void> {
    throwIfCancelled(this.#signal);
    try {
      await this.#raw.run(steps.map(({ sql }) => sql).join(';\n'));
    } catch (error) {
      throwIfCancelled(this.#signal);
      throw asDoppelError(error);
    }
  }

  /** Plans one statement and runs it as often as `work` wants, with other values each time. */
  async planned<T>(sql: string, work: (rows: (values: Values) => Promise<Cell[][]>) => Promise<T>): Promise<T> {
    return this.#prepared(sql, (statement) =>
      work(async (values) => {
        throwIfCancelled(this.#signal);
        bindAll(statement, values);
        const reader = await statement.runAndReadAll();
        return reader.getRows().map((row) => row.map(plain));
      }),
    );
  }

  async #execute<T>(sql: string, values: Values, go: (statement: DuckDBPreparedStatement) => Promise<T>): Promise<T> {
    return this.#prepared(sql, (statement) => {
      bindAll(statement, values);
      return go(statement);
    });
  }

  async #prepared<T>(sql: string, work: (statement: DuckDBPreparedStatement) => Promise<T>): Promise<T> {
    throwIfCancelled(this.#signal);
    // prepare refuses a text of several statements, which run() would execute
    let statement: DuckDBPreparedStatement | undefined;
    try {
      statement = await this.#raw.prepare(sql);
      throwIfCancelled(this.#signal);
      return await work(statement);
    } catch (error) {
      throwIfCancelled(this.#signal);
      throw asDoppelError(error);
    } finally {
      statement?.destroySync();
    }
  }
}

function arrayFor({ typeId }: DuckDBType, count: number): Exclude<Bulk, string[]> | undefined {
  if (typeId === DOUBLE.typeId) return new Float64Array(count);
  if (typeId === UINTEGER.typeId) return new Uint32Array(count);
  return typeId === UTINYINT.typeId ? new Uint8Array(count) : undefined;
}

/** Of `values` it takes those that the statement names. */
function bindAll(statement: DuckDBPreparedStatement, values: Values): void {
  for (let index = 1; index <= statement.parameterCount; index++) {
    const name = statement.parameterName(index);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new DoppelError('internal', `The query names $${name}, which has no value.`);
    bind(statement, index, value);
  }
}

function bind(statement: DuckDBPreparedStatement, index: number, value: Value): void {
  if (value === null) statement.bindNull(index);
  else if (typeof value === 'string') statement.bindValue(index, value, VARCHAR);
  else if (typeof value === 'boolean') statement.bindValue(index, value, BOOLEAN);
  else if (value instanceof Uint8Array) statement.bindBlob(index, value);
  else if (typeof value !== 'number') statement.bindList(index, value, LIST(VARCHAR));
  else if (Number.isSafeInteger(value)) statement.bindValue(index, BigInt(value), BIGINT);
  else statement.bindValue(index, value, DOUBLE);
}

/** Such as `v1.5.5`. */
export function duckdbVersion(): string {
  return version();
}

/** DuckDB takes a path for a pattern: `b[1].ndjson` would open b1.ndjson. */
export function escapeGlob(path: string): string {
  return path.replaceAll(/[[*?]/g, '[$&]');
}
