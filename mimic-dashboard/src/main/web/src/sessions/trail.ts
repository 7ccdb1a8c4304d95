import { safely } from '../ui/theme';

/** The list that a session was opened from: it goes along, for "3 of 42 in Checkout errors". */
export interface Trail {
  label: string;
  query: string;
  ids: string[];
  more: boolean;
}

const KEY = 'mimic.trail';

export function keepTrail(trail: Trail): void {
  safely(() => sessionStorage.setItem(KEY, JSON.stringify(trail)));
}

export function readTrail(): Trail | null {
  const trail = safely(() => JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Trail | null);
  return trail && Array.isArray(trail.ids) ? trail : null;
}
