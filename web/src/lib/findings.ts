/** How findings are laid out for a reader: figures, for and against, who said what when. */

import type { Answer, Evidence, Finding, Incident, Origin } from '../api/types.ts';
import { inOrder } from './moments.ts';
import { amount, COUNTED } from './words.ts';

export const counted = (finding: Finding): boolean => COUNTED.has(finding.question);

export interface Sides {
  yes: Answer[];
  no: Answer[];
  open: Answer[];
  past: Answer[];
}

/** Standing answers by what they say; those that their origin has replaced are past. */
export function sides(finding: Finding): Sides {
  const standing = finding.answers.filter((answer) => !answer.superseded);
  return {
    yes: standing.filter((answer) => answer.stance === 'asserts'),
    no: standing.filter((answer) => answer.stance === 'denies'),
    open: standing.filter((answer) => answer.stance === 'does-not-know'),
    past: finding.answers.filter((answer) => answer.superseded),
  };
}

const same = (value: string | null) => value?.toLowerCase().replace(/^(the|a|an) /, '') ?? '';

/** What stands in the heading: each thing that is said, the most supported first. */
export const said = (finding: Finding): (string | null)[] =>
  grouped(sides(finding).yes).map(({ value }) => value);

/** Answers that say the same, the most supported first. */
export function grouped(answers: Answer[]): { value: string | null; answers: Answer[] }[] {
  const found = new Map<string, { value: string | null; answers: Answer[] }>();
  for (const answer of answers) {
    const entry = found.get(same(answer.value)) ?? { value: answer.value, answers: [] };
    entry.answers.push(answer);
    found.set(same(answer.value), entry);
  }
  return [...found.values()].sort((a, b) => b.answers.length - a.answers.length);
}

export const originOf = (incident: Incident, id: string): Origin | undefined =>
  incident.origins.find((origin) => origin.id === id);

/** The words of an answer, one passage once: prints of a wire copy repeat them. */
export function passages(answer: Answer): Evidence[] {
  return [...answer.evidence].sort(
    (a, b) => Number(b.statement !== undefined) - Number(a.statement !== undefined),
  );
}

/** How a finding stands, to be compared with another moment's. */
export function stands(finding: Finding | undefined): string {
  if (!finding) return '';
  return JSON.stringify([
    finding.status,
    finding.low,
    finding.conservative,
    finding.high,
    said(finding).map(same),
  ]);
}

/** Moments at which something was published, oldest first. */
export function published(incident: Incident): string[] {
  return inOrder(incident.reports.flatMap((report) => report.published ?? []));
}

/** The range of a finding, and whether its highest is the least that somebody trusted says. */
export function rangeOf(finding: Finding, incident: Incident) {
  const { low, high } = finding;
  const trusted = sides(finding).yes.filter(
    (answer) => !originOf(incident, answer.origin)?.unreliable,
  );
  const open = trusted.some(
    ({ value }) => /[+?]$/.test(value ?? '') && Number.parseInt(value ?? '', 10) >= (high ?? 0),
  );
  return { low, high, open };
}

export interface Figure {
  origin: string;
  at: number;
  value: number;
  /** The number as it was given: `16+`, `≤16`. */
  label: string;
  past: boolean;
}

/**
 * Figures by the time at which they were first printed, where they are numbers with a date; of one
 * origin and moment the greatest.
 */
export function figures(finding: Finding, incident: Incident): Figure[] {
  const printed = (answer: Answer) =>
    inOrder(
      answer.evidence.flatMap(
        ({ report }) => incident.reports.find((other) => other.id === report)?.published ?? [],
      ),
    )[0] ?? answer.published;
  const all = finding.answers
    .flatMap((answer) => {
      const at = Date.parse(printed(answer) ?? '');
      const value = Number(answer.value?.match(/\d+/)?.[0] ?? NaN);
      if (answer.stance !== 'asserts' || Number.isNaN(at) || Number.isNaN(value)) return [];
      const label = amount(answer.value ?? '', true);
      return [{ origin: answer.origin, at, value, label, past: answer.superseded }];
    })
    .sort((a, b) => a.at - b.at || b.value - a.value);
  return all.filter(
    (figure, n) =>
      all.findIndex((other) => other.origin === figure.origin && other.at === figure.at) === n,
  );
}
