import { join } from 'node:path';
import { build } from 'vite';

/** Builds the fake engine into `folder` as a file that Node can run, and returns that file. */
export async function buildFakeEngine(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'fake-engine-start.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'engine.mjs' } },
    },
  });
  return join(folder, 'engine.mjs');
}
