import { open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from './made-log';
import { containerOf, unpackerOf } from './unpack';

const files = new MadeFiles();
afterAll(() => files.remove());

const text = Array.from({ length: 400 }, (_, index) => `line ${index} ${(index * 7919) % 1000}\n`).join('');

async function unpack(packed: Uint8Array, pieceBytes = 1000): Promise<{ text: string; damage: string | undefined }> {
  const file = await open(files.write('packed', packed), 'r');
  try {
    const unpacker = await unpackerOf(containerOf(packed), file);
    const out: Uint8Array[] = [];
    for (let at = 0; at < packed.length; at += pieceBytes) {
      for await (const bit of unpacker.push(packed.subarray(at, at + pieceBytes))) out.push(bit);
    }
    out.push(...(await unpacker.finish()));
    return { text: Buffer.concat(out).toString(), damage: unpacker.damage };
  } finally {
    await file.close();
  }
}

// zstd cannot be written by Node 20: the frame of `text`, level 3, with its checksum
const zstd = Buffer.from(
  'KLUv/QRYnSYAunhQDRKgpaA5EYGqulta2kTkxP3qvgLVANQAyQB15HShz1mXI7knM490XNThrj4r22zusk4W8djFYsVr02mVwzgHC/SV0VZUV4lNxXtqKbtFMUt4VHuokI9ONqq5aGii1kNhC51dqps0B0kciPwmdBvrNSTTyDykZULdsZpDdszcYfpJxCYXlxQnmT5SWSTmys2UokOoDiL2lbf1qk2leCpcyt4GmTU5WnPo0MfWxrCLZxPrHs7CxmVw8njQeiDJFzJbkK4INYXVE2RLyN3gjBDHxSGi+HG6tXJJzDQ3DxUtNXWtNi/uWBAwAAiEw4KAAUB1EdMFnwsuF70XMi/muKDDBX0WtVnYZXGTxWOxWMW14LT2MMrBwnxlsxXRVVJT0Z4Kt1TcrZgVcVTwUNGPohuFXBQzUdBDUQtFXQqbFHdQHCjim+A2wWui04Q8E7NM0J2gOVHHhB0m7pPYJC6pmCT4SLtIyJWTKTWHEB1E6itta7ircVPjacTS4G10Nno05NCYj0Eboy5GTQx7GLcwLiMmIw4GD6R+IbIF54pAUxg9QbWE2A3ejOMQ8YXgFqJXCJlCyBNilhB0Q9QMYUcId7D7aDuJA63vaNvxruN0jOcYy5H32HmU4ziH43xG2ox1GW0y3mPkNcY08jD2YJSvKFtxriJNxXqKthTtFm8Wj2IcivyI3Ii9iDIR5yHSQqRLrEm0g3gH4jeMbRjXkNOwz1CW4dzhzCEdwzoM7RPeJuQkjEfIRdgr7BTKIZyDkL6yttKu0qbynnIp45acJY9WDx352NkYdPFoYtXDsYW9Sx5kHEh+wW5BuYIzBecJ0hKsG7QZJL/A2AJ5BXYK7BMoS+DcQJqBdQTaIdC+i9suDoEw+o5qO7HreNM91+Ua98p57XGVw1U+62xWuqw1We2x2mK9a53WOKw8WPtVu1Xlqs5UpadaS7Vu1Wb1juqhGh81NiovaieqPNRZqHOpNKl1UO1Ava/XNKYpn2mXqdypzOkcUzpM65PaJrVLepP0kcYi5ZVySntI5SCdr6WtrautqbWnvaW9bcw2jpaHth8rGzsXOxNLD1sLa5e9yfbAxhflFu0VlSkqT3SWKN1ozagdUTtE7wvdQuMK5RTKJ7RLqNzQmaF0hNYhBIGVqCEIgnD09jORRhLRiLwBESAIgtM7IBQ8ulAZe0OEs9BMeUOGs9BM+d2QP7AJ4IuhFPGHCHChtfmHDHChtfmHHCwDGuL3QkbeDlmhQqv1DskJFRqS9nbIHEhwAroMIYg3JOEnYEjZtyGTPQJD3t8NpeAB3kB3IQRxhqToBAvJxpBibTi4gS9DCFJDKNcNG1h7gKtQIutCUigYoR1Ug1ZQE9RAL1ADKkD/p/0JFPiRQeG6j6djQxg8dne4HdjxdarO0yk6fc7mdDkh5y0OhQM4/k28eTflprZZm86m2Lwxa+igsFbj5dEQThk9MjyGxriYJuZhWpgGc2D6S/ly5wW7ELrYXV0EbssqFrxCK36VUtkpVUpGOUJpwdD0F8YuDJy01XnrjKBb3Z7Lo3XqOhAfC5Vp97VKLX1cuvVGZdHCJm8dyllBJDN19lyeDZ6m6Wh5vxLvdk/btKU23dtH1kpG9/IR7rlHtleP0s2G2ctHq4VlsbKs1bLbwqtNGgoJ',
  'base64',
);

test.each([1, 7, 1000, 1_000_000])('gzip and zstd in pieces of %i bytes give the text and no damage', async (piece) => {
  expect(await unpack(gzipSync(text), piece)).toEqual({ text, damage: undefined });
  expect(await unpack(zstd, piece)).toEqual({ text, damage: undefined });
});

test('several gzip members and several zstd frames are one text', async () => {
  expect(await unpack(Buffer.concat([gzipSync(text), gzipSync('more\n')]))).toEqual({
    text: `${text}more\n`,
    damage: undefined,
  });
  expect(await unpack(Buffer.concat([zstd, zstd]))).toEqual({ text: text + text, damage: undefined });
});

test('an archive cut at any byte gives a beginning of the text and is called damaged', async () => {
  for (const packed of [gzipSync(text), zstd]) {
    for (let bytes = 10; bytes < packed.length; bytes += 3) {
      const result = await unpack(packed.subarray(0, bytes));
      expect(result.damage, `${bytes} bytes`).toMatch(/ends too early/);
      expect(text.startsWith(result.text)).toBe(true);
    }
  }
});

test('a changed byte is never taken for a good archive with another text', async () => {
  for (const packed of [gzipSync(text), zstd]) {
    for (let at = 10; at < packed.length; at += 3) {
      const changed = Buffer.from(packed);
      changed[at]! ^= 0x10;
      const result = await unpack(changed);
      expect(result.damage !== undefined || result.text === text, `byte ${at}`).toBe(true);
    }
  }
});

test('what follows an archive and is none is named; zeros are padding', async () => {
  expect((await unpack(Buffer.concat([gzipSync(text), Buffer.from('garbage')]))).damage).toMatch(
    /gzip archive is damaged/,
  );
  expect((await unpack(Buffer.concat([zstd, Buffer.from('garbage')]))).damage).toMatch(/7 bytes after the end/);
  expect(await unpack(Buffer.concat([gzipSync(text), Buffer.alloc(512)]))).toEqual({ text, damage: undefined });
});
