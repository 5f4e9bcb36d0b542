import { nodeFs } from '../../engine/case/file-system';
import type { CaseFs } from '../../engine/case/file-system';

const CALLS = [
  'openSync',
  'closeSync',
  'readSync',
  'writeSync',
  'fsyncSync',
  'fdatasyncSync',
  'ftruncateSync',
  'renameSync',
  'unlinkSync',
  'mkdirSync',
  'fstatSync',
  'lstatSync',
] as const satisfies readonly (keyof CaseFs)[];

export interface Fault {
  /** The k-th call fails, counted from 1. */
  at: number;
  code: 'EIO' | 'ENOSPC';
  /** All later calls fail, too. */
  forEver: boolean;
}

/** The real file system, of which the k-th call fails. A call that closes a descriptor does so before it fails. */
export function faultyFs(fault: Fault): { disk: CaseFs; calls: () => number } {
  let calls = 0;
  const disk: CaseFs = { ...nodeFs };
  for (const name of CALLS) {
    const real = nodeFs[name] as (...args: unknown[]) => unknown; // only passed through
    Object.assign(disk, {
      [name]: (...args: unknown[]): unknown => {
        calls += 1;
        const fails = fault.forEver ? calls >= fault.at : calls === fault.at;
        if (fails && name === 'closeSync') real(...args);
        if (fails) throw Object.assign(new Error(`${fault.code}: made to fail`), { code: fault.code });
        return real(...args);
      },
    });
  }
  return { disk, calls: () => calls };
}

/** A disk with so many bytes left: writes are short when they do not fit, and then fail, as a real one's do. */
export function fullFs(bytesLeft: number): CaseFs {
  let left = bytesLeft;
  return {
    ...nodeFs,
    writeSync: (fd, buffer, offset, length, position) => {
      const size = nodeFs.fstatSync(fd).size;
      const fits = Math.min(length, Math.max(0, size - position) + left);
      if (fits <= 0) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
      const written = nodeFs.writeSync(fd, buffer, offset, fits, position);
      left -= Math.max(0, position + written - size);
      return written;
    },
    ftruncateSync: (fd, length) => {
      left += Math.max(0, nodeFs.fstatSync(fd).size - length);
      nodeFs.ftruncateSync(fd, length);
    },
    unlinkSync: (path) => {
      const { size } = nodeFs.lstatSync(path);
      nodeFs.unlinkSync(path);
      left += size;
    },
  };
}
