import { DuckDBInstance } from '@duckdb/node-api';
import { sqlSteps } from '../../engine/sql';
import csvText from './bare-csv.sql?raw';
import jsonText from './bare-json.sql?raw';
import sessionText from './sessionise.sql?raw';

/** DuckDB with nothing around it: see the .sql files. */
export const bareDuckdb = (path: string): Promise<void> => run(sessionText, path);

/** The bare typed read of the columns that Doppel keeps, and no more. */
export const bareRead = (path: string): Promise<void> => run(path.endsWith('.csv') ? csvText : jsonText, path);

async function run(text: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { name, sql } of sqlSteps(text)) {
    const result = await connection.runAndReadAll(sql, name === 'read' ? { file: path } : undefined);
    if (name === 'count') console.log(`${String(result.getRows()[0]?.[0])} rows`);
  }
  connection.closeSync();
  instance.closeSync();
}
