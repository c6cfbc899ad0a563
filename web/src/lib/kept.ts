/** Reports that were read a moment ago, so that going from quote to quote asks the server once. */

import * as api from '../api/client.ts';
import type { ReportView } from '../api/types.ts';

const MOST = 40;
const kept = new Map<string, Promise<ReportView>>();

/** The report as it is now, or as it was at that moment. */
export function reportOf(id: string, at: api.AsOf = {}): Promise<ReportView> {
  const key = JSON.stringify([id, at]);
  const found = kept.get(key);
  if (found) return found;
  const asked = api.report(id, at);
  kept.set(key, asked);
  // A report that could not be read may be there the next time.
  asked.catch(() => {
    if (kept.get(key) === asked) kept.delete(key);
  });
  const oldest = kept.keys().next().value;
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
  return asked;
}

/** What has changed is read anew. */
export function forget(id: string): void {
  for (const key of [...kept.keys()]) {
    if ((JSON.parse(key) as [string])[0] === id) kept.delete(key);
  }
}

/** Whatever may have changed, and whatever another user must not find here. */
export function forgetAll(): void {
  kept.clear();
}
