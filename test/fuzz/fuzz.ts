import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../engine/handlers';
import { channelPair } from '../../shared/channel';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { DoppelError, messageOf } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import { connect, serve } from '../../shared/rpc';
import type { FuzzInput } from './inputs';

/** How Doppel may say no to a file; any other code is a defect. */
const REFUSALS: readonly ErrorCode[] = [
  'unsupported-format',
  'damaged-archive',
  'no-zpa-records',
  'mapping-needed',
  'bad-choice',
  'file-unreadable',
];
const HANG_MS = 30_000;

export interface Fuzzer {
  /** Opens the input and runs the rule over it; says what is wrong, or how it ended well. */
  check(input: FuzzInput): Promise<{ defect: string } | { ended: 'read' | ErrorCode }>;
  /** Closes the engine; throws when it leaves a temporary file. */
  close(): Promise<void>;
}

/** One engine for many inputs. The input at hand lies in `folder`, so that it is there when the process dies or hangs. */
export function createFuzzer(folder: string): Fuzzer {
  mkdirSync(folder, { recursive: true });
  const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-fuzz-'));
  const engine = createEngine({ tempFolder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);
  const path = join(folder, 'input-at-hand');

  async function read(choices: FuzzInput['choices']): Promise<string[]> {
    const [handle] = await engine.offer([{ path, name: 'input' }]);
    if (!handle) return ['the file is not offered'];
    const { inputs } = await client.call('log.open', { files: [handle.id], choices: { [handle.id]: choices } });
    await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
    return inputs.flatMap(({ records, events, setAside, rejected, incomplete }) => {
      const sum = Object.values(setAside).reduce((total, n) => total + n, events + rejected);
      return sum === records || incomplete ? [] : [`${records} records, but ${sum} accounted for`];
    });
  }

  return {
    check: async ({ bytes, choices }) => {
      writeFileSync(path, bytes);
      let timer: NodeJS.Timeout | undefined;
      const hang = new Promise<string[]>((resolve) => {
        timer = setTimeout(() => resolve([`no answer after ${HANG_MS / 1000} s`]), HANG_MS);
      });
      try {
        const defects = await Promise.race([read(choices), hang]);
        const left = readdirSync(tempFolder);
        if (left.length > 1) defects.push(`temporary folders left: ${left.join(', ')}`);
        return defects.length > 0 ? { defect: defects.join('; ') } : { ended: 'read' };
      } catch (error) {
        if (error instanceof DoppelError && REFUSALS.includes(error.code)) return { ended: error.code };
        const code = error instanceof DoppelError ? error.code : 'no DoppelError';
        return { defect: `${code}: ${messageOf(error)}` };
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      client.close();
      await engine.close();
      const left = readdirSync(tempFolder);
      rmSync(tempFolder, { recursive: true });
      rmSync(path, { force: true });
      if (left.length > 0) throw new Error(`the engine leaves ${left.join(', ')}`);
    },
  };
}
