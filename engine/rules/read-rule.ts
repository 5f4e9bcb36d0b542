import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { DoppelError } from '../../shared/errors';
import type { Rule } from '../../shared/rules';
import { parseDuration } from '../../shared/time';

const Text = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const Texts = v.optional(v.array(Text), []);
const Length = v.pipe(
  v.string(),
  v.transform(lengthOf),
  v.number('must be a length of time such as 1h, 24h, 14d or P1D'),
);
const OPERATORS = { gt: 'gt', lt: 'lt', eq: 'eq', ne: 'ne' } as const;
const Operator = v.pipe(
  v.string(),
  v.transform(
    (word) => ({ ...OPERATORS, greaterthan: 'gt', lessthan: 'lt', equal: 'eq', notequal: 'ne' })[word.toLowerCase()],
  ),
  v.picklist(['gt', 'lt', 'eq', 'ne'], 'must be gt, lt, eq or ne'),
);

/** Many published rules spell it `datatypes`. */
const Connector = v.pipe(
  v.object({ connectorId: Text, dataTypes: Texts, datatypes: Texts }),
  v.transform(({ connectorId, dataTypes, datatypes }) => ({ connectorId, dataTypes: [...dataTypes, ...datatypes] })),
);

/** Sentinel's schema of analytic rules and hunting queries, as far as Doppel reads it; what else a file holds stays unread. */
const Sheet = v.object({
  id: v.optional(Text, ''),
  name: Text,
  description: v.optional(Text, ''),
  version: v.optional(Text, ''),
  kind: v.optional(Text),
  severity: v.optional(Text),
  query: v.pipe(v.string(), v.nonEmpty('must hold the KQL text')),
  queryFrequency: v.optional(Length),
  queryPeriod: v.optional(Length),
  triggerOperator: v.optional(Operator),
  triggerThreshold: v.optional(v.number()),
  tactics: Texts,
  relevantTechniques: Texts,
  requiredDataConnectors: v.optional(v.array(Connector), []),
  entityMappings: v.optional(
    v.nullable(
      v.array(v.object({ entityType: Text, fieldMappings: v.array(v.object({ identifier: Text, columnName: Text })) })),
    ),
    [],
  ),
  customDetails: v.optional(v.nullable(v.record(v.string(), Text)), {}),
});

/**
 * Reads the YAML of a Sentinel analytic rule or hunting query. Throws `rule-invalid`; the message names the file, the line
 * and what to do.
 */
export function readRule(yaml: string, file: string): Rule {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    const [what = ''] = broken.message.split('\n', 1);
    throw refusal(file, line, `this is not valid YAML (${what.replace(/ at line.*$/, '')})`, 'Repair that line.');
  }
  const content: unknown = document.toJS({ maxAliasCount: 100 });
  const result = v.safeParse(Sheet, content);
  if (!result.success) {
    const [issue] = result.issues;
    const path = (issue.path ?? []).map(({ key }) => key);
    const node: unknown = path.length > 0 ? document.getIn(path, true) : document.contents;
    const line = lines.linePos(startOf(node) ?? startOf(document.contents) ?? 0).line;
    const field = path.join('.') || 'the file';
    const missing = issue.received === 'undefined' && path.length > 0;
    throw refusal(
      file,
      line,
      missing ? `there is no ${field}` : `${field}: ${issue.message}`,
      'A rule is a YAML file in the schema of the Azure-Sentinel repository: name, query, and for an analytic rule queryFrequency, queryPeriod and severity.',
    );
  }
  const { queryFrequency, queryPeriod } = result.output;
  if ((queryFrequency === undefined) !== (queryPeriod === undefined)) {
    const [has, lacks] =
      queryPeriod === undefined ? ['queryFrequency', 'queryPeriod'] : ['queryPeriod', 'queryFrequency'];
    const line = lines.linePos(startOf(document.get(has, true)) ?? 0).line;
    throw refusal(file, line, `there is ${has} and no ${lacks}`, 'An analytic rule has both, a hunting query neither.');
  }
  return ruleOf(result.output);
}

function ruleOf(sheet: v.InferOutput<typeof Sheet>): Rule {
  const scheduled = sheet.queryFrequency !== undefined && sheet.queryPeriod !== undefined;
  return {
    id: sheet.id,
    name: sheet.name,
    description: sheet.description.trim().replaceAll(/^'|'$/g, ''),
    version: sheet.version,
    kind: scheduled ? 'analytic' : 'hunting',
    severity: sheet.severity ?? null,
    query: sheet.query,
    frequencyMs: sheet.queryFrequency ?? null,
    periodMs: sheet.queryPeriod ?? null,
    trigger: scheduled ? { operator: sheet.triggerOperator ?? 'gt', threshold: sheet.triggerThreshold ?? 0 } : null,
    tactics: sheet.tactics,
    techniques: sheet.relevantTechniques,
    connectors: sheet.requiredDataConnectors,
    entities: (sheet.entityMappings ?? []).flatMap(({ entityType, fieldMappings }) =>
      fieldMappings.map(({ identifier, columnName }) => ({ type: entityType, identifier, column: columnName })),
    ),
    customDetails: sheet.customDetails ?? {},
  };
}

function refusal(file: string, line: number, what: string, remedy: string): DoppelError {
  return new DoppelError('rule-invalid', `${file}, line ${line}: ${what}. ${remedy}`);
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : undefined;
}

/** `1h` as rule files write it, or ISO 8601 (`PT1H`, `P14D`) as templates do. */
function lengthOf(text: string): number | undefined {
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text);
  if (!iso) return parseDuration(text);
  const [, days = '0', hours = '0', minutes = '0'] = iso;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 || undefined;
}
