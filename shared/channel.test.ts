import { expect, test, vi } from 'vitest';
import { channelPair, domPortChannel, nodePortChannel } from './channel';
import type { Channel, NodePort } from './channel';

const domPair = (): [Channel, Channel] => {
  const { port1, port2 } = new MessageChannel();
  return [domPortChannel(port1), domPortChannel(port2)];
};
const nodePair = (): [Channel, Channel] => {
  // under Node the port of a page has Node's own methods as well
  const { port1, port2 } = new MessageChannel() as unknown as { port1: NodePort; port2: NodePort };
  return [nodePortChannel(port1), nodePortChannel(port2)];
};

test.each([
  ['in memory', channelPair],
  ['over a port of Node', nodePair],
  ['over a port of a page', domPair],
])('%s: in order, as copies, and nothing after close', async (_name, make) => {
  const [a, b] = make();
  const got: unknown[] = [];
  const closed: string[] = [];
  b.onMessage((message) => got.push(message));
  a.onMessage(() => undefined);
  a.onClose(() => closed.push('a'));
  b.onClose(() => closed.push('b'));
  const sent = { list: [1], bulk: Float64Array.of(1.5) };
  a.post(sent);
  sent.list.push(2);
  a.post('second');
  await vi.waitFor(() => expect(got).toHaveLength(2));
  expect(got).toEqual([{ list: [1], bulk: Float64Array.of(1.5) }, 'second']);
  a.close();
  await vi.waitFor(() => expect(closed.toSorted()).toEqual(['a', 'b']));
  a.post('late');
  b.post('late');
  expect(got).toHaveLength(2);
});

test('in memory as on a wire, what cannot be copied cannot be posted', () => {
  const [a] = channelPair();
  expect(() => a.post({ call: () => undefined })).toThrow('could not be cloned');
});

test("Electron's { data, ports } is unwrapped, a message that merely has data is not", () => {
  let deliver: (message: unknown) => void = () => undefined;
  const got: unknown[] = [];
  nodePortChannel({
    postMessage: () => undefined,
    on: (event: string, listener: (message: unknown) => void) => {
      if (event === 'message') deliver = listener;
    },
    close: () => undefined,
  }).onMessage((message) => got.push(message));
  deliver({ data: 'inside', ports: [] });
  deliver({ data: 'outside' });
  expect(got).toEqual(['inside', { data: 'outside' }]);
});
