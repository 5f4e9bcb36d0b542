import { expect, test } from 'vitest';
import { SECURITY_HEADERS, contentType, rendererFile } from './renderer-files';

test('plain names are files', () => {
  expect(rendererFile('/')).toEqual(['index.html']);
  expect(rendererFile('/assets/index-B_x-1.js')).toEqual(['assets', 'index-B_x-1.js']);
});

test.each([
  '',
  'index.html',
  '//',
  '/a//b',
  '/.',
  '/..',
  '/a/../b',
  '/.env',
  '/a/.b',
  '/%2e%2e/a',
  '/..%2fa',
  '/a%5c..%5cb',
  '/c:',
  '/%00',
  '/%',
  '/a%20b',
  '/é',
])('%j is no file of the renderer', (path) => expect(rendererFile(path)).toBeUndefined());

test('a type that is not known is never guessed by a browser', () => {
  expect(contentType('a/b.css')).toBe('text/css; charset=utf-8');
  expect(['a.exe', 'noextension', 'a.constructor'].map(contentType)).toEqual(Array(3).fill('application/octet-stream'));
  expect(SECURITY_HEADERS['x-content-type-options']).toBe('nosniff');
});

test('the policy lets nothing inline and nothing foreign in', () => {
  expect(SECURITY_HEADERS['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
});
