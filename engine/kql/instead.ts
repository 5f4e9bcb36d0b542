import { functionNames } from './functions/lookup';

const LISTED = 'docs/kql.md lists what it runs.';
/** What to write in place of an operator that Doppel does not run. */
const OPERATORS: Readonly<Record<string, string>> = {
  fork: 'Run the queries one by one.',
  facet: 'Use summarize count() by, one column after the other.',
  find: 'Begin with the table and use where or search.',
  reduce: 'Use summarize count() by.',
  invoke: 'It calls functions that the query itself defines.',
};
/** What to write in place of a function that Doppel does not run. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  ingestion_time: 'TimeGenerated is the time of the record.',
  hash: 'Use hash_sha256(): what hash() gives may change between versions of Kusto.',
  parse_version: 'Its result has 32 digits; compare the parts, as in toint(split(version, ".")[0]).',
  hll: 'Use dcount(), which is exact here.',
  dcount_hll: 'Use dcount(), which is exact here.',
  percentilew: 'Use percentile().',
  parse_user_agent: 'Use extract() or has.',
  parse_xml: 'Use extract().',
  parse_path: 'Use split().',
  current_principal: 'A query here has no user.',
};

/** One sentence for a diagnostic: what to write instead, or where to see what there is. */
export const insteadOfOperator = (name: string): string => OPERATORS[name] ?? LISTED;

/** The same for a function; a name with a slip in it is answered with the name that was meant. */
export function insteadOfFunction(name: string): string {
  const known = FUNCTIONS[name];
  if (known) return known;
  const near = functionNames().find((each) => isNear(each, name));
  return near ? `Do you mean ${near}()? It runs that.` : LISTED;
}

/** One letter more, fewer or different, or one name within the other. */
function isNear(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length > 5 && long.startsWith(short)) return true;
  if (long.length - short.length > 1 || short.length < 4) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  const rest = short.slice(short.length === long.length ? same + 1 : same);
  return rest === long.slice(same + 1);
}
