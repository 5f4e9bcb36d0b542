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

vi.stubGlobal('HTMLElement', class {});

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
