import { userInfo } from 'node:os';

/** The name of the user of the operating system; one that has none, as in some containers, is `unknown`. */
export function osUser(): string {
  try {
    return userInfo().username.trim().slice(0, 200) || 'unknown';
  } catch {
    return 'unknown';
  }
}
