import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';

/** An address in brackets or of IPv4, and a port behind it. */
const PORT = /^(\[[^\]]+\]|[0-9.]+):[0-9]{1,5}$/;
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** Whether a text is an address with a port behind it, which `addressOf` leaves out. */
export function hasPort(text: string): boolean {
  return PORT.test(text) && addressOf(text) !== undefined;
}

/**
 * The one text for an IP address: IPv6 in canonical form with its zone, IPv4-mapped IPv6 as IPv4, brackets removed, and a
 * port left out where it can be nothing else (`10.0.0.1:443`, `[2001:db8::1]:443`): with it each connection would be a
 * source of its own. Undefined for what is no address: `010.0.0.1` is never guessed at.
 */
export function addressOf(given: string): string | undefined {
  const text = given.endsWith(']') || !PORT.test(given) ? given : given.slice(0, given.lastIndexOf(':'));
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const percent = bare.indexOf('%');
  const address = percent === -1 ? bare : bare.slice(0, percent);
  const zone = percent === -1 ? '' : bare.slice(percent);
  if (!address.includes(':')) return zone === '' && isIPv4(address) ? address : undefined;
  if (!/^[0-9A-Fa-f:.]+$/.test(address)) return undefined;
  // as a URL writes it, at a fifth of what a URL costs; empty for what is no address, at a fifth of what isIPv6 costs
  const canonical = domainToASCII(`[${address}]`).slice(1, -1);
  if (canonical === '') return undefined;
  const mapped = canonical.startsWith('::ffff:') ? MAPPED.exec(canonical) : null;
  if (!mapped) return canonical + zone;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
