import { elementRecords, rowPlaces } from './elements';
import type { Format } from './format';

/**
 * What the query API of Log Analytics answers: `{"tables":[{"name","columns":[{"name","type"}],"rows":[[...]]}]}`. Source:
 * learn.microsoft.com/azure/azure-monitor/logs/api/response-format
 */
export const logAnalyticsApi: Format = {
  recognise: (sample) =>
    /^\s*\{/u.test(sample.text) && /"tables"\s*:\s*\[/u.test(sample.text)
      ? elementRecords(sample, 'rows', rowPlaces, 'Log Analytics API JSON', 'tables with columns and rows')
      : undefined,
};
