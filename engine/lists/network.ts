import { BlockList, isIP } from 'node:net';
import type { Timeline } from '../../shared/timeline';

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8], // RFC 1918
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10], // RFC 6598, carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['fc00::', 7], // RFC 4193, unique local
  ['::1', 128], // loopback
  ['fe80::', 10], // link-local
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Where an address can be: on the internet, only within a network of its own, or `other` for what is no address. */
export function networkOf(ip: string): Timeline['lanes'][number]['network'] {
  const [address = ''] = ip.split('%'); // without the zone of a link-local address
  const version = isIP(address);
  if (version === 0) return 'other';
  return PRIVATE.check(address, version === 4 ? 'ipv4' : 'ipv6') ? 'private' : 'public';
}
