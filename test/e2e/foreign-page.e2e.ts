/** Pages of other origins in a real browser, against a real `doppel serve`: they must read, write and open nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { CHROMIUM_ARGUMENTS, findChromium } from './chromium';
import { startServe, stop } from './launch';

let serving: Awaited<ReturnType<typeof startServe>>;
let attacker: Server;
let browser: Browser;
beforeAll(async () => {
  serving = await startServe();
  attacker = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<title>evil</title>'),
  );
  await once(attacker.listen(0, '127.0.0.1'), 'listening');
  browser = await chromium.launch({
    executablePath: findChromium() ?? chromium.executablePath(),
    // rebind.test is an attacker's name that has come to mean this machine
    args: [...CHROMIUM_ARGUMENTS, '--host-resolver-rules=MAP rebind.test 127.0.0.1'],
  });
});
afterAll(async () => {
  await browser.close();
  attacker.close();
  await stop(serving.process);
});

/** What a page can try, each as whether it got anywhere. The token is handed to it: it must not help. */
const attack = async ({ target, token }: { target: string; token: string }): Promise<Record<string, boolean>> => {
  const tries = async (attempt: () => Promise<boolean>): Promise<boolean> => attempt().catch(() => false);
  const post = (headers: Record<string, string>) =>
    tries(async () => (await fetch(`${target}/files?name=a`, { method: 'POST', headers, body: 'x' })).ok);
  const loads = (tag: 'script' | 'iframe' | 'img', path: string) =>
    new Promise<boolean>((resolve) => {
      const element = document.createElement(tag);
      element.onload = () => resolve(tag !== 'iframe' || (element as HTMLIFrameElement).contentDocument !== null);
      element.onerror = () => resolve(false);
      element.src = `${target}${path}`;
      document.body.append(element);
    });
  const socket = (protocols: string[]) =>
    new Promise<boolean>((resolve) => {
      const opened = new WebSocket(`${target.replace('http', 'ws')}/rpc`, protocols);
      opened.onopen = () => resolve(true);
      opened.onerror = () => resolve(false);
    });
  return {
    read: await tries(async () => (await fetch(`${target}/`)).ok),
    simplePost: await post({ 'content-type': 'text/plain' }),
    postWithToken: await post({ authorization: `Bearer ${token}` }),
    socket: await socket(['doppel.1']),
    socketWithToken: await socket(['doppel.1', `t.${token}`]),
    script: await loads('script', '/'),
    frame: await loads('iframe', '/'),
  };
};

const NOTHING = {
  read: false,
  simplePost: false,
  postWithToken: false,
  socket: false,
  socketWithToken: false,
  script: false,
  frame: false,
};

test.each(['other port', 'localhost', 'rebound name'])('a page from %s gets nowhere', async (from) => {
  const { origin, port, hash } = new URL(serving.url);
  const evilPort = (attacker.address() as AddressInfo).port; // of a TCP server that listens
  const page = await browser.newPage();
  // the rebound page is the same origin to the browser: only the Host check stands between it and the shell
  const target = {
    'other port': origin,
    localhost: `http://localhost:${port}`,
    'rebound name': `http://rebind.test:${port}`,
  }[from]!;
  await page.goto(from === 'other port' ? `http://127.0.0.1:${evilPort}/` : `${target}/`);
  expect(await page.title()).toBe(from === 'other port' ? 'evil' : '');
  expect(await page.evaluate(attack, { target, token: hash.slice('#t='.length) })).toEqual(NOTHING);
  await page.close();

  const client = connect(webSocketChannel(await openWebSocket(serving.url)), { check: true });
  expect(await client.call('files.offered', {})).toEqual([]);
  client.close();
});

test('the page itself gets in, so the tries above could have', async () => {
  const { origin, hash } = new URL(serving.url);
  const page = await browser.newPage();
  await page.goto(serving.url);
  const result = await page.evaluate(attack, { target: origin, token: hash.slice('#t='.length) });
  expect(result).toEqual({ ...NOTHING, read: true, postWithToken: true, socketWithToken: true });
  await page.close();
});
