import { basename } from 'node:path';
import { withShape } from '../../shared/choices';
import type { Choices } from '../../shared/choices';
import type { DetectionSummary, InputSummary, LogSummary } from '../../shared/domain';
import type { HandedOver } from '../../shared/handed-over';

/** What a log that was opened now has other than the one that was handed over, in words; nothing when its bytes are the same. */
export function differencesOf(handed: LogSummary, now: LogSummary): string[] {
  const here = new Map(now.inputs.map((input) => [input.sha256, input]));
  const expected = new Set(handed.inputs.map(({ sha256 }) => sha256));
  const missing = handed.inputs.filter(({ sha256 }) => !here.has(sha256));
  const strange = now.inputs.filter(({ sha256 }) => !expected.has(sha256));
  const told = missing.map((input) => {
    const other = strange.find(({ name }) => basename(name) === basename(input.name));
    if (!other) return `${input.name} is not among them (${sizeAndHash(input)}).`;
    strange.splice(strange.indexOf(other), 1);
    return `${input.name} is another file: it has ${sizeAndHash(other)}; handed over were ${sizeAndHash(input)}.`;
  });
  return [...told, ...strange.map(({ name }) => `${name} is none of the files that were handed over.`)];
}

function sizeAndHash({ bytes, sha256 }: InputSummary): string {
  return `${bytes.toLocaleString('en')} bytes with SHA-256 ${sha256}`;
}

/** How a file of that name was read when the case was handed over; of an archive, how the first of its entries was. */
export function choicesThen({ inputs }: LogSummary, name: string): Choices {
  const own = inputs.find((input) => input.name === name);
  if (own) return own.reading.choices;
  const parts = inputs.filter((input) => input.name.startsWith(`${name}/`) || input.name.startsWith(`${name} › `));
  if (parts.length === 0) return inputs[0]?.reading.choices ?? {};
  return parts.reduce<Choices>((all, { reading }) => withShape(all, reading.shape, reading.choices), {});
}

/** A warning where the same bytes came to something else: another version of Doppel may detect in another way. */
export function otherResult(
  { doppel, outOf }: HandedOver,
  detection: DetectionSummary,
  now: DetectionSummary,
): string[] {
  const then = outOf ?? detection;
  if (then.findings === now.findings && then.overlaps === now.overlaps) return [];
  return [
    `In the same bytes Doppel ${doppel} found ${then.findings} flagged users with ${then.overlaps} overlaps when the case was ` +
      `handed over; this one finds ${now.findings} with ${now.overlaps}.`,
  ];
}
