import { stringify } from 'yaml';
import { RULE } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { formatDuration, isoTime } from '../../shared/time';
import text from './corrected.kql?raw';

const COMMENT_AT = 48;

/** Of its own, so that Sentinel keeps it beside the published rule. */
const CORRECTED_ID = '7d1f4b52-6a0e-4c8e-9f43-2b8a5c1e0d97';

/** A length as KQL writes it: one unit. */
function timespan(ms: number): string {
  const simple = formatDuration(ms);
  return /^\d+(d|h|m|s|ms)$/.test(simple) ? simple : `${ms}ms`;
}
const moment = (ms: number | null): string => (ms === null ? 'datetime(null)' : `datetime(${isoTime(ms)})`);

/** The intended rule (docs/detection.md) as KQL over ZPAEvent, its parameters as let statements at the top. */
export function correctedKql(parameters: Parameters): string {
  const values: Readonly<Record<string, string>> = {
    $idleGap: timespan(parameters.idleGapMs),
    $minOverlap: timespan(parameters.minOverlapMs),
    $openSessions: `'${parameters.openSessions}'`,
    $fromTime: moment(parameters.fromMs),
    $toTime: moment(parameters.toMs),
  };
  const filled = text.replace(/\$[a-zA-Z]+/g, (name) => values[name] ?? name);
  // what each parameter means stands in one column
  return filled.replace(/^(let \w+ = [^;\n]*;) +(?=\/\/)/gm, (_, start: string) => `${start.padEnd(COMMENT_AT)} `);
}

/** The intended rule as an analytic rule in Sentinel's own YAML schema. */
export function correctedYaml(parameters: Parameters): string {
  const entity = (entityType: string, identifier: string, columnName: string) => ({
    entityType,
    fieldMappings: [{ identifier, columnName }],
  });
  return stringify(
    {
      id: CORRECTED_ID,
      name: 'Zscaler - Shared ZPA session (two source IPs at once)',
      description:
        'Finds accounts whose Zscaler Private Access sessions were present at two source IPs at the same time. Corrects the rule "Zscaler - Shared ZPA session", which cannot return a row.',
      severity: RULE.severity,
      status: 'Available',
      requiredDataConnectors: [{ connectorId: 'CustomLogsAma', dataTypes: ['ZPA_CL'] }],
      queryFrequency: '1h',
      queryPeriod: '24h',
      triggerOperator: 'gt',
      triggerThreshold: 0,
      tactics: [...RULE.tactics],
      relevantTechniques: [...RULE.techniques],
      query: correctedKql(parameters),
      entityMappings: [
        entity('Account', 'Name', 'AccountCustomEntity'),
        entity('IP', 'Address', 'IPCustomEntity'),
        entity('IP', 'Address', 'PreviousIPCustomEntity'),
      ],
      customDetails: {
        OverlapStart: 'OverlapStart',
        OverlapEnd: 'OverlapEnd',
        OverlapMinutes: 'OverlapMinutes',
      },
      // Sentinel refuses a format that names more than three columns
      alertDetailsOverride: {
        alertDisplayNameFormat: '{{AccountCustomEntity}} at two source IPs at once',
        alertDescriptionFormat:
          'Present at {{IPCustomEntity}} and {{PreviousIPCustomEntity}} at once for {{OverlapMinutes}} min.',
      },
      eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
      incidentConfiguration: {
        createIncident: true,
        groupingConfiguration: {
          enabled: true,
          reopenClosedIncident: false,
          lookbackDuration: '1d',
          matchingMethod: 'AllEntities',
        },
      },
      version: '1.0.0',
      kind: 'Scheduled',
    },
    { lineWidth: 0 },
  );
}
