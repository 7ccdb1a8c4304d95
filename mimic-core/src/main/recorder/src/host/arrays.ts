/** `Array.from` that does not depend on the host's, which prototype.js replaces by one without a mapping function. */
export function arrayFrom<T, R = T>(items: Iterable<T> | ArrayLike<T>, map?: (item: T, index: number) => R): R[] {
  const out: R[] = [];
  const take = (item: T): void => {
    out.push(map ? map(item, out.length) : (item as unknown as R));
  };
  if (Symbol.iterator in (items as object)) for (const item of items as Iterable<T>) take(item);
  else for (let i = 0; i < (items as ArrayLike<T>).length; i++) take((items as ArrayLike<T>)[i]!);
  return out;
}
