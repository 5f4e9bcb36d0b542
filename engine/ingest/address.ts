import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** An address in brackets or of IPv4, and a port behind it. */
const PORT = /^(\[[^\]]+\]|[0-9.]+):[0-9]{1,5}$/;

export function hasPort(text: string): boolean {
  return PORT.test(text) && canonicalAddress(text) !== text;
}

/** True for the canonical text of an address, with its zone. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 || isIP(text.replace(/%.*$/u, '')) === 6;
}

/**
 * The one text for an IP address: IPv6 in canonical form with its zone, IPv4-mapped IPv6 as IPv4, brackets removed, and a
 * port left out where it can be nothing else (`10.0.0.1:443`, `[2001:db8::1]:443`): with it each connection would be a
 * source of its own. What is no address stays as it is: `010.0.0.1` is never guessed at.
 */
export function canonicalAddress(given: string): string {
  const text = PORT.exec(given)?.[1] ?? given;
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const percent = bare.indexOf('%');
  const address = percent === -1 ? bare : bare.slice(0, percent);
  const zone = percent === -1 ? '' : bare.slice(percent);
  const version = isIP(address);
  if (version === 4 && zone === '') return address;
  if (version !== 6) return given;
  // as a URL writes it, at a fifth of what a URL costs
  const canonical = domainToASCII(`[${address}]`).slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical + zone;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
