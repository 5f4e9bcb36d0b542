import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
/** What a path in a text begins with: the folders and files of the project's root. */
const topLevel = readdirSync(root).filter((name) => !['node_modules', 'dist'].includes(name));
// read at run time, so that the test holds for whatever scripts there are
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Paths in `code`, and the targets of links and images; not patterns, not addresses, not what a command leaves behind. */
function namedPaths(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const code = [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => topLevel.includes(path.split('/', 1)[0] ?? '') && !/[*<{]|[A-Z]{3,}\.|NAME/.test(path));
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.includes('://'))
    .map((target) => relative(root, join(root, dirname(document), target)));
  return [...code, ...links];
}

describe.each(documents)('%s', (document) => {
  test('names only paths that exist', () => {
    expect(namedPaths(document).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/\bnpm (?:run )?(start|test|[a-z-]+)(?= --|`|\n| &&)/g)].map(
      ([, name = '']) => name,
    );
    const builtIn = ['ci', 'install'];
    expect(named.filter((name) => !builtIn.includes(name) && !(name in scripts))).toEqual([]);
  });

  test('names no path of one machine', () => {
    expect(readFileSync(join(root, document), 'utf8')).not.toMatch(/(^|[\s`("'])\/(work|home|root|Users)\//m);
  });
});

test('the README leads to the other documents', () => {
  const named = new Set(namedPaths('README.md'));
  for (const document of documents.slice(1)) expect(named).toContain(document);
});
