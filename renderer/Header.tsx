import { useContext } from 'react';
import { Keyboard, Moon, Sun, SunMoon } from 'lucide-react';
import { Value } from './Value';
import { ActivityButton } from './case/ActivityButton';
import { CaseButton } from './case/CaseButton';
import type { CaseStore } from './case/case-store';
import css from './Header.module.css';
import { OpenButton } from './open/OpenButton';
import { OpenFolderButton } from './open/OpenFolderButton';
import type { Session } from './session';
import type { SessionState } from './session-state';
import { CommandContext, useCommand } from './commands/command-store';
import { useStore } from './store';
import { ZoneButton } from './time-zone/ZoneButton';
import type { Theme, ThemeChoice } from './theme-choice';

const ICONS = { system: SunMoon, light: Sun, dark: Moon } satisfies Record<Theme, unknown>;

interface Props {
  session: Session;
  decisions: CaseStore;
  state: SessionState;
  theme: ThemeChoice;
}

/** What is open, and what there is on every screen: opening, the case, keys, time zone, theme. */
export function Header({ session, decisions, state, theme }: Props) {
  const commands = useContext(CommandContext);
  const inputs = state.log?.inputs ?? [];
  const first = inputs[0];
  return (
    <header className={css.header}>
      <h1 className={css.name}>Doppel</h1>
      <p className={css.file}>
        {first && <Value text={first.name} />}
        {inputs.length > 1 && ` and ${inputs.length - 1} more`}
      </p>
      {/* what comes later stands more to the left, so that nothing moves when it comes */}
      <div className={css.actions}>
        {first && !state.work && (
          <>
            <OpenButton session={session} />
            <OpenFolderButton session={session} />
          </>
        )}
        <div className={css.case}>
          <CaseButton decisions={decisions} native={session.native} />
          <ActivityButton decisions={decisions} />
        </div>
        <ZoneButton />
        <button type="button" aria-keyshortcuts="?" onClick={() => commands.run('Keys')}>
          <Keyboard size={16} /> Keys ( ? )
        </button>
        <ThemeButton theme={theme} />
      </div>
    </header>
  );
}

function ThemeButton({ theme: choice }: { theme: ThemeChoice }) {
  useCommand('Light or dark: change the theme', () => choice.next());
  const { theme } = useStore(choice);
  const Icon = ICONS[theme];
  return (
    <button type="button" title="Light, dark, or as the system has it" onClick={() => choice.next()}>
      <Icon size={16} /> Theme: {theme}
    </button>
  );
}
