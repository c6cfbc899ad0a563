/** Reports that were read a moment ago, so that going from quote to quote asks the server once. */

import * as api from '../api/client.ts';
import type { ReportView } from '../api/types.ts';

const MOST = 40;
const kept = new Map<string, Promise<ReportView>>();

export function reportOf(id: string): Promise<ReportView> {
  const found = kept.get(id);
  if (found) return found;
  const asked = api.report(id);
  kept.set(id, asked);
  // A report that could not be read may be there the next time.
  asked.catch(() => kept.delete(id));
  const oldest = kept.keys().next().value;
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
  return asked;
}

/** What was reviewed is read anew. */
export function forget(id: string): void {
  kept.delete(id);
}
