import { DuckDBInstance } from '@duckdb/node-api';
import { sqlSteps } from '../../engine/sql';
import text from './sessionise.sql?raw';

/** DuckDB with nothing around it: see the .sql file. */
export async function bareDuckdb(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { name, sql } of sqlSteps(text)) {
    const result = await connection.runAndReadAll(sql, name === 'read' ? { file: path } : undefined);
    if (name === 'count') console.log(`${String(result.getRows()[0]?.[0])} segments`);
  }
  connection.closeSync();
  instance.closeSync();
}
