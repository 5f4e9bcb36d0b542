import { visibleText } from '../shared/visible-text';

/** A value from the log: text, apart in direction from what stands around it, hidden characters written out. */
export function Value({ text }: { text: string }) {
  return <bdi>{visibleText(text)}</bdi>;
}
