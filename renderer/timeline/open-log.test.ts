// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createElement } from 'react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { channelPair } from '../../shared/channel';
import { connect, serve } from '../../shared/rpc';
import type { Client, Handlers } from '../../shared/rpc';
import { OpenLogContext } from '../open-log';
import type { OpenLog } from '../open-log';
import { UserTimeline } from './UserTimeline';
import { SESSIONS, at, fixture } from './fixture';

/** jsdom lays nothing out, and has no canvas: the rows have room, and nothing is drawn. */
beforeEach(() => {
  class Observer {
    constructor(readonly changed: () => void) {}
    observe(): void {
      this.changed();
    }
    unobserve(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal('ResizeObserver', Observer);
  vi.stubGlobal('matchMedia', () => new EventTarget());
  for (const size of ['clientWidth', 'offsetWidth', 'clientHeight', 'offsetHeight'] as const) {
    vi.spyOn(HTMLElement.prototype, size, 'get').mockReturnValue(600);
  }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const finding = { user: 'ann@example.com', DstUserName: 'Ann', overlapCount: 4 };

/** An engine that counts how often it is asked. */
function engine(): { client: Client; asked: () => number } {
  let runs = 0;
  const handlers: Partial<Handlers> = {
    'timeline.get': () => {
      runs++;
      return fixture();
    },
    'timeline.sessions': () => ({ names: SESSIONS, session: Uint32Array.from(SESSIONS.keys()) }),
    'timeline.records': () => ({ total: 0, ips: [], lane: new Uint32Array(), time: new Float64Array() }),
    'overlaps.page': () => ({ total: 0, rows: [] }),
  };
  const [near, far] = channelPair();
  serve(far, handlers as Handlers); // nothing else is asked for
  return { client: connect(near), asked: () => runs };
}

const shown = (client: Client, log: OpenLog): ReactElement =>
  createElement(
    OpenLogContext,
    { value: log },
    createElement(UserTimeline, { client, finding, window: undefined, onWindowChange: () => undefined }),
  );

it('asks for the timeline again after another run of the detection, also of a user who is the same object', async () => {
  const { client, asked } = engine();
  const { rerender } = render(shown(client, { gaps: [], run: 1, isHandover: false }));
  await screen.findByRole('application');
  rerender(shown(client, { gaps: [], run: 1, isHandover: false }));
  expect(asked()).toBe(1);
  rerender(shown(client, { gaps: [], run: 2, isHandover: false }));
  await waitFor(() => expect(asked()).toBe(2));
});

it('lists the gaps of the log that lie within the timeline, sorted as asked, and what goes across them', async () => {
  const gaps = [
    { from: at(-50), to: at(-40) },
    { from: at(8.5), to: at(9.5) },
    { from: at(13), to: at(13.5) },
  ];
  render(shown(engine().client, { gaps, run: 1, isHandover: false }));
  fireEvent.click(await screen.findByRole('tab', { name: 'Gaps of the log (2)' }));
  const starts = (): (string | null)[] =>
    screen.getAllByRole('row').slice(1).map((row) => row.textContent); // prettier-ignore
  await waitFor(() => expect(starts()).toHaveLength(2));
  expect(starts()[0]).toMatch(/^2 Mar 2026 08:30:002 Mar 2026 09:30:001 h1/);
  fireEvent.click(screen.getByRole('button', { name: 'Length' }));
  await waitFor(() => expect(starts()[0]).toMatch(/13:00:00/));
});
