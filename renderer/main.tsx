import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { Fence } from './Fence';
import './theme.css';
import './app.css';
import { CaseStore } from './case/case-store';
import { keepConnected } from './connection';
import { PreferenceStore, PreferencesContext } from './preferences/preference-store';
import { Session } from './session';
import { ThemeChoice } from './theme-choice';
import { zoneStore } from './time-zone/zone';
import { findShell } from './transport';

const shell = findShell();
const session = new Session(shell.native);
const theme = new ThemeChoice();
const decisions = new CaseStore();
const preferences = new PreferenceStore();
preferences.subscribe(() => theme.take(preferences.state.preferences?.theme ?? theme.state.theme));
preferences.subscribe(() => decisions.chooseAuthor(preferences.state.preferences?.author));
preferences.subscribe(() => void zoneStore.choose(preferences.state.preferences?.timeZone ?? 'UTC'));
theme.subscribe(() => {
  const { theme: chosen } = theme.state;
  if (preferences.state.preferences && preferences.state.preferences.theme !== chosen)
    void preferences.change({ theme: chosen });
});
// the last moment that a page has before it may be gone
window.addEventListener('pagehide', () => decisions.flushDrafts());
if (shell.connectCase) void decisions.keepConnected(shell.connectCase);
void keepConnected({
  open: () => shell.connect(),
  onClient: (client) => {
    decisions.mirrorTo(client);
    void preferences.attach(client);
    void session.attach(client);
  },
  onLost: (reason) => session.lose(reason),
  check: import.meta.env.DEV,
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Fence>
        <PreferencesContext value={preferences}>
          <App session={session} decisions={decisions} theme={theme} />
        </PreferencesContext>
      </Fence>
    </StrictMode>,
  );
}
