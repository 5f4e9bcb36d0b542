import { expect, test, vi } from 'vitest';
import { CommandStore } from './command-store';

const pressed = (key: string, changes: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({
    key,
    target: null,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    ...changes,
  }) as KeyboardEvent;

/** What `closest` finds of it. */
class FakeElement {
  constructor(readonly within: readonly string[] = []) {}
  closest(selector: string): FakeElement | null {
    return this.within.some((each) => selector.includes(each)) ? this : null;
  }
}
vi.stubGlobal('HTMLElement', FakeElement);
const on = (...within: string[]): Partial<KeyboardEvent> => ({
  target: new FakeElement(within) as unknown as HTMLElement,
});

test('a key that decides works where what it changes has the focus, and elsewhere only says so', () => {
  const store = new CommandStore();
  const [run, elsewhere] = [vi.fn<() => void>(), vi.fn<() => void>()];
  store.add({ name: 'Verdict: true positive', key: '1', run, elsewhere });
  store.press(pressed('1'));
  store.press(pressed('1', on('toolbar')));
  expect(run).not.toHaveBeenCalled();
  expect(elsewhere).toHaveBeenCalledTimes(2);
  store.press(pressed('1', on('[data-decides]')));
  expect(run).toHaveBeenCalledTimes(1);
  for (const taken of ['select', 'textarea', 'dialog', '[role="menu"]', '[role="listbox"]'])
    expect(store.press(pressed('1', on('[data-decides]', taken)))).toBe(false);
  expect(run).toHaveBeenCalledTimes(1);
  expect(elsewhere).toHaveBeenCalledTimes(2);
  // of the list of commands it is chosen by name
  store.run('Verdict: true positive');
  expect(run).toHaveBeenCalledTimes(2);
});

test('a key runs the command that is registered for it, and no other', () => {
  const store = new CommandStore();
  const run = vi.fn<() => void>();
  const remove = store.add({ name: 'The rule', key: 'r', run });
  expect(store.press(pressed('r'))).toBe(true);
  expect(store.press(pressed('x'))).toBe(false);
  expect(store.press(pressed('r', { ctrlKey: true }))).toBe(false);
  expect(store.press(pressed('r', { defaultPrevented: true }))).toBe(false);
  remove();
  expect(store.press(pressed('r'))).toBe(false);
  expect(run).toHaveBeenCalledTimes(1);
});

test('of two commands of one name the later one counts, until it is taken away', () => {
  const store = new CommandStore();
  const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
  store.add({ name: 'Open', run: first });
  const remove = store.add({ name: 'Open', key: 'o', run: second });
  expect(store.state.commands).toHaveLength(1);
  store.press(pressed('o'));
  expect(second).toHaveBeenCalledTimes(1);
  expect(first).not.toHaveBeenCalled();
  remove();
  store.run('Open');
  expect(first).toHaveBeenCalledTimes(1);
});
