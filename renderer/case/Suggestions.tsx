import { visibleText } from '../../shared/visible-text';

/** What a text field suggests; the field names it by `list`. */
export function Suggestions({ id, entries }: { id: string; entries: readonly string[] }) {
  return (
    <datalist id={id}>
      {entries.map((entry) => (
        <option key={entry} value={entry}>
          {visibleText(entry)}
        </option>
      ))}
    </datalist>
  );
}
