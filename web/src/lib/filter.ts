/** The filter of incidents, as it stands in the address and as the server takes it. */

import type { Query } from './route.svelte.ts';

export const FILTERS = [
  'q',
  'status',
  'type',
  'country',
  'place',
  'actor',
  'since',
  'until',
  'published_by',
  'as_of',
  'bbox',
  'sort',
] as const;

export type FilterName = (typeof FILTERS)[number];
export type Filter = Partial<Record<FilterName, string>>;

export function filterOf(query: URLSearchParams): Filter {
  const filter: Filter = {};
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/** An empty filter, to be laid over a query. */
export const nothing = (): Query => Object.fromEntries(FILTERS.map((name) => [name, null]));

const SAYS: Partial<Record<FilterName, string>> = {
  q: 'Words',
  status: 'Status',
  type: 'Type',
  country: 'Country',
  place: 'Place',
  actor: 'Actor',
  since: 'From',
  until: 'Until',
  published_by: 'Published by',
  as_of: 'As known on',
};

/** What is in force, for a reader: a name and a value each. */
export function inForce(filter: Filter): { name: FilterName; text: string }[] {
  return FILTERS.flatMap((name) => {
    const value = filter[name];
    const says = SAYS[name];
    if (name === 'bbox' && value) return [{ name, text: 'What is on the map' }];
    return value && says ? [{ name, text: `${says}: ${value}` }] : [];
  });
}

/** ACLED's sub-event types, which the codebook lists in this order. */
export const TYPES = [
  'Government regains territory',
  'Non-state actor overtakes territory',
  'Armed clash',
  'Excessive force against protesters',
  'Protest with intervention',
  'Peaceful protest',
  'Violent demonstration',
  'Mob violence',
  'Chemical weapon',
  'Air/drone strike',
  'Suicide bomb',
  'Shelling/artillery/missile attack',
  'Remote explosive/landmine/IED',
  'Grenade',
  'Sexual violence',
  'Attack',
  'Abduction/forced disappearance',
  'Agreement',
  'Arrests',
  'Change to group/activity',
  'Disrupted weapons use',
  'Headquarters or base established',
  'Looting/property destruction',
  'Non-violent transfer of territory',
  'Other',
];

export const STATUSES = ['corroborated', 'single-source', 'disputed', 'denied', 'unknown'] as const;
