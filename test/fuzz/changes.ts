/** What can happen to a log on its way: damage to its bytes, and what people and tools do to its text. */
import fc from 'fast-check';

export type Change = (bytes: Buffer) => Buffer;

const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '""',
  ',',
  ':',
  '\\',
  '\\"',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '\u2028',
  '\ufeff',
  '|',
  '^',
  'null',
  '-0',
  '1e999',
  '9'.repeat(40),
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '1772438400000000',
  '"__proto__":{"x":1},',
  '[['.repeat(3000),
  '{"a":'.repeat(3000),
  'x'.repeat(70_000),
  '-9223372036854775808',
].map((text) => Buffer.from(text));
TOKENS.push(Buffer.of(0xff, 0xfe), Buffer.of(0xc0, 0xaf), Buffer.of(0xed, 0xa0, 0x80), Buffer.alloc(4096));

/** Anywhere alike: without noBias most places would be the very beginning, which makes of most inputs no log at all. */
const place = fc.noBias(fc.nat(1_000_000)).map((millionths) => millionths / 1_000_000);
const length = fc.nat(300);
/** A file that is cut keeps at least so much of itself. */
const LEAST_KEPT = 0.2;
const SEPARATORS = [',', ';', '\t', '|'];

/** Puts `content` in place of `cut` bytes at a place between the beginning (0) and the end (1). */
function replaced(bytes: Buffer, at: number, cut: number, content: Uint8Array): Buffer {
  const start = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, start), content, bytes.subarray(start + cut)]);
}

/** Part of a text, from a place on. */
function span(bytes: Buffer, from: number, size: number): Buffer {
  const start = Math.floor(from * bytes.length);
  return bytes.subarray(start, start + size);
}

const byLine =
  (change: (lines: string[]) => string[]): Change =>
  (bytes) =>
    Buffer.from(change(bytes.toString('latin1').split('\n')).join('\n'), 'latin1');

const inText =
  (change: (text: string) => string): Change =>
  (bytes) =>
    Buffer.from(change(bytes.toString('utf8')), 'utf8');

/** Bytes that are changed, lost, or come from elsewhere. */
export function damages(others: readonly Buffer[]): fc.Arbitrary<Change> {
  const other = fc.constantFrom(...others);
  return fc.oneof(
    fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 4 })).map(
      ([at, content]): Change =>
        (bytes) =>
          replaced(bytes, at, content.length, content),
    ),
    fc.tuple(place, length, fc.constantFrom(...TOKENS)).map(
      ([at, cut, token]): Change =>
        (bytes) =>
          replaced(bytes, at, cut % 3 ? 0 : cut, token),
    ),
    fc.tuple(place, length).map(
      ([at, cut]): Change =>
        (bytes) =>
          replaced(bytes, at, cut, Buffer.alloc(0)),
    ),
    place.map(
      (at): Change =>
        (bytes) =>
          bytes.subarray(0, Math.floor((LEAST_KEPT + at * (1 - LEAST_KEPT)) * bytes.length)),
    ),
    fc.tuple(place, place, length, other).map(
      ([at, from, size, source]): Change =>
        (bytes) =>
          replaced(bytes, at, 0, span(source, from, size)),
    ),
    fc.tuple(place, place, fc.nat(5000)).map(
      ([at, from, size]): Change =>
        (bytes) =>
          replaced(bytes, at, 0, span(bytes, from, size)),
    ),
  );
}

/** Any code points, halves of surrogate pairs too. The units that fast-check has for them take it seconds to begin with. */
export const anyText = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10ffff)), { maxLength: 40 })
  .map((codes) => String.fromCodePoint(...codes));

const hostileText = fc.oneof(
  anyText,
  fc.constantFrom('', ' ', '\u00a0', '\ufeffuser', '=1+1', '__proto__', '::1%eth0', '198.51.100.9:443', '\u202euser'),
  fc.constantFrom('0001-01-01T00:00:00Z', '1e999', '1772438400000000', '2026-03-29T02:30:00', '31/12/2026 24:00'),
);

/** What tools and people do: values, lines, columns, separators, line ends and encodings that are other than they were. */
export function edits(others: readonly Buffer[]): fc.Arbitrary<Change> {
  const nth = fc.nat(10_000);
  const other = fc.constantFrom(...others);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(nth, hostileText).map(([n, text]) => inText((all) => valueReplaced(all, n, text))),
    },
    fc.tuple(nth, nth).map(([a, b]) => byLine((lines) => swapped(lines, a, b))),
    fc.tuple(nth, nth).map(([from, to]) => byLine((lines) => copied(lines, from, to))),
    fc.tuple(nth, fc.nat(5)).map(([from, count]) => byLine((lines) => without(lines, from, count))),
    fc
      .tuple(fc.constantFrom(...SEPARATORS), fc.nat(12), fc.nat(12))
      .map(([separator, a, b]) =>
        byLine((lines) => lines.map((line) => swapped(line.split(separator), a, b).join(separator))),
      ),
    fc
      .tuple(fc.constantFrom(...SEPARATORS), fc.constantFrom(...SEPARATORS))
      .map(([from, to]) => inText((all) => all.replaceAll(from, to))),
    fc
      .tuple(nth, fc.constantFrom(...SEPARATORS))
      .map(([n, to]) =>
        byLine((lines) =>
          lines.map((line, index) => (index === n % lines.length ? line.replaceAll(/[,;\t]/gu, to) : line)),
        ),
      ),
    other.map(
      (more): Change =>
        (bytes) =>
          Buffer.concat([bytes, more]),
    ),
    fc.constantFrom('\r\n', '\r', '\n\n', '\u2028').map((end) => inText((all) => all.replaceAll('\n', end))),
    fc.constantFrom(...ENCODINGS),
  );
}

const ENCODINGS: readonly Change[] = [
  (bytes) => Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(bytes.toString('utf8'), 'utf16le')]),
  (bytes) => Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(bytes.toString('utf8'), 'utf16le').swap16()]),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1'), 'utf8'),
  (bytes) => Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]),
];

/** The n-th text between quotes, or cell between separators, is another. */
function valueReplaced(all: string, n: number, text: string): string {
  const isQuoted = all.includes('"');
  const found = [...all.matchAll(isQuoted ? /(?<=[:,[{\s])"[^"\n]*"/gu : /(?<=[,;\t\n])[^,;\t\n]*/gu)];
  const hit = found[n % Math.max(1, found.length)];
  if (!hit) return all;
  const value = isQuoted ? JSON.stringify(text) : text;
  return all.slice(0, hit.index) + value + all.slice(hit.index + hit[0].length);
}

function swapped(all: readonly string[], a: number, b: number): string[] {
  const [one, two] = [a % all.length, b % all.length];
  return all.map((each, index) => all[index === one ? two : index === two ? one : index] ?? each);
}

function copied(lines: readonly string[], from: number, to: number): string[] {
  return lines.toSpliced(to % lines.length, 0, lines[from % lines.length] ?? '');
}

function without(lines: readonly string[], from: number, count: number): string[] {
  return lines.toSpliced(from % lines.length, count);
}
