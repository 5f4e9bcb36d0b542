import { isIP } from 'node:net';

/**
 * The one text for an IP address: IPv6 in canonical form with its zone, IPv4-mapped IPv6 as IPv4, brackets removed.
 * What is no address stays as it is: `010.0.0.1` or `10.0.0.1:5555` is never guessed at.
 */
export function canonicalAddress(text: string): string {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const percent = bare.indexOf('%');
  const address = percent === -1 ? bare : bare.slice(0, percent);
  const zone = percent === -1 ? '' : bare.slice(percent);
  const version = isIP(address);
  if (version === 4 && zone === '') return address;
  if (version !== 6) return text;
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical + zone;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
