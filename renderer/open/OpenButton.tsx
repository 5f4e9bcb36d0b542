import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { useCommand } from '../commands/command-store';
import type { Session } from '../session';

/** Opens the shell's dialog where it has one, else the browser's. */
export function OpenButton({ session, main = false }: { session: Session; main?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => {
    if (session.native.openDialog) session.openDialog();
    else input.current?.click();
  };
  useCommand('Open a log file', choose);
  return (
    <>
      <button type="button" data-kind={main ? 'main' : undefined} onClick={choose}>
        <FolderOpen size={16} /> Open a log file
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ''; // so that the same file can be chosen again
          void session.openFiles(files);
        }}
      />
    </>
  );
}
