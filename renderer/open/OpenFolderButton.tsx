import { FolderTree } from 'lucide-react';
import { useRef } from 'react';
import { useCommand } from '../commands/command-store';
import type { Session } from '../session';

/** Opens all logs in a folder, with the shell's dialog where it has one, else with the browser's. */
export function OpenFolderButton({ session }: { session: Session }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => {
    if (session.native.openDialog) return session.openDialog('folder');
    if (!input.current) return;
    input.current.webkitdirectory = true; // React has no such property
    input.current.click();
  };
  useCommand('Open a folder', choose);
  return (
    <>
      <button type="button" onClick={choose}>
        <FolderTree size={16} /> Open a folder
      </button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ''; // so that the same folder can be chosen again
          void session.openFiles(files);
        }}
      />
    </>
  );
}
