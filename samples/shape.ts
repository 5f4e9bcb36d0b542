/** What the made-up company does, before it is written in one of the shapes that a log can have. */

/** Where a client is: its address and where ZPA believes that to be. */
export interface Place {
  ip: string;
  privateIp: string;
  country: string;
  city: string;
  latitude: number;
  longitude: number;
  /** The service edge that the client reaches from here. */
  edge: string;
}

export interface Device {
  hostname: string;
  platform: string;
  clientType: string;
  /** A device of the company passes the posture checks; another does not. */
  managed: boolean;
}

/** One client TLS session at one place. Times in ms. */
export interface Session {
  user: string;
  id: string;
  place: Place;
  device: Device;
  authenticated: number;
}

/** One application connection (microtunnel) of a session. */
export interface Connection {
  session: Session;
  id: string;
  application: string;
  port: number;
  start: number;
}

/** One record of a connection. `end` is there on `close` only. */
export interface ActivityRecord {
  time: number;
  action: 'open' | 'active' | 'close';
  reason: string;
  end?: number;
}

/** One record of a session. `end` is there on ZPN_STATUS_DISCONNECTED only. */
export interface StatusRecord {
  time: number;
  status: 'ZPN_STATUS_AUTHENTICATED' | 'ZPN_STATUS_AUTH_FAILED' | 'ZPN_STATUS_DISCONNECTED';
  end?: number;
}

/** A way to write records as lines. Each function prepares what its connection or session keeps, then writes record after record. */
export interface Shape {
  /** The first line, or '' where there is none. */
  header: string;
  activity(connection: Connection): (record: ActivityRecord) => string;
  status(session: Session): (record: StatusRecord) => string;
}
