import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Package {
  version?: string;
  resolved?: string;
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));
// npm wrote these two files, in npm's own format
const manifest = read('package.json') as Manifest;
const { packages } = read('package-lock.json') as { packages: Record<string, Package> };

describe('package-lock.json', () => {
  test('locks every optional platform package, so that npm ci works on every platform', () => {
    const missing: string[] = [];
    for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
      for (const [name, range] of Object.entries(optionalDependencies)) {
        const locked = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
        if (!locked) missing.push(`${path}: ${name}@${range}`);
      }
    }
    expect(missing).toEqual([]);
    // the one whose absence breaks the app, not only a tool
    expect(Object.keys(packages).filter((path) => path.includes('@duckdb/node-bindings-')).length).toBeGreaterThan(4);
  });

  test('names no registry, so that npm ci asks the one that the user has configured', () => {
    expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
  });

  test('holds a checksum for every package', () => {
    const unchecked = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && !integrity);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });
});

test('package.json names exact versions, and they are the ones that are locked', () => {
  const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version))).toEqual([]);
  expect(named.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
});
