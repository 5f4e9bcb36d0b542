import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ctime } from '../samples/lss-json';
import { isoTime } from '../shared/time';

const DAY = Date.UTC(2026, 2, 2, 7);
const MINUTE = 60_000;
const COUNTRIES = ['DE', 'FR', 'US', 'BR', 'IN', 'SG', 'GB'];

/** A log in which each of so many users was at two source IPs at once, with so many more connections at the second; made once and kept in the folder for temporary files. */
export async function flaggedLog(users: number, more = 0): Promise<string> {
  const folder = join(tmpdir(), 'doppel-bench');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${users}-flagged-users${more === 0 ? '' : `-${more}-more`}.ndjson`);
  if (existsSync(path)) return path;
  console.log(`making ${path}`);
  await pipeline(Readable.from(pieces(users, more)), createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
  return path;
}

function* pieces(users: number, more: number): Generator<string> {
  for (let user = 0; user < users; user++) {
    const start = DAY + (user % 480) * MINUTE;
    const length = (5 + (user % 120)) * MINUTE;
    yield connection(user, 1, start, start + 2 * length);
    yield connection(user, 2, start + length, start + 3 * length);
    for (let at = 0; at < more; at++) {
      const from = start + 3 * length + at * MINUTE;
      yield connection(user, 2, from, from + MINUTE);
    }
  }
}

/** One connection that is closed by its record, which is enough for a segment. */
function connection(user: number, place: number, start: number, end: number): string {
  const name = `user${String(user).padStart(6, '0')}@alder.example`;
  const country = COUNTRIES[(user + place) % COUNTRIES.length] ?? '';
  const ip = `${place === 1 ? '198.51' : '203.0'}.${user % 250}.${Math.floor(user / 250) % 250}`;
  return (
    `{"LogTimestamp": "${ctime(end)}","Customer": "Alder Ltd","SessionID": "s${user}-${place}","ConnectionID": "s${user}-${place},c",` +
    `"InternalReason": "MT_CLOSED_TERMINATED","ConnectionStatus": "close","Username": "${name}","ClientPublicIP": "${ip}",` +
    `"ClientCountryCode": "${country}","Host": "app.alder.example","Application": "app.alder.example","ServicePort": 443,` +
    `"TimestampConnectionStart": "${isoTime(start)}","TimestampConnectionEnd": "${isoTime(end)}"}\n`
  );
}
