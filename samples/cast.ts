import type { Device, Place } from './shape';

/**
 * The company of the sample day: its people, places, devices and applications. Addresses are of the documentation
 * ranges (RFC 5737, RFC 3849), names of the reserved domains (RFC 2606), so none can belong to anybody.
 */

const BERLIN = { country: 'DE', city: 'Berlin', latitude: 52.52, longitude: 13.405, edge: 'EU-DE-9473' };
const LYON = { country: 'FR', city: 'Lyon', latitude: 45.764, longitude: 4.8357, edge: 'EU-FR-9301' };

/** The 40 people who have an ordinary day or an interesting one, by site. */
export const BERLIN_PEOPLE = [
  'mara.lindqvist',
  'tomas.okafor',
  'jonas.weber',
  'priya.raman',
  'sofia.marino',
  'lukas.brandt',
  'nadia.haddad',
  'peter.novak',
  'hanna.schulz',
  'david.cohen',
  'aylin.kaya',
  'felix.braun',
  'grace.mensah',
  'igor.petrenko',
  'julia.wagner',
  'karim.aziz',
  'lena.hoffmann',
  'marek.zielinski',
  'nora.jansen',
  'oliver.koch',
  'paula.richter',
  'rafael.santos',
  'sara.lange',
  'timo.virtanen',
  'ulrike.vogel',
  'viktor.horvath',
] as const;

export const LYON_PEOPLE = [
  'elif.demir',
  'antoine.moreau',
  'camille.roux',
  'dominique.petit',
  'etienne.garnier',
  'fatou.diallo',
  'gael.leroy',
  'helene.faure',
  'ibrahim.toure',
  'jeanne.perrin',
  'kevin.blanc',
  'lucie.chevalier',
  'manon.girard',
  'nicolas.robin',
] as const;

type Site = 'berlin' | 'lyon';

/** The user name as ZPA writes it. */
export const account = (name: string): string => `${name}@alder.example`;

/** The site's one public address; everybody at the desk shares it. */
export function office(site: Site, desk: number): Place {
  return site === 'berlin'
    ? { ...BERLIN, ip: '203.0.113.10', privateIp: `10.20.8.${desk + 20}` }
    : { ...LYON, ip: '203.0.113.130', privateIp: `10.33.8.${desk + 20}` };
}

/** Every third household has IPv6 only. */
export function home(site: Site, household: number): Place {
  const ip = household % 3 === 2 ? `2001:db8:${(household + 0x40).toString(16)}::17` : `192.0.2.${household + 30}`;
  return { ...(site === 'berlin' ? BERLIN : LYON), ip, privateIp: `192.168.178.${(household % 60) + 20}` };
}

/** The company's own VPN: many people, one address. */
export const VPN: Place = { ...BERLIN, ip: '203.0.113.77', privateIp: '10.64.3.9' };

/** An address of a mobile network at the site. */
export function mobile(site: Site, subscriber: number): Place {
  return {
    ...(site === 'berlin' ? BERLIN : LYON),
    ip: `198.51.100.${subscriber + 140}`,
    privateIp: `100.72.14.${subscriber + 5}`,
  };
}

export const HOSTING_SINGAPORE: Place = {
  ip: '198.51.100.77',
  privateIp: '10.0.2.15',
  country: 'SG',
  city: 'Singapore',
  latitude: 1.3521,
  longitude: 103.8198,
  edge: 'AP-SG-9112',
};

export const HOSTING_AMSTERDAM: Place = {
  ip: '198.51.100.61',
  privateIp: '172.17.0.4',
  country: 'NL',
  city: 'Amsterdam',
  latitude: 52.3676,
  longitude: 4.9041,
  edge: 'EU-NL-9208',
};

export const HOSTING_ASHBURN: Place = {
  ip: '198.51.100.23',
  privateIp: '10.0.0.12',
  country: 'US',
  city: 'Ashburn',
  latitude: 39.0438,
  longitude: -77.4874,
  edge: 'US-VA-9017',
};

/** A managed Windows computer; `name` as in `mara.lindqvist`. */
export const laptop = (name: string): Device => ({
  hostname: `lt-${name.replace('.', '-')}`,
  platform: 'windows',
  clientType: 'zpn_client_type_zapp',
  managed: true,
});

/** A managed Android phone. */
export const phone = (name: string): Device => ({
  hostname: `ph-${name.replace('.', '-')}`,
  platform: 'android',
  clientType: 'zpn_client_type_zapp',
  managed: true,
});

export const UNKNOWN_DEVICE: Device = {
  hostname: 'desktop-7k2q9f',
  platform: 'linux',
  clientType: 'zpn_client_type_zapp',
  managed: false,
};

export const APPLICATIONS = [
  { host: 'mail.alder.example', port: 443 },
  { host: 'wiki.alder.example', port: 443 },
  { host: 'git.alder.example', port: 22 },
  { host: 'files.alder.example', port: 445 },
  { host: 'erp.alder.example', port: 8443 },
  { host: 'payroll.alder.example', port: 443 },
] as const;
