import { elementRecords, rowPlaces } from './elements';
import type { Format } from './format';

/**
 * What version 2 of the REST API of Azure Data Explorer answers: an array of frames, each table in one (DataTable) or, in
 * progressive mode, in a TableHeader and TableFragments that append to the table or replace its rows. Rows that were
 * replaced are set aside as rows of the query, those of tables that describe it as another log type. Source:
 * learn.microsoft.com/kusto/api/rest/response-v2
 */
export const adxV2: Format = {
  recognise: (sample) =>
    /^\s*\[\s*\{[^[\]{}]*"FrameType"\s*:\s*"DataSetHeader"/u.test(sample.text)
      ? elementRecords(sample, 'rows', rowPlaces, 'Azure Data Explorer REST v2', 'frames that begin with DataSetHeader')
      : undefined,
};
