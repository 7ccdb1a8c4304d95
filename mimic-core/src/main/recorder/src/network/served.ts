const MOST = 20;

/** Ids of the first answers that this page had from the host's MIMIC: perhaps no session was known yet. */
export const firstServed: string[] = [];

/** The id that the host's MIMIC gave an answer, by which it finds again what it saw of the request. */
export function served(timing: string | null): string | undefined {
  const id = /mimic;desc=([\w-]+)/.exec(timing!)?.[1];
  if (id && firstServed.length < MOST) firstServed.push(id);
  return id;
}

/** What the page itself came with. */
export function servedPage(): void {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  page?.serverTiming?.map(({ name, description }) => served(`${name};desc=${description}`));
}
