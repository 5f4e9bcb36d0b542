import { visibleText } from '../../shared/visible-text';
import css from './CasePanel.module.css';

/** What somebody wrote, as it was written: lines and tabs stay, other hidden characters are written out. */
export function NoteText({ text }: { text: string }) {
  const parts = text.replaceAll('\r\n', '\n').split(/([\n\t])/);
  return (
    <p className={css.text}>
      <bdi>{parts.map((part) => (part === '\n' || part === '\t' ? part : visibleText(part))).join('')}</bdi>
    </p>
  );
}
