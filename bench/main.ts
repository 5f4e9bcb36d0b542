/** `npm run bench -- NAME`: measurements, run by hand and reported in docs/performance.md. Never a test. */
import { messageOf } from '../shared/errors';
import { printMachine } from './report';

const BENCHES: Record<string, () => Promise<() => Promise<void>>> = {
  detect: async () => (await import('./detect')).benchDetect,
  ingest: async () => (await import('./ingest')).benchIngest,
  rule: async () => (await import('./rule')).benchRule,
  evidence: async () => (await import('./evidence')).benchEvidence,
  'many-files': async () => (await import('./many-files')).benchManyFiles,
  memory: async () => (await import('./memory')).benchMemory,
  'twenty-gb': async () => (await import('./twenty-gb')).benchTwentyGb,
  cancel: async () => (await import('./cancel')).benchCancel,
  cache: async () => (await import('./cache')).benchCache,
  case: async () => (await import('./case')).benchCase,
  handover: async () => (await import('./handover')).benchHandover,
  'hot-user': async () => (await import('./hot-user')).benchHotUser,
  timeline: async () => (await import('./timeline')).benchTimeline,
  queue: async () => (await import('./queue')).benchQueue,
  start: async () => (await import('./queue')).benchStart,
  triage: async () => (await import('./triage')).benchTriage,
  'window-thread': async () => (await import('./window-thread')).benchWindowThread,
};

/** What the benches start as processes of their own. Loaded when called: a peer pays for nothing but itself. */
const PEERS: Record<string, () => Promise<(path: string, more: string) => Promise<void>>> = {
  duckdb: async () => (await import('./peers/duckdb')).bareDuckdb,
  'bare-read': async () => (await import('./peers/duckdb')).bareRead,
  ingest: async () => (await import('./peers/ingest')).ingestAlone,
  cache: async () => (await import('./cache')).openWithCache,
  case: async () => (await import('./case')).openCase,
  handover: async () => (await import('./handover')).handoverAlone,
  'node-lines': async () => (await import('./peers/node-lines')).nodeLines,
  detection: async () => (await import('./peers/detection')).detectionAlone,
};

async function main([name = '', peer = '', path = '', more = '']: string[]): Promise<void> {
  if (name === 'peer') {
    const load = Object.hasOwn(PEERS, peer) ? PEERS[peer] : undefined;
    if (!load) throw new Error(`There is no peer "${peer}".`);
    return (await load())(path, more);
  }
  const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!load) throw new Error(`Usage: npm run bench -- ${Object.keys(BENCHES).join('|')}`);
  printMachine();
  return (await load())();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
