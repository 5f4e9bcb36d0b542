import { expect, test } from 'vitest';
import { chosenFiles, droppedFiles } from './folder-files';

const file = (name: string, content = 'x') => new File([content], name);

/** As a browser describes a dropped folder: one that tells of its entries a few at a time. */
function folderEntry(fullPath: string, entries: object[]) {
  const pieces = [entries.slice(0, 1), entries.slice(1), []];
  const createReader = () => ({ readEntries: (tell: (some: object[]) => void) => tell(pieces.shift() ?? []) });
  return { isDirectory: true, isFile: false, name: fullPath.split('/').at(-1), fullPath, createReader };
}
function fileEntry(fullPath: string, content?: string) {
  const name = fullPath.split('/').at(-1) ?? '';
  const tell = (give: (file: File) => void) => give(file(name, content));
  return { isDirectory: false, isFile: true, name, fullPath, file: tell };
}

test('files of a folder are called by their path in it; what the engine would leave out is not handed over', () => {
  const inFolder = (path: string, content?: string) =>
    Object.defineProperty(file(path.split('/').at(-1) ?? '', content), 'webkitRelativePath', { value: path });
  const files = chosenFiles([
    file('.own.json', ''),
    inFolder('.logs/a.json'),
    inFolder('.logs/.git/config'),
    inFolder('.logs/sub/.DS_Store'),
    inFolder('.logs/none.json', ''),
  ]);
  expect(files.map(({ name, isFound, leftOut }) => [name, isFound, leftOut])).toEqual([
    ['.own.json', false, undefined],
    ['.logs/a.json', true, undefined],
    ['.logs/.git/config', true, 'hidden'],
    ['.logs/sub/.DS_Store', true, 'system-file'],
    ['.logs/none.json', true, 'empty'],
  ]);
});

test('a dropped folder gives all files in it and in its folders, by name; a dropped file stays as it is', async () => {
  const folder = folderEntry('/logs', [
    fileEntry('/logs/b.json'),
    folderEntry('/logs/deep', [fileEntry('/logs/deep/z.json')]),
    fileEntry('/logs/a.json'),
  ]);
  const items = [
    { webkitGetAsEntry: () => folder, getAsFile: () => null },
    { webkitGetAsEntry: () => fileEntry('/one.json'), getAsFile: () => file('one.json') },
  ];
  const files = await droppedFiles({ items } as unknown as DataTransfer); // no browser is at hand to make one
  expect(files.map(({ name, isFound }) => [name, isFound])).toEqual([
    ['logs/a.json', true],
    ['logs/b.json', true],
    ['logs/deep/z.json', true],
    ['one.json', false],
  ]);
});
