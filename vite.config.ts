import { chmodSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { EnvironmentOptions, Plugin } from 'vite';

const root = import.meta.dirname;
/**
 * Loaded from node_modules at run time: native code, the package that exists only inside Electron, and the benches' browser.
 * (DuckDB's JavaScript is bundled: Node takes 0.2 s of processor to import its 60 files.)
 */
const external = [
  'electron',
  '@duckdb/node-bindings',
  'playwright',
  '@playwright/test',
  'bufferutil',
  'utf-8-validate',
];

/** One bundle that runs in Node: target Node 20, because both Electron and plain Node must run it. */
function node(input: Record<string, string>, format: 'es' | 'cjs' = 'es'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { external, noExternal: true },
    build: {
      outDir: `${root}/dist/node`,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        input,
        external,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  };
}

/** `npx doppel` runs the built file itself, so it has to be executable; npx makes it so only the first time. */
const executableCli: Plugin = {
  name: 'executable-cli',
  writeBundle: ({ dir }, bundle) => {
    if (bundle['cli.js']) chmodSync(`${dir}/cli.js`, 0o755);
  },
};

export default defineConfig({
  root: `${root}/renderer`,
  base: './',
  plugins: [react(), executableCli],
  environments: {
    client: {
      build: { outDir: `${root}/dist/renderer`, emptyOutDir: true, target: 'chrome146', assetsInlineLimit: 0 },
    },
    node: node({
      cli: `${root}/cli/main.ts`,
      start: `${root}/cli/start.ts`,
      engine: `${root}/engine/start.ts`,
      case: `${root}/engine/case/start.ts`,
      scan: `${root}/engine/ingest/scan-worker.ts`,
      electron: `${root}/electron/entry.ts`,
      sample: `${root}/samples/main.ts`,
      bench: `${root}/bench/main.ts`,
      fuzz: `${root}/test/fuzz/main.ts`,
    }),
    preload: node({ preload: `${root}/electron/preload.ts` }, 'cjs'),
  },
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
    },
  },
});
