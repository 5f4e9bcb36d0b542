import { accountWords } from '../../shared/account-words';
import type { LogSummary } from '../../shared/domain';
import { firstRejected } from '../../shared/pages';
import type { Client } from '../../shared/rpc';
import { visibleText } from '../../shared/visible-text';
import { amongEvents, LEFT_OUT_WORDS, REJECT_WORDS } from '../../shared/words';

const REJECTED_SHOWN = 5;
const TEXT_SHOWN = 160;
const LEFT_OUT_SHOWN = 20;

/** What the user must know about the input, whatever is asked of it: what does not count, and why. One line each. */
export async function problemsOf(client: Client, log: LogSummary, signal: AbortSignal): Promise<string[]> {
  const lines: string[] = [];
  for (const input of log.inputs) {
    const name = visibleText(input.path);
    if (input.rejected > 0 || Object.keys(input.setAside).length > 0) lines.push(`${name}: ${accountWords(input)}`);
    const among = amongEvents(input);
    if (among !== '') lines.push(`${name}: among the events ${among}`);
    if (input.incomplete !== undefined) lines.push(`${name}: INCOMPLETE: ${input.incomplete}`);
    for (const warning of input.warnings) lines.push(`${name}: ${visibleText(warning)}`);
  }
  for (const { name, incomplete } of log.archives ?? []) {
    if (incomplete !== undefined) lines.push(`${visibleText(name)}: INCOMPLETE: ${incomplete}`);
  }
  for (const { name, reason } of log.leftOut?.rows.slice(0, LEFT_OUT_SHOWN) ?? []) {
    lines.push(`${visibleText(name)}: left out: ${LEFT_OUT_WORDS[reason]}`);
  }
  const more = (log.leftOut?.total ?? 0) - LEFT_OUT_SHOWN;
  if (more > 0) lines.push(`and ${more} more left out`);
  for (const warning of log.warnings) lines.push(`Warning: ${visibleText(warning)}`);
  if (log.rejected > 0) {
    for (const { path, line, reason, raw } of await firstRejected(client, REJECTED_SHOWN, signal)) {
      const text = raw === null ? '' : `: ${shortened(visibleText(raw))}`;
      lines.push(`  ${visibleText(path)}, line ${line}: ${REJECT_WORDS[reason]}${text}`);
    }
    if (log.rejected > REJECTED_SHOWN)
      lines.push(`  and ${log.rejected - REJECTED_SHOWN} more (doppel detect --format json lists the first 1,000)`);
  }
  return lines;
}

function shortened(text: string): string {
  return text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text;
}
