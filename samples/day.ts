import { parseIsoTime } from '../shared/time';
import { audit, connectorStatus } from './asides';
import {
  account,
  APPLICATIONS,
  BERLIN_PEOPLE,
  HOSTING_AMSTERDAM,
  HOSTING_ASHBURN,
  HOSTING_SINGAPORE,
  home,
  laptop,
  LYON_PEOPLE,
  mobile,
  office,
  phone,
  UNKNOWN_DEVICE,
  VPN,
} from './cast';
import { lssJson } from './lss-json';
import { Random } from './random';
import { visitLines } from './visit';
import type { Line, Visit } from './visit';

/** The seed of the sample day that is committed. */
export const SAMPLE_SEED = 2026;

/** The people with an interesting day; the README tells why. */
export const INTERESTING = ['mara.lindqvist', 'tomas.okafor', 'priya.raman', 'jonas.weber', 'elif.demir'] as const;

/** The people whose day only looks interesting. */
export const LOOKALIKES = [
  'sofia.marino',
  'lukas.brandt',
  'nadia.haddad',
  'peter.novak',
  'hanna.schulz',
  'david.cohen',
  'aylin.kaya',
  'felix.braun',
] as const;

/** A time of day on Monday 2 March 2026, UTC, in ms. */
function at(clock: string): number {
  const time = parseIsoTime(`2026-03-02T${clock}`);
  if (time === undefined) throw new RangeError(`no time of day: ${clock}`);
  return time;
}

/**
 * One day of Alder Ltd as its log streaming service wrote it: five people who were at two places at once, some who
 * only look like it, and the ordinary rest. The same seed gives the same bytes.
 */
export function sampleDay(seed: number): string {
  const random = new Random(seed);
  const lines = [...interesting(random), ...lookalikes(random), ...ordinary(random), ...asides(random)];
  lines.sort((a, b) => Math.floor(a.time / 1000) - Math.floor(b.time / 1000));
  return `${retransmission(lines, at('11:15:00')).join('\n')}\n`;
}

function interesting(random: Random): Line[] {
  const stay = stays(random);
  const tomasSession = random.id();
  return [
    // a stolen session: at her desk in Berlin, and for 42 minutes also on an unknown device in Singapore
    ...stay('mara.lindqvist', office('berlin', 1), '07:41:20', '16:02:44'),
    ...stay('mara.lindqvist', HOSTING_SINGAPORE, '13:06:10', '13:48:10', { device: UNKNOWN_DEVICE }),
    // one session id at two addresses: a phishing proxy replays what it caught
    ...stay('tomas.okafor', home('berlin', 1), '07:58:03', '15:40:30', { sessionId: tomasSession }),
    ...stay('tomas.okafor', HOSTING_AMSTERDAM, '10:11:00', '10:55:30', { sessionId: tomasSession, activityOnly: true }),
    // laptop on the desk, phone on the mobile network of the same town
    ...stay('priya.raman', office('berlin', 3), '07:30:12', '15:55:09'),
    ...stay('priya.raman', mobile('berlin', 0), '08:02:31', '08:09:47', { device: phone('priya.raman') }),
    ...stay('priya.raman', mobile('berlin', 0), '11:31:05', '11:58:40', { device: phone('priya.raman') }),
    ...stay('priya.raman', mobile('berlin', 0), '14:20:18', '14:26:02', { device: phone('priya.raman') }),
    // left the computer at home running; its session is never closed
    ...stay('jonas.weber', home('berlin', 3), '06:40:00', '09:56:00', { ending: 'vanishes' }),
    ...stay('jonas.weber', office('berlin', 4), '08:20:45', '16:10:20', { device: UNKNOWN_DEVICE }),
    // three addresses at once, one of them in a data centre overseas
    ...stay('elif.demir', office('lyon', 1), '07:50:16', '16:00:51'),
    ...stay('elif.demir', mobile('lyon', 20), '09:30:22', '10:40:05', { device: phone('elif.demir') }),
    ...stay('elif.demir', HOSTING_ASHBURN, '10:02:00', '10:31:00', { device: UNKNOWN_DEVICE }),
  ];
}

