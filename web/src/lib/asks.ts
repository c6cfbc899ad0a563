/** What the review queue asks about. */

import type { QueueItem } from '../api/types.ts';

/** The field that is asked about; of a finding as a whole, what it says is its act or type. */
export const asksOf = (item: QueueItem): string =>
  item.field ?? (item.finding.startsWith('e:') ? 'acled' : 'act');
