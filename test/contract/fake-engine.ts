/** An engine without data: enough of the contract to see every kind of message cross a transport. */
import type { ServedEngine } from '../../engine/parent';
import { methods } from '../../shared/contract';
import { DoppelError } from '../../shared/errors';
import type { Handlers } from '../../shared/rpc';

const nothingOpen = (): never => {
  throw new DoppelError('nothing-open', 'No log is open. Open one first.');
};

/** For every method the answer that nothing is open. */
function nothingFor(names: readonly string[]): Handlers {
  // every method of the contract is among the names
  return Object.fromEntries(names.map((name) => [name, nothingOpen])) as unknown as Handlers;
}

export function createFakeEngine(): ServedEngine {
  let aborted = 0;
  let sample = 'no sample';
  const offered: string[] = [];
  const handlers: Handlers = {
    ...nothingFor(Object.keys(methods)),
    // `engine` tells what happened here, so that a test on the other side can see it
    'app.info': () => ({
      version: '1.2.3',
      engine: `aborted ${aborted}; ${sample}; offered ${offered.join(',')}`,
      pid: process.pid,
      user: 'ann',
    }),
    'files.offered': () => offered.map((name) => ({ id: name, name, bytes: 1 })),
    'file.preview': () => {
      throw new Error('the fake engine shows no preview');
    },
    'files.sample': () => {
      throw new TypeError('a mistake of ours');
    },
    // goes on until it is cancelled
    'log.open': (_params, context) => {
      context.progress({ step: 'reading', file: 'a.ndjson', bytesDone: 1, bytesTotal: 2, records: 3 });
      return new Promise((_resolve, reject) => {
        context.signal.addEventListener('abort', () => {
          aborted++;
          reject(new Error('stopped'));
        });
      });
    },
    'log.state': () => ({ log: null, detection: null, before: null }),
    'decisions.mirror': () => null,
    'rule.export': ({ format, parameters }) => ({
      name: `rule.${format}`,
      text: `${JSON.stringify(parameters)}\r\n${'| where x\t!= "é"\n'.repeat(1000)}`,
    }),
    'overlaps.histogram': () => ({ from: 0, to: 1, overlaps: Uint32Array.of(1, 2), users: Uint32Array.of(3) }),
    'timeline.get': ({ user }) => ({
      user,
      DstUserName: user,
      lanes: [],
      segments: {
        lane: Uint32Array.of(1, 2 ** 32 - 1),
        start: Float64Array.of(1.5, -0, Number.MAX_SAFE_INTEGER),
        end: new Float64Array(0),
        lastSeen: new Float64Array(0),
        starting: new Uint8Array(0),
        ending: Uint8Array.of(0, 255, 1),
        records: Uint32Array.of(8),
      },
      overlaps: {
        lane: Uint32Array.of(),
        previousLane: Uint32Array.of(),
        start: Float64Array.of(),
        end: Float64Array.of(),
      },
      from: 0,
      to: 1,
    }),
  };
  return {
    handlers,
    offer: async (files) => {
      offered.push(...files.map(({ name }) => name));
      return files.map(({ name }) => ({ id: name, name, bytes: 1 }));
    },
    setLimits: () => undefined,
    setCase: () => undefined,
    setSample: (path) => {
      sample = `sample ${path}`;
    },
  };
}
