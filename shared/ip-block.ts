/**
 * The block of an address, which tells a neighbour from a stranger: the /24 of an IPv4 address, the /64 of an IPv6 one
 * (the size of one network, RFC 4291 section 2.5.4). Text that is no address is a block of its own. Addresses are in
 * the one form that the engine gives them, and so are blocks: `198.51.100.0/24`, `2001:db8::/64`.
 */
export function ipBlockOf(ip: string): string {
  const [address = ''] = ip.split('%'); // without the zone of a link-local address
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return address.replace(/\d+$/, '0/24');
  if (!address.includes(':')) return ip;
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const network = [...head, ...zeros, ...tail].slice(0, 4).join(':');
  return `${network.replace(/(^|:)0(:0)*$/, '')}::/64`;
}
