/** The questions that wait in a line, and the one that is asked: pure, so that each step can be read. */

export interface Line<T> {
  readonly items: readonly T[];
  /** Which one is asked. */
  readonly at: number;
}

const within = (at: number, items: readonly unknown[]) =>
  Math.max(0, Math.min(items.length - 1, at));

/** The one after, or before. */
export const moved = <T>({ items, at }: Line<T>, by: number): Line<T> => ({
  items,
  at: within(at + by, items),
});

/** More come behind those that are there. */
export const longer = <T>({ items, at }: Line<T>, more: readonly T[]): Line<T> => ({
  items: [...items, ...more],
  at,
});

/**
 * One is settled and leaves. Whatever else is asked by then is still asked; where it was the one, the
 * next is.
 */
export function without<T>({ items, at }: Line<T>, settled: T): Line<T> {
  const index = items.indexOf(settled);
  if (index < 0) return { items, at };
  const rest = items.filter((item) => item !== settled);
  return { items: rest, at: within(index < at ? at - 1 : at, rest) };
}

/** One comes back to where it stood, and is asked. */
export function again<T>({ items }: Line<T>, item: T, index: number): Line<T> {
  const at = Math.max(0, Math.min(items.length, index));
  return { items: [...items.slice(0, at), item, ...items.slice(at)], at };
}
