/** Which incidents leave: all that a filter finds but some, or none but some. */

import type { Export } from '../api/client.ts';
import type { Filter } from './filter.ts';

export interface Choice {
  /** Whether those count that are not named. */
  readonly all: boolean;
  /** Those that are named: left out where all count, else chosen. */
  readonly ids: ReadonlySet<string>;
}

export const ALL: Choice = { all: true, ids: new Set() };
export const NONE: Choice = { all: false, ids: new Set() };

/** Nothing but these. */
export const only = (ids: string[]): Choice => ({ all: false, ids: new Set(ids) });

export const isChosen = (choice: Choice, id: string): boolean => choice.all !== choice.ids.has(id);

/** With one more, or one less. Whatever has not come yet, or cannot be shown, stays as it was. */
export function turned(choice: Choice, id: string): Choice {
  const ids = new Set(choice.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: choice.all, ids };
}

/** How many leave, of a list with `total` of which `shown` have come. */
export function size(choice: Choice, total: number, shown: { id: string }[]): number {
  if (!choice.all) return choice.ids.size;
  return total - shown.filter(({ id }) => choice.ids.has(id)).length;
}

/** As the server takes it, with the moment that the list is of. */
export function leaving(
  choice: Choice,
  { as_of, published_by, ...filter }: Filter,
): Pick<Export, 'incidents' | 'filter' | 'except' | 'as_of' | 'published_by'> {
  const what = choice.all
    ? { filter, ...(choice.ids.size > 0 ? { except: [...choice.ids] } : {}) }
    : { incidents: [...choice.ids] };
  return {
    ...what,
    ...(as_of === undefined ? {} : { as_of }),
    ...(published_by === undefined ? {} : { published_by }),
  };
}
