import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { FindingState } from '../../shared/decisions';
import type { FindingsQuery, Run } from '../../shared/manifest';
import { allFindings } from '../../shared/pages';
import { hideRun, hideShown } from '../../shared/pseudonymise';
import type { Pseudonyms } from '../../shared/pseudonyms';
import type { Client } from '../../shared/rpc';
import { countOf } from '../format-number';
import { gapsOf } from '../timeline/gap';
import type { Gap } from '../timeline/gap';
import { modelOf } from '../timeline/model';
import { timelineSvg } from '../timeline/picture';
import { FindingHead, FindingTables, ReportEnd, ReportIntro } from './Report';
import type { ReportAbout } from './Report';
import { gatherFinding, hideContent } from './gather';
import type { ReportFinding } from './gather';
import { PRINT_PALETTE, PRINT_STYLE } from './print-style';

interface ReportOptions {
  at: number;
  /** What the report will be called. */
  file: string;
  query: FindingsQuery;
  /** How many findings `query` shows. */
  total: number;
  decisions: ReadonlyMap<string, FindingState>;
  /** In place of names. */
  names: Pseudonyms | undefined;
  signal: AbortSignal;
}

/**
 * A report as one HTML file that needs no other and runs no script: its head, each finding, its end. Log values are text:
 * React and the pen of the pictures escape them.
 */
export async function* reportPieces(
  client: Client,
  run: Run,
  { at, file, query, total, decisions, names, signal }: ReportOptions,
): AsyncGenerator<string> {
  const shown = { kind: 'report', rows: total, query } as const;
  const about: ReportAbout = names
    ? { run: await hideRun(names, run), shown: { ...hideShown(shown), rows: total }, at }
    : { run, shown, at };
  yield reportHead(about);
  for await (const finding of allFindings(client, query, signal)) {
    const content = await gatherFinding(client, finding, decisions.get(finding.id), signal);
    yield findingHtml(names ? await hideContent(names, content) : content, gapsOf(run.log));
  }
  yield reportEnd(about, file);
}

/** The beginning of the file, up to the first finding. It needs nothing from elsewhere, and its policy lets nothing in. */
export function reportHead(about: ReportAbout): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Doppel report: ${countOf(about.shown.rows, 'flagged user')}</title>
<style>${PRINT_STYLE}</style>
</head>
<body>
<main>
${html(<ReportIntro {...about} />)}
`;
}

/** `gaps`: where the log itself is silent. */
export function findingHtml(content: ReportFinding, gaps: readonly Gap[]): string {
  const model = modelOf(content.timeline, gaps, content.finding.overlapCount);
  const user = content.finding.DstUserName;
  const svg = timelineSvg({ model, window: model.limits, user, palette: PRINT_PALETTE });
  const tables = html(<FindingTables {...content} />);
  return `<section>\n${html(<FindingHead {...content} />)}\n<figure>${svg}</figure>\n${tables}\n</section>\n`;
}

/** The end of the file; `file` is its own name. */
export function reportEnd(about: ReportAbout, file: string): string {
  return `${html(<ReportEnd {...about} file={file} />)}\n</main>\n</body>\n</html>\n`;
}

function html(element: ReactElement): string {
  return renderToStaticMarkup(element);
}
