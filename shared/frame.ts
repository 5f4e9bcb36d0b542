/**
 * WebSocket framing. A message without typed arrays is JSON text. With them it is one binary frame:
 *
 *     u32 length of the header | header (JSON) | padding to 8 | arrays, each padded to 8
 *
 * The header is { message, arrays }: each array's place in the message is null there, and is named by its path,
 * so that no value inside a message can be mistaken for a reference.
 */
const KINDS = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;
type Bulk = InstanceType<(typeof KINDS)[Kind]>;
type Path = (string | number)[];
interface Slot {
  path: Path;
  kind: Kind;
  bytes: number;
}

const HEADER_LENGTH_BYTES = 4;
const padded = (bytes: number): number => (bytes + 7) & ~7;

/** A message as WebSockets carry it: text, or bytes when it holds typed arrays. */
export function encodeFrame(message: unknown): string | Uint8Array<ArrayBuffer> {
  if (!holdsBulk(message)) return JSON.stringify(message);
  const arrays: { path: Path; array: Bulk }[] = [];
  const rest = liftArrays(message, [], arrays);

  const slots: Slot[] = arrays.map(({ path, array }) => ({ path, kind: kindOf(array), bytes: array.byteLength }));
  const header = new TextEncoder().encode(JSON.stringify({ message: rest, arrays: slots }));
  const start = padded(HEADER_LENGTH_BYTES + header.length);
  const frame = new Uint8Array(start + slots.reduce((sum, slot) => sum + padded(slot.bytes), 0));
  new DataView(frame.buffer).setUint32(0, header.length, true);
  frame.set(header, HEADER_LENGTH_BYTES);
  let at = start;
  for (const { array } of arrays) {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return frame;
}

/** Throws RangeError or SyntaxError on a frame that encodeFrame did not make. */
export function decodeFrame(data: string | ArrayBuffer): unknown {
  if (typeof data === 'string') return JSON.parse(data);
  if (data.byteLength < HEADER_LENGTH_BYTES) throw new RangeError('frame is too short');
  const length = new DataView(data).getUint32(0, true);
  if (HEADER_LENGTH_BYTES + length > data.byteLength) throw new RangeError('frame header runs past its end');
  const text = new TextDecoder().decode(new Uint8Array(data, HEADER_LENGTH_BYTES, length));
  // shape checked by the accesses below, which throw on anything else
  const header = JSON.parse(text) as { message: unknown; arrays: Slot[] };
  let at = padded(HEADER_LENGTH_BYTES + length);
  for (const { path, kind, bytes } of header.arrays) {
    const Constructor = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (!Constructor || at + bytes > data.byteLength) throw new RangeError('bad array reference in frame');
    place(header, ['message', ...path], new Constructor(data, at, bytes / Constructor.BYTES_PER_ELEMENT));
    at += padded(bytes);
  }
  return header.message;
}

/** Asked first, because most messages hold none, and to copy a large one costs more than to look. */
function holdsBulk(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isBulk(value) || (Array.isArray(value) ? value : Object.values(value)).some(holdsBulk);
}

/** The value without its arrays, which go to `found`. What is no object is not looked at: a list may hold 100,000 texts. */
function liftArrays(value: unknown, path: Path, found: { path: Path; array: Bulk }[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isBulk(value)) {
    found.push({ path, array: value });
    return null;
  }
  const lifted = (item: unknown, key: string | number): unknown =>
    typeof item === 'object' ? liftArrays(item, [...path, key], found) : item;
  if (Array.isArray(value)) return value.map(lifted);
  // fromEntries makes a key __proto__ a key; an assignment would make it the prototype
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, lifted(item, key)]));
}

function place(root: object, path: Path, array: Bulk): void {
  let parent: unknown = root;
  for (const key of path.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) throw new RangeError('bad path');
    parent = (parent as Record<string | number, unknown>)[key]; // an own property, by the check above
  }
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined || !Object.hasOwn(parent, last)) {
    throw new RangeError('bad path');
  }
  (parent as Record<string | number, unknown>)[last] = array; // replaces an own null
}

function isBulk(value: object): value is Bulk {
  return ArrayBuffer.isView(value) && Object.hasOwn(KINDS, value.constructor.name);
}

function kindOf(array: Bulk): Kind {
  return array.constructor.name as Kind; // isBulk checked the name
}
