/** The log records of one user, as they stand in the files: for a program, and for a person at a terminal. */
import { DoppelError } from '../../shared/errors';
import type { EvidenceRecord } from '../../shared/evidence';
import { accountOf } from '../../shared/manifest';
import type { Run } from '../../shared/manifest';
import type { Client } from '../../shared/rpc';
import { isoTime } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { RAW_PROBLEM_WORDS, recordPlace } from '../../shared/words';

const PAGE = 200;

/** By time. */
async function* recordsOf(client: Client, user: string, signal: AbortSignal): AsyncGenerator<EvidenceRecord> {
  for (let offset = 0; ; offset += PAGE) {
    const { total, rows } = await client.call('evidence.page', { of: { user }, offset, limit: PAGE }, { signal });
    yield* rows;
    if (offset + PAGE >= total) return;
  }
}

/** `doppel.records/1`: times in ISO 8601 UTC. */
export async function* recordJsonPieces(
  client: Client,
  run: Run,
  user: string,
  at: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const head = { schema: 'doppel.records/1', ...accountOf(run, { kind: 'records', user }, at) };
  yield `${JSON.stringify(head).slice(0, -1)},\n"records":[`;
  let separator = '\n';
  for await (const record of recordsOf(client, user, signal)) {
    yield separator + JSON.stringify({ ...record, time: isoTime(record.time) });
    separator = ',\n';
  }
  yield ']}\n';
}

/** Two lines a record: what it says and where it stands, then its text. */
export async function* recordTablePieces(client: Client, user: string, signal: AbortSignal): AsyncGenerator<string> {
  for await (const record of recordsOf(client, user, signal)) {
    const { time, action, SrcIpAddr, file, raw, isCut, problem } = record;
    const place = `${visibleText(file)}, ${recordPlace(record)}`;
    yield `${isoTime(time)}  ${action.padEnd(6)}  ${visibleText(SrcIpAddr)}  ${place}\n`;
    yield `    ${problem ? `(${RAW_PROBLEM_WORDS[problem]})` : visibleText(raw ?? '')}${isCut ? ' (only the first 64 kB)' : ''}\n`;
  }
}

/** The user key of a name as somebody writes it. Throws `bad-params`, naming those like it, where the log has no such user. */
export async function userKeyOf(client: Client, name: string, signal: AbortSignal): Promise<string> {
  const wanted = name.trim().slice(0, 500);
  const folded = wanted.normalize('NFC').toLowerCase();
  let like: string[] = [];
  for (let offset = 0; ; offset += 1000) {
    const { total, rows } = await client.call('users.page', { text: wanted, offset, limit: 1000 }, { signal });
    const found = rows.find(({ user, DstUserName }) => DstUserName === wanted || user === folded);
    if (found) return found.user;
    if (offset === 0 && wanted !== '') like = rows.slice(0, 3).map(({ DstUserName }) => visibleText(DstUserName));
    if (offset + 1000 >= total) break;
  }
  const hint = like.length === 0 ? 'Check the spelling.' : `Names like it: ${like.join(', ')}.`;
  throw new DoppelError('bad-params', `There is no user "${visibleText(name)}" in the log. ${hint}`);
}
