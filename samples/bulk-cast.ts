import type { Device, Place } from './shape';

/** Home, office, and the place where nobody expects the user. */
export const PLACES_PER_USER = 3;

const COUNTRIES = [
  { country: 'DE', city: 'Berlin', latitude: 52.52, longitude: 13.405, edge: 'EU-DE-9473' },
  { country: 'FR', city: 'Lyon', latitude: 45.764, longitude: 4.8357, edge: 'EU-FR-9301' },
  { country: 'NL', city: 'Amsterdam', latitude: 52.3676, longitude: 4.9041, edge: 'EU-NL-9208' },
  { country: 'US', city: 'Ashburn', latitude: 39.0438, longitude: -77.4874, edge: 'US-VA-9017' },
  { country: 'SG', city: 'Singapore', latitude: 1.3521, longitude: 103.8198, edge: 'AP-SG-9112' },
] as const;

const NETWORKS = ['192.0.2', '198.51.100', '203.0.113'] as const;

/** A place of its own for each number: the first 762 have IPv4 addresses, and so has every second one after them. */
export function bulkPlace(number: number): Place {
  const where = COUNTRIES[number % COUNTRIES.length] ?? COUNTRIES[0];
  const network = NETWORKS[Math.floor(number / 254) % NETWORKS.length] ?? NETWORKS[0];
  const ip =
    number < 762 || number % 2 === 0
      ? `${network}.${(number % 254) + 1}`
      : `2001:db8:${(number >> 16).toString(16)}:${(number & 0xffff).toString(16)}::${((number % 250) + 1).toString(16)}`;
  return { ...where, ip, privateIp: `192.168.178.${(number % 200) + 20}` };
}

const PLATFORMS = ['windows', 'mac', 'windows', 'linux'] as const;

/** The one managed computer of a user of a large log. */
export function bulkDevice(user: number): Device {
  return {
    hostname: `lt-${String(user).padStart(6, '0')}`,
    platform: PLATFORMS[user % PLATFORMS.length] ?? 'windows',
    clientType: 'zpn_client_type_zapp',
    managed: true,
  };
}
