import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The script that everybody writes first: lines, JSON.parse, a count a user. It detects nothing. */
export async function nodeLines(path: string): Promise<void> {
  const records = new Map<string, number>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const record = JSON.parse(line) as { Username: string }; // the bench's own log, which the sample generator wrote
    records.set(record.Username, (records.get(record.Username) ?? 0) + 1);
  }
  console.log(`${records.size} users`);
}
