import { elementRecords, rowPlaces } from './elements';
import type { Format } from './format';

/**
 * What version 1 of the REST API of Azure Data Explorer answers: `{"Tables":[{"TableName","Columns":[{"ColumnName"}],
 * "Rows":[[...]]}]}`. Rows of the tables that describe the query are set aside as another log type. Source:
 * learn.microsoft.com/kusto/api/rest/response
 */
export const adxV1: Format = {
  recognise: (sample) =>
    /^\s*\{/u.test(sample.text) && /"Tables"\s*:\s*\[/u.test(sample.text)
      ? elementRecords(sample, 'rows', rowPlaces, 'Azure Data Explorer REST v1', 'Tables with Columns and Rows')
      : undefined,
};
