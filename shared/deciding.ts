import type { RuleStage } from './rules';

/**
 * What decided about each row that a stage dropped, of those that were looked at, each once:
 * `SrcIpAddr = 10.0.0.1, PreviousSrcIpAddr = 10.0.0.1`. Empty for a stage that drops no row by its values.
 */
export function decidingValues({ sample }: RuleStage): string[] {
  if (!sample || sample.deciding.length === 0) return [];
  const { columns, rows } = sample.dropped;
  const texts = rows.map((row) =>
    sample.deciding
      .map(({ name, value }) => `${name} = ${value ?? cellText(row[columns.indexOf(name)] ?? null)}`)
      .join(', '),
  );
  return [...new Set(texts)];
}

const cellText = (cell: string | null): string => (cell === null ? 'null' : cell === '' ? "''" : cell);
