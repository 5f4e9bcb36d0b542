// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelPair } from '../../shared/channel';
import type { Params } from '../../shared/contract';
import type { Finding, Segment } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
import { connect, serve } from '../../shared/rpc';
import type { Handlers } from '../../shared/rpc';
import { UserTimeline } from './UserTimeline';
import { SESSIONS, at, fixture } from './fixture';
import type { TimeWindow } from './time-window';

const WIDTH = 1000;
const HEIGHT = 300;
const texts: string[] = [];

/** jsdom lays nothing out and draws nothing: sizes are given, and of the drawing the texts are kept. */
beforeEach(() => {
  texts.length = 0;
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
  vi.stubGlobal('DOMMatrix', class { scale = () => this }); // prettier-ignore
  for (const [name, size] of [
    ['clientWidth', WIDTH],
    ['offsetWidth', WIDTH],
    ['clientHeight', HEIGHT],
    ['offsetHeight', HEIGHT],
  ] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(size);
  }
  const context = new Proxy<Record<string, unknown>>(
    {
      measureText: (text: string) => ({ width: 6 * text.length }),
      fillText: (text: string) => texts.push(text),
      createPattern: () => ({ setTransform: () => undefined }),
    },
    { get: (target, name) => target[String(name)] ?? (() => undefined), set: () => true },
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const finding: Finding = {
  id: 'f-1',
  user: 'ann@example.com',
  DstUserName: 'Ann@example.com',
  distinctIps: 3,
  maxConcurrentIps: 3,
  overlapCount: 4,
  overlapSeconds: 5400,
  firstOverlap: at(11),
  lastOverlap: at(18),
  countries: ['BR', 'DE'],
};
const segment: Segment = {
  user: finding.user,
  SrcIpAddr: '10.0.0.15',
  sessionId: 's-5',
  start: at(17.5),
  end: at(20),
  lastSeen: at(18),
  starting: 'first-seen',
  ending: 'log-end',
  records: 6,
};

/** The component on an engine of its own, and what it was asked and has told. */
async function show({ fails = 0, window = undefined as TimeWindow | undefined } = {}) {
  const asked: Params<'segments.page'>[] = [];
  const windows: (TimeWindow | undefined)[] = [];
  const areas: Params<'timeline.area'>[] = [];
  let failures = fails;
  const [near, far] = channelPair();
  const handlers: Partial<Handlers> = {
    'timeline.get': () => {
      if (failures-- > 0) throw new DoppelError('out-of-memory', 'Close something.');
      return fixture();
    },
    'timeline.sessions': () => ({ names: SESSIONS, session: Uint32Array.from(SESSIONS.keys()) }),
    'timeline.records': () => ({
      total: 3,
      ips: ['10.0.0.15'],
      lane: new Uint32Array(3),
      time: Float64Array.of(at(17.5), at(17.75), at(18)),
    }),
    'timeline.area': (area) => {
      areas.push(area);
      return { records: 7, segments: 2, ips: 1, overlaps: 0 };
    },
    'overlaps.page': () => ({ total: 0, rows: [] }),
    'segments.page': (params) => {
      asked.push(params);
      return { total: 1, rows: [segment] };
    },
  };
  serve(far, handlers as Handlers); // the component asks for nothing else
  // answers are not checked: in jsdom a cloned typed array is of another realm
  const client = connect(near);
  const onWindowChange = (changed: TimeWindow | undefined): void => void windows.push(changed);
  render(createElement(UserTimeline, { client, finding: { ...finding }, window, onWindowChange }));
  if (fails > 0) return { asked, areas, windows, canvas: undefined };
  const canvas = await screen.findByRole('application');
  await waitFor(() => expect(canvas.dataset['ready']).toBe('true'));
  return { asked, areas, windows, canvas };
}

describe('UserTimeline', () => {
  it('draws the lengths, and sums itself up', async () => {
    const { canvas } = await show();
    expect(canvas?.getAttribute('aria-label')).toContain('3 source IPs, 8 segments and 4 overlaps');
    expect(texts).toContain('Mon 2 Mar 2026');
    expect(texts).toContain('4 h');
    expect(screen.getByRole('region', { name: 'Timeline' })).toBeDefined();
    expect(within(screen.getByRole('list', { name: 'Source IPs' })).getByText('evil⟨U+202E⟩ip')).toBeDefined();
  });

  it('goes from overlap to overlap by key, says each, and tells the window', async () => {
    const { canvas, windows } = await show();
    fireEvent.keyDown(canvas!, { key: 'o' });
    expect(screen.getByText(/^Overlap 1 of 4: 198\.51\.100\.7 and 10\.0\.0\.15 at once for 1 h/)).toBeDefined();
    expect(windows).toEqual([{ from: at(10), to: at(13) }]);
    fireEvent.keyDown(canvas!, { key: 'o' });
    expect(screen.getByText(/^Overlap 2 of 4/)).toBeDefined();
    fireEvent.keyDown(canvas!, { key: 'O' });
    expect(screen.getByText(/^Overlap 1 of 4/)).toBeDefined();
    fireEvent.keyDown(canvas!, { key: 'b' });
    expect(screen.getByText('The log has no gap in this time.')).toBeDefined();
    fireEvent.keyDown(canvas!, { key: 'f' });
    await waitFor(() => expect(windows.at(-1)).toBeUndefined());
  });

  it('keeps the keyboard mark when the lanes are put in another order', async () => {
    const { canvas } = await show();
    const heads = (): (string | null)[] =>
      within(screen.getByRole('list', { name: 'Source IPs' }))
        .getAllByRole('listitem')
        .map((head) => head.textContent);
    fireEvent.keyDown(canvas!, { key: 'o' });
    const before = heads();
    fireEvent.change(screen.getByLabelText('Lanes by'), { target: { value: 'ip' } });
    await waitFor(() => expect(heads()).not.toEqual(before));
    expect(screen.getByText(/^Overlap 1 of 4: 198\.51\.100\.7 and 10\.0\.0\.15 at once for 1 h/)).toBeDefined();
  });

  it('measures between edges by keys, and Escape takes it away', async () => {
    const { canvas } = await show();
    for (const key of ['o', 'm', ']', 'm']) fireEvent.keyDown(canvas!, { key });
    const words = /^Measured: 30 min, 2 Mar 2026 11:00:00 to 11:30:00 UTC$/;
    expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
    fireEvent.keyDown(canvas!, { key: 'Escape' });
    await waitFor(() => expect(screen.queryAllByText(words)).toEqual([]));
    expect(screen.getByText(/^Overlap 1 of 4/)).toBeDefined();
  });

  it('selects an area over lanes by keys, and the engine counts it', async () => {
    const { canvas, areas } = await show();
    for (const key of ['ArrowDown', ']', 'a', ']', ']', 'ArrowDown', 'a']) fireEvent.keyDown(canvas!, { key });
    expect((await screen.findAllByText(/1 source IP, 2 segments, 7 records, no overlap; 2 of 3 lanes, /)).length).toBe(
      2,
    );
    expect(areas).toEqual([{ user: finding.user, ips: ['198.51.100.7', '10.0.0.15'], from: at(8), to: at(10) }]);
  });

  it('marks the rows that the cursor is in, and shows on the timeline the row that has the focus', async () => {
    const { canvas } = await show();
    fireEvent.click(screen.getByRole('tab', { name: 'Segments (8)' }));
    const row = await screen.findByRole('row', { name: /s-5/ });
    expect(row.dataset['atCursor']).toBeUndefined();
    for (let step = 0; step < 40 && !row.dataset['atCursor']; step++) fireEvent.keyDown(canvas!, { key: ']' });
    expect(row.dataset['atCursor']).toBe('true');
    fireEvent.keyDown(canvas!, { key: ']' });
    texts.length = 0;
    fireEvent.keyDown(row, { key: 'ArrowUp' });
    await waitFor(() => expect(texts).toContain('17:30:00'));
  });

  it('zooms to the cursor by wheel and pans with shift', async () => {
    const { canvas, windows } = await show({ window: { from: at(10), to: at(20) } });
    const wheel = (init: WheelEventInit): void => {
      const event = new WheelEvent('wheel', { ...init, cancelable: true });
      Object.defineProperties(event, { offsetX: { value: 250 }, offsetY: { value: 100 } });
      canvas!.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(true);
    };
    wheel({ deltaY: -100 });
    const [zoomed] = windows;
    const share = (at(12.5) - zoomed!.from) / (zoomed!.to - zoomed!.from);
    expect(share).toBeCloseTo(0.25, 4);
    expect(zoomed!.to - zoomed!.from).toBeLessThan(at(20) - at(10));
    wheel({ deltaY: 100, shiftKey: true });
    await waitFor(() => expect(windows).toHaveLength(2));
    expect(windows[1]!.from).toBeGreaterThan(zoomed!.from);
    expect(windows[1]!.to - windows[1]!.from).toBeCloseTo(zoomed!.to - zoomed!.from, -1);
  });

  it('zooms to a segment chosen in the table, which the engine sorts', async () => {
    const { asked, windows } = await show();
    fireEvent.click(screen.getByRole('tab', { name: 'Segments (8)' }));
    fireEvent.click(await screen.findByRole('row', { name: /s-5/ }));
    expect(screen.getByText(/^Segment 3 of 3 at 10\.0\.0\.15: session s-5/)).toBeDefined();
    expect(windows[0]!.from).toBeLessThan(at(17.5));
    expect(windows[0]!.to).toBeGreaterThan(at(20));
    fireEvent.click(screen.getByRole('button', { name: 'Records' }));
    await waitFor(() => expect(asked.at(-1)?.sort).toEqual({ by: 'records', descending: false }));
    fireEvent.click(screen.getByRole('button', { name: 'Records' }));
    await waitFor(() => expect(asked.at(-1)?.sort).toEqual({ by: 'records', descending: true }));
    expect(asked.every((params) => params.user === finding.user)).toBe(true);
  });

  it('says what went wrong and tries again when asked', async () => {
    await show({ fails: 1 });
    expect((await screen.findByRole('alert')).textContent).toContain('Close something.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.getByRole('application').dataset['ready']).toBe('true'));
  });
});