/** What must not be found. */
function lookalikes(random: Random): Line[] {
  const stay = stays(random);
  const lukasSession = random.id();
  const davidHome = home('berlin', 9);
  return [
    // one place after the other
    ...stay('sofia.marino', office('berlin', 5), '07:12:40', '15:31:08'),
    ...stay('sofia.marino', home('berlin', 4), '16:14:55', '18:02:10'),
    // one session is handed over to another service edge and address: the two only touch
    ...stay('lukas.brandt', home('berlin', 6), '07:05:00', '11:30:00', { sessionId: lukasSession, ending: 'moves' }),
    ...stay('lukas.brandt', mobile('berlin', 7), '11:30:00', '15:48:00', { sessionId: lukasSession }),
    // one name in two spellings, at one place
    ...stay('nadia.haddad', office('berlin', 7), '07:22:11', '11:58:30'),
    ...stay('Nadia.Haddad', office('berlin', 7), '11:40:02', '16:20:33'),
    // everybody behind one VPN address
    ...stay('peter.novak', VPN, '06:55:48', '15:20:12'),
    ...stay('hanna.schulz', VPN, '07:48:30', '16:31:27'),
    // one IPv4 address, which a dual-stack service edge also writes as IPv4-mapped IPv6
    ...stay('david.cohen', davidHome, '07:36:19', '13:02:55'),
    ...stay('david.cohen', { ...davidHome, ip: `::ffff:${davidHome.ip}` }, '12:10:00', '16:05:41'),
    // somebody fails to sign in as her, elsewhere, while she is at work
    ...stay('aylin.kaya', office('berlin', 10), '07:18:04', '15:44:57'),
    ...['09:14:07', '09:14:21', '09:15:02'].map((clock) => failedSignIn(random, 'aylin.kaya', at(clock))),
    // the close of a session that began before the log did, without its start
    orphanClose(random, 'felix.braun', at('05:58:13')),
    ...stay('felix.braun', office('berlin', 11), '07:09:50', '15:12:24'),
    // the log streaming service itself, which looks like a user
    ...visitLines(
      {
        user: 'ZPA LSS Client',
        place: { ...office('berlin', 0), ip: '203.0.113.2' },
        device: { hostname: 'lss01', platform: 'linux', clientType: 'zpn_client_type_zapp', managed: true },
        from: at('00:04:30'),
        to: at('23:49:30'),
        shortConnections: 0,
      },
      random,
      [{ host: 'siem.alder.example', port: 5044 }],
    ),
  ];
}

function ordinary(random: Random): Line[] {
  const lines: Line[] = [];
  const told = new Set<string>([...INTERESTING, ...LOOKALIKES]);
  const people = [
    ...BERLIN_PEOPLE.map((name) => ({ name, site: 'berlin' as const })),
    ...LYON_PEOPLE.map((name) => ({ name, site: 'lyon' as const })),
  ];
  for (const [number, { name, site }] of people.entries()) {
    if (told.has(name)) continue;
    const from = at('06:45:00') + random.int(5400) * 1000;
    const to = at('14:45:00') + random.int(5400) * 1000;
    const day = { user: account(name), device: laptop(name), shortConnections: random.between(2, 6) };
    const atHome = random.chance(0.4);
    lines.push(
      ...visitLines(
        { ...day, place: atHome ? home(site, number) : office(site, number), from, to },
        random,
        APPLICATIONS,
      ),
    );
    if (!atHome && random.chance(0.25)) {
      const evening = { from: to + random.between(40, 90) * 60_000, to: to + random.between(110, 150) * 60_000 };
      lines.push(
        ...visitLines({ ...day, ...evening, place: home(site, number), shortConnections: 2 }, random, APPLICATIONS),
      );
    }
  }
  return lines;
}

function asides(random: Random): Line[] {
  const lines: Line[] = [];
  for (const connector of ['Berlin DC-1', 'Berlin DC-2', 'Lyon DC-1']) {
    const id = random.id();
    const started = at('00:00:00') - random.int(86_400_000);
    for (const clock of ['03:00:00', '09:00:00', '15:00:00', '21:00:00']) {
      lines.push(connectorStatus(at(clock) + random.int(60_000), connector, id, started));
    }
  }
  for (const [clock, object] of [
    ['08:51:20', 'payroll.alder.example'],
    ['14:07:44', 'git.alder.example'],
  ] as const) {
    lines.push(audit(at(clock), object, random.id()));
  }
  return lines;
}

/** Visits of one person, told by the clock. */
function stays(random: Random) {
  return (name: string, place: Visit['place'], from: string, to: string, more: Partial<Visit> = {}): Line[] =>
    visitLines(
      {
        user: account(name),
        place,
        device: laptop(name.toLowerCase()),
        from: at(from),
        to: at(to),
        shortConnections: at(to) - at(from) > 3_600_000 ? random.between(3, 6) : 2,
        ...more,
      },
      random,
      APPLICATIONS,
    );
}

function failedSignIn(random: Random, name: string, time: number): Line {
  const session = {
    user: account(name),
    id: random.id(),
    place: HOSTING_SINGAPORE,
    device: UNKNOWN_DEVICE,
    authenticated: time,
  };
  return { time, text: lssJson.status(session)({ time, status: 'ZPN_STATUS_AUTH_FAILED' }) };
}

function orphanClose(random: Random, name: string, time: number): Line {
  const [application] = APPLICATIONS;
  const session = {
    user: account(name),
    id: random.id(),
    place: home('berlin', 12),
    device: laptop(name),
    authenticated: time,
  };
  const connection = { session, id: random.id(), application: application.host, port: application.port, start: time };
  const text = lssJson.activity(connection)({ time, action: 'close', reason: 'MT_CLOSED_TLS_CONN_GONE', end: time });
  return { time, text: text.replace(/("TimestampConnectionStart": ")[^"]*/, '$1') };
}

/**
 * At noon, the stream breaks off inside a line. The service comes back, and sends once more the last records that it
 * had sent before.
 */
function retransmission(lines: readonly Line[], time: number): string[] {
  const texts = lines.map((line) => line.text);
  const cut = lines.findIndex((line) => line.time >= time);
  const before = texts.slice(0, cut);
  return [
    ...before,
    (texts[cut] ?? '').slice(0, 700),
    "Mar  2 11:14:58 lss01 rsyslogd: action 'zpa-lss' resumed (module 'builtin:omfile')",
    ...before.slice(-20),
    ...texts.slice(cut),
  ];
}
