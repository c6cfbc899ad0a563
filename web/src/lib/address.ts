/** The address of a report, where it can be followed: whatever else an outlet gives is no link. */
export function webAddress(given: string | null): string | null {
  if (!given || !URL.canParse(given)) return null;
  const { protocol, href } = new URL(given);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
