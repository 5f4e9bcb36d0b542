import { spawn } from 'node:child_process';

/**
 * Opens the URL in the user's browser. Resolves to false where no browser can be started, to true once the program that
 * was started ends well: that may be as late as the browser itself ends.
 */
export function openBrowser(url: string, platform = process.platform): Promise<boolean> {
  const [command, ...args] = opener(platform);
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.unref();
  });
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  // rundll32 takes the URL as it is; `start` would have cmd.exe interpret it
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
