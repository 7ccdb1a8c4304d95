/** `Array.from` that does not depend on the host's, which prototype.js replaces by one without a mapping function. */
export function arrayFrom<T, R = T>(items: Iterable<T> | ArrayLike<T>, map?: (item: T, index: number) => R): R[] {
  const out: R[] = [];
  if ("length" in items) {
    const { length } = items;
    for (let i = 0; i < length; i++) out.push(map ? map(items[i]!, i) : (items[i] as unknown as R));
  } else for (const item of items) out.push(map ? map(item, out.length) : (item as unknown as R));
  return out;
}
