import { expect, test } from 'vitest';
import { LONGEST_ROW, parseRows } from './csv-row';
import { CsvRows } from './csv-rows';
import { eachFault } from './faults';
import type { Fault } from './faults';
import type { CsvRepair } from './csv-rows';
import { eachGrowing } from './growing';

function repair(
  text: string | Uint8Array,
  size = 1_000_000,
): Omit<CsvRepair, 'faults' | 'starts'> & { faults: Fault[]; starts: number[]; written: string } {
  const out: Uint8Array[] = [];
  const rows = new CsvRows(',', 3, (bytes) => out.push(new Uint8Array(bytes)));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) rows.push(bytes.subarray(at, at + size));
  const found = rows.finish();
  return {
    ...found,
    faults: [...eachFault(found.faults)],
    starts: [...eachGrowing(found.starts)],
    written: Buffer.concat(out).toString(),
  };
}

const GOOD = ['1,2,3', '4,5,6'] as const;

test.each([
  ['an open quote', '7,"8,9', 'bad-quoting'],
  ['text after a closing quote', '7,"8"x,9', 'bad-quoting'],
  ['a backslash before a quote', String.raw`7,"8\"8",9`, 'bad-quoting'],
  ['a cell too few', '7,8', 'too-few-cells'],
  ['a cell too many', '7,8,9,0', 'too-many-cells'],
  ['a giant line', `7,${'8'.repeat(LONGEST_ROW)},9`, 'line-too-long'],
])('%s costs only its own line', (_, line, reason) => {
  for (const size of [line.length > 1000 ? 100_000 : 7, 1_000_000]) {
    const { written, faults, starts, lines } = repair(`a,b,c\n${GOOD[0]}\n${line}\n${GOOD[1]}\n`, size);
    expect(written).toBe(`a,b,c\n${GOOD[0]}\n${GOOD[1]}\n`);
    expect(faults).toEqual([{ line: 3, reason }]);
    expect(starts).toEqual([2, 4]);
    expect(lines).toBe(4);
  }
});

test('bytes that are no UTF-8 cost only their own line', () => {
  const text = Buffer.concat([Buffer.from('a,b,c\n1,2,3\n7,'), Buffer.of(0xff), Buffer.from(',9\n4,5,6\n')]);
  expect(repair(text)).toMatchObject({ written: 'a,b,c\n1,2,3\n4,5,6\n', faults: [{ line: 3, reason: 'not-utf8' }] });
});

test.each([
  ['line breaks in a cell', '1,"x\ny\r\nz",3\n', '1,"x\ny\r\nz",3\n', [2, 5]],
  ['a carriage return before the line end', '1,2,3\r\n', '1,2,3\n', [2, 3]],
  ['a quote inside a bare cell', '1,x"y,3\n', '"1","x""y","3"\n', [2, 3]],
  ['spaces around a quoted cell', '1, "x,y" ,3\n', '"1","x,y","3"\n', [2, 3]],
  ['a bare carriage return', '1,x\ry,3\n', '"1","x\ry","3"\n', [2, 3]],
  ['a blank line after it', '1,2,3\n \n', '1,2,3\n', [2, 4]],
])('a row with %s is kept', (_, row, written, starts) => {
  for (const size of [1, 2, 5, 1000]) {
    const result = repair(`a,b,c\n${row}4,5,6\n`, size);
    expect(result.written).toBe(`a,b,c\n${written}4,5,6\n`);
    expect(result.starts).toEqual(starts);
    expect(result.faults).toEqual([]);
  }
});

test('an open quote among quoted rows, and one in the last line', () => {
  const rows = Array.from({ length: 200 }, (_, index) => `"${index}","b","c"\n`);
  rows[100] = '"100,"b","c"\n';
  rows[199] = '"199","b","c\n';
  const { faults, starts, lines } = repair(`a,b,c\n${rows.join('')}`, 100);
  expect(faults).toEqual([
    { line: 102, reason: 'bad-quoting' },
    { line: 201, reason: 'bad-quoting' },
  ]);
  expect(starts.length).toBe(198);
  expect(lines).toBe(201);
});

test('every line is in a row, blank, or rejected', () => {
  const { starts, faults, blankLines, lines } = repair('\n\na,b,c\n1,2,3\n\nx\n"1\n",2,3\n"\n');
  expect({ starts: starts, faults, blankLines, lines }).toEqual({
    starts: [4, 7],
    faults: [
      { line: 6, reason: 'too-few-cells' },
      { line: 9, reason: 'bad-quoting' },
    ],
    blankLines: 3,
    lines: 9,
  });
});

test('the last row needs no line end', () => {
  expect(repair('a,b,c\n1,2,3').written).toBe('a,b,c\n1,2,3\n');
  expect(repair('a,b,c\r\n1,2,"3"').written).toBe('a,b,c\n1,2,"3"\n');
});

test('parseRows gives values', () => {
  expect(parseRows('a,"b ""x""",c\r\n\n1,"2\n",3', ',', 10)).toEqual([
    ['a', 'b "x"', 'c'],
    ['1', '2\n', '3'],
  ]);
});
