import { expect, test } from 'vitest';
import type { Channel } from './channel';
import { mux } from './mux';
import type { MuxMessage } from './mux';

/** Two processes with one pipe between them, that delivers at once. */
function pipes() {
  const deliver: ((message: MuxMessage) => void)[] = [];
  const end: ((reason: string) => void)[] = [];
  const pipe = (own: number, peer: number) => ({
    send: (message: MuxMessage) => deliver[peer]?.(message),
    onMessage: (listener: (message: MuxMessage) => void) => void (deliver[own] = listener),
    onClose: (listener: (reason: string) => void) => void (end[own] = listener),
  });
  return {
    shell: pipe(0, 1),
    engine: pipe(1, 0),
    breakPipe: () => end.forEach((listener) => listener('the pipe broke')),
  };
}

function start() {
  const { shell, engine, breakPipe } = pipes();
  const log: string[] = [];
  const accepted: Channel[] = [];
  mux(engine, (channel) => {
    const index = accepted.push(channel);
    channel.onMessage((message) => log.push(`engine ${index} got ${String(message)}`));
    channel.onClose((reason) => log.push(`engine ${index} closed: ${reason}`));
  });
  const pages = mux(shell);
  const openLogged = (name: string): Channel => {
    const channel = pages.open();
    channel.onMessage((message) => log.push(`${name} got ${String(message)}`));
    channel.onClose((reason) => log.push(`${name} closed: ${reason}`));
    return channel;
  };
  return { log, accepted, openLogged, breakPipe };
}

test('messages go to their own channel, both ways', () => {
  const { log, accepted, openLogged } = start();
  const [a, b] = [openLogged('a'), openLogged('b')];
  b.post('to b');
  a.post('to a');
  accepted[0]!.post('from 1');
  accepted[1]!.post('from 2');
  expect(log).toEqual(['engine 2 got to b', 'engine 1 got to a', 'a got from 1', 'b got from 2']);
});

test('closing one end closes the other and no third, once, and then nothing is delivered', () => {
  const { log, accepted, openLogged } = start();
  const [a, b] = [openLogged('a'), openLogged('b')];
  a.close();
  a.close();
  a.post('late');
  accepted[0]!.post('late');
  accepted[0]!.close();
  b.post('on');
  expect(log).toEqual([
    'engine 1 closed: the other side closed the channel',
    'a closed: the channel was closed',
    'engine 2 got on',
  ]);
});

test('a broken pipe closes every channel with the reason', () => {
  const { log, openLogged, breakPipe } = start();
  openLogged('a');
  openLogged('b').close();
  log.length = 0;
  breakPipe();
  expect(log).toEqual(['a closed: the pipe broke', 'engine 1 closed: the pipe broke']);
});
