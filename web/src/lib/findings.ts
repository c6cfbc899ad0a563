/** How findings are laid out for a reader: figures, for and against, who said what when. */

import type { Answer, Evidence, Finding, Incident, Origin } from '../api/types.ts';

/** Questions that are answered by a number. */
const COUNTED = new Set(['killed', 'injured', 'missing', 'abducted', 'detained', 'displaced']);

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
export function said(finding: Finding): { value: string | null; origins: number }[] {
  const found = new Map<string, { value: string | null; origins: Set<string> }>();
  for (const answer of sides(finding).yes) {
    const entry = found.get(same(answer.value)) ?? { value: answer.value, origins: new Set() };
    entry.origins.add(answer.origin);
    found.set(same(answer.value), entry);
  }
  return [...found.values()]
    .map(({ value, origins }) => ({ value, origins: origins.size }))
    .sort((a, b) => b.origins - a.origins);
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
    said(finding).map(({ value }) => same(value)),
  ]);
}

/** Moments at which something was published, oldest first. */
export function published(incident: Incident): string[] {
  const all = incident.reports.flatMap((report) => report.published ?? []);
  return [...new Set(all)].sort();
}

export interface Figure {
  origin: string;
  at: number;
  value: number;
  past: boolean;
}

/** Figures by time, where they are numbers with a date; of one origin and moment the greatest. */
export function figures(finding: Finding): Figure[] {
  const all = finding.answers
    .flatMap((answer) => {
      const at = Date.parse(answer.published ?? '');
      const value = Number(answer.value?.match(/\d+/)?.[0] ?? NaN);
      if (answer.stance !== 'asserts' || Number.isNaN(at) || Number.isNaN(value)) return [];
      return [{ origin: answer.origin, at, value, past: answer.superseded }];
    })
    .sort((a, b) => a.at - b.at || b.value - a.value);
  return all.filter(
    (figure, n) =>
      all.findIndex((other) => other.origin === figure.origin && other.at === figure.at) === n,
  );
}
