import { renderToStaticMarkup } from 'react-dom/server';
import { Report } from './Report';
import type { ReportContent } from './gather';

/** The report as one HTML file that needs no other. Log values are text: React escapes them. */
export function reportHtml(content: ReportContent): string {
  return `<!doctype html>\n${renderToStaticMarkup(<Report content={content} />)}\n`;
}
