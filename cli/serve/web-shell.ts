/** The loopback web shell: the built renderer, one WebSocket a page, and uploads. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer } from 'ws';
import type { Channel } from '../../shared/channel';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError } from '../../shared/errors';
import { SECURITY_HEADERS, contentType, rendererFile } from '../../shared/renderer-files';
import { LEFT_OUT_REASONS } from '../../shared/sources';
import { Access } from './access';
import { bridge } from './bridge';
import { receiveUpload, uploadName } from './upload';

const LOOPBACK = '127.0.0.1';
/** Requests are small; the longest names 10,000 files to open. */
const LONGEST_FRAME_BYTES = 4 * 2 ** 20;
const PROTOCOL = 'doppel.1';
const TRY_AGAIN_LATER = 1013;

interface WebShellOptions {
  /** The built renderer. */
  renderer: string;
  /** Where uploads go; private. */
  folder: string;
  /** 0 = any free port. */
  port: number;
  /** A channel to the engine; undefined while there is none. */
  open(): Channel | undefined;
  /** A channel to the keeper of the case; undefined while there is none. Absent: no case is open. */
  openCase?: (() => Channel | undefined) | undefined;
  offer(files: GrantedPath[]): void;
}

export interface WebShell {
  /** With the token in its fragment. */
  url: string;
  /** Leads to `url` once; for a browser's command line. */
  entryUrl(): string;
  close(): Promise<void>;
}

/** Starts to listen. Throws `usage` when the port cannot be had. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const http = createServer();
  const access = new Access(`${LOOPBACK}:${await listen(http, options.port)}`);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => PROTOCOL,
  });
  // an upload takes as long as it takes
  http.requestTimeout = 0;
  http.on('request', (request, response) => {
    answer(request, response, access, options).catch((error: unknown) => fail(request, response, error));
  });
  http.on('upgrade', (request, socket, head) => {
    const refusal = refuseSocket(request, access);
    if (refusal !== undefined) return refuse(socket, refusal);
    return sockets.handleUpgrade(request, socket, head, (page) => {
      const far = request.url === '/case' ? options.openCase?.() : options.open();
      // a page of a shell without a case gets here too: a refusal would be an error in its console
      if (far) bridge(page, far);
      else page.close(TRY_AGAIN_LATER);
    });
  });
  return {
    url: access.url,
    entryUrl: () => access.entryUrl(),
    close: () =>
      new Promise((resolve) => {
        for (const page of sockets.clients) page.terminate();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code ?? error.message})`;
      const remedy = 'Choose another with --port N, or leave --port out to get a free one.';
      reject(new DoppelError('internal', `Port ${port} ${why}. ${remedy}`, { cause: error }));
    });
    http.listen(port, LOOPBACK, resolve);
  });
  return (http.address() as AddressInfo).port; // a TCP server that listens has one
}

/** Why a WebSocket is not accepted, as a status line. An unknown client never becomes one. */
function refuseSocket(request: IncomingMessage, access: Access): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
  if (!access.hostIsOurs(request)) return '421 Misdirected Request';
  if (!access.originIsOurs(request)) return '403 Forbidden';
  if (!access.tokenIsRight(offered.find((protocol) => protocol.startsWith('t.'))?.slice(2))) return '401 Unauthorized';
  if ((request.url !== '/rpc' && request.url !== '/case') || !offered.includes(PROTOCOL)) return '404 Not Found';
  return undefined;
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  options: WebShellOptions,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!access.hostIsOurs(request)) return end(response, 421, 'Open the address that doppel serve printed, as it is.');
  // not by URL, which would tidy a path before it has been judged
  const [pathname = '', query] = (request.url ?? '').split('?', 2);
  const parameters = new URLSearchParams(query);
  if (pathname === '/files') return takeUpload(request, response, parameters, access, options);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response.setHeader('allow', 'GET, HEAD'), 405);
  if (pathname === '/enter') {
    const page = access.enter(parameters.get('code'));
    return page === undefined ? end(response, 403) : end(response.setHeader('location', page), 303);
  }
  return sendFile(request, response, pathname, options.renderer);
}

async function takeUpload(
  request: IncomingMessage,
  response: ServerResponse,
  parameters: URLSearchParams,
  access: Access,
  options: WebShellOptions,
): Promise<void> {
  if (request.method !== 'POST') return end(response.setHeader('allow', 'POST'), 405);
  if (!access.originIsOurs(request)) return end(response, 403);
  if (!access.tokenIsRight(/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1])) return end(response, 401);
  // it lay in a folder that the user chose: if it is no log, the others are read all the same
  const isFound = parameters.has('found');
  const name = uploadName(parameters.get('name'), isFound);
  if (name === undefined) return end(response, 400, 'The file has no name, or one that is too long.');
  const leftOut = LEFT_OUT_REASONS.find((reason) => isFound && reason === parameters.get('left-out'));
  const upload = await receiveUpload(request, options.folder, name);
  options.offer([{ ...upload, ...(isFound && { isFound }), ...(leftOut && { leftOut }) }]);
  return end(response, 201);
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  renderer: string,
): Promise<void> {
  const segments = rendererFile(pathname);
  const file = segments && join(renderer, ...segments);
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile()) return end(response, 404);
  response.setHeader('content-type', contentType(file)).setHeader('content-length', found.size);
  if (request.method === 'HEAD') return end(response, 200);
  return pipeline(createReadStream(file), response);
}

function end(response: ServerResponse, status: number, text = ''): void {
  response.statusCode = status;
  if (text) response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(text);
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  // a browser reads the answer only after it has sent the whole body
  request.resume();
  if (!(error instanceof DoppelError)) return end(response, 500, 'The web shell failed. Start it again.');
  return end(response, error.code === 'disk-full' ? 507 : 400, error.message);
}
