import { THEMES } from '../shared/preferences';
import { Store } from './store';

export type Theme = (typeof THEMES)[number];
const KEY = 'doppel.theme';

/** Light or dark: as the system has it, unless the person chose otherwise. Remembered where the browser lets it be. */
export class ThemeChoice extends Store<{ theme: Theme }> {
  constructor() {
    super({ theme: remembered() });
    this.#apply();
  }

  next(): void {
    this.take(THEMES[(THEMES.indexOf(this.state.theme) + 1) % THEMES.length] ?? 'system');
  }

  /** As it was chosen in an earlier run. */
  take(theme: Theme): void {
    if (theme === this.state.theme) return;
    this.patch({ theme });
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // storage is switched off: the choice lasts as long as the page
    }
    this.#apply();
  }

  #apply(): void {
    if (this.state.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.state.theme;
  }
}

function remembered(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'system';
  } catch {
    return 'system';
  }
}
