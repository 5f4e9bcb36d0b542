import { visibleText } from '../shared/visible-text';

/**
 * A value from the log: text, apart in direction from what stands around it, hidden characters written out. From left to right,
 * as names of users and hosts are read: an Arabic name must not bring its domain to the front.
 */
export function Value({ text }: { text: string }) {
  return <bdi dir="ltr">{visibleText(text)}</bdi>;
}
