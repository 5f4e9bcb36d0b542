import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EmptyMender, mendEmpties } from './empty-mender';

test.each([
  ['{"a": ,"b":,"c": }', '{"a": null,"b":null,"c": null}'],
  ['{"a":[],"b":{"c": }}', '{"a":[],"b":{"c": null}}'],
  [String.raw`{"a": "x: ,\": ,}", "b": ,"c": "\\"}`, String.raw`{"a": "x: ,\": ,}", "b": null,"c": "\\"}`],
  ['{"a": "not closed: ,\n{"b": ,"c": 1}', '{"a": "not closed: ,\n{"b": null,"c": 1}'],
  ['{\n  "a":\n  ,\n  "b": 1\n}', '{\n  "a":\n  null,\n  "b": 1\n}'],
])('%j', (text, mended) => {
  expect(mendEmpties(text)).toBe(mended);
});

test('valid JSON stays as it is, whatever its strings say', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), undefined, indent);
      expect(mendEmpties(text)).toBe(text);
    }),
  );
});

test('where the pieces are cut makes no difference', () => {
  const text = Buffer.from(String.raw`{"a": ,"b": "x\\": ,"c": "\": ,",` + '\n"d":\n}');
  for (let cut = 0; cut <= text.length; cut++) {
    const out: Buffer[] = [];
    const mender = new EmptyMender((bytes) => out.push(Buffer.from(bytes)));
    mender.push(text.subarray(0, cut));
    mender.push(text.subarray(cut));
    mender.finish();
    expect(Buffer.concat(out).toString()).toBe(mendEmpties(text.toString()));
  }
});
