/** The page's own scheme: unlike file:// it has an origin, and every answer carries the headers that confine it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECURITY_HEADERS, contentType, rendererFile } from '../shared/renderer-files';
import type { ElectronApi } from './electron-api';

const SCHEME = 'doppel';
const HOST = 'app';
/** What every URL of the page starts with. */
export const PAGE_ROOT = `${SCHEME}://${HOST}/`;

/** Must be called before the app is ready. */
export function registerPageScheme({ protocol }: Pick<ElectronApi, 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer, and nothing else, to the page. */
export function servePageScheme({ protocol }: Pick<ElectronApi, 'protocol'>, renderer: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    const segments = host === HOST && request.method === 'GET' ? rendererFile(pathname) : undefined;
    const body = segments && (await readFile(join(renderer, ...segments)).catch(() => undefined));
    if (!segments || !body) return new Response(null, { status: 404, headers: SECURITY_HEADERS });
    return new Response(new Uint8Array(body), {
      headers: { ...SECURITY_HEADERS, 'content-type': contentType(segments.at(-1) ?? '') },
    });
  });
}
