/** What the list asks for. It lives in the address, so that a link shows the same. */

export const RANGES = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', all: 'All time' } as const;
export type Range = keyof typeof RANGES;
const RANGE_MS: Record<Exclude<Range, 'all'>, number> = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 };
export const DEFAULT_RANGE: Range = '24h';

export const FIELDS = ['status', 'browser', 'os', 'country', 'user', 'event', 'failure', 'minDuration', 'maxDuration', 'state'] as const;
export type Field = (typeof FIELDS)[number];

export const FIELD_LABELS: Record<Field, string> = {
  status: 'Status', browser: 'Browser', os: 'System', country: 'Country', user: 'User', event: 'Event', failure: 'Error', minDuration: 'Duration', maxDuration: 'Duration', state: 'State',
};

export interface Filters {
  q: string;
  errors: boolean;
  range: Range | null;
  from: number | null;
  to: number | null;
  fields: Partial<Record<Field, string>>;
}

export const NO_FILTERS: Filters = { q: '', errors: false, range: DEFAULT_RANGE, from: null, to: null, fields: {} };

const time = (text: string | null) => {
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
};

export function readFilters(query: URLSearchParams): Filters {
  const from = time(query.get('from'));
  const to = time(query.get('to'));
  const range = query.get('range');
  const fields: Filters['fields'] = {};
  for (const field of FIELDS) {
    const value = query.get(field)?.trim();
    if (value) fields[field] = value;
  }
  return {
    q: query.get('q') ?? '',
    errors: query.get('errors') === 'true',
    range: from !== null || to !== null ? null : range !== null && range in RANGES ? (range as Range) : DEFAULT_RANGE,
    from, to, fields,
  };
}

export function writeFilters(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  if (filters.q.trim()) query.set('q', filters.q.trim());
  if (filters.errors) query.set('errors', 'true');
  if (filters.range !== null && filters.range !== DEFAULT_RANGE) query.set('range', filters.range);
  if (filters.from !== null) query.set('from', new Date(filters.from).toISOString());
  if (filters.to !== null) query.set('to', new Date(filters.to).toISOString());
  for (const field of FIELDS) {
    const value = filters.fields[field];
    if (value) query.set(field, value);
  }
  return query;
}

/** First and last moment of the list; null where it is open. Rounded to the minute, so that asking again asks the same. */
export function bounds(filters: Filters, now: number): { from: number | null; to: number | null } {
  if (filters.range === null) return { from: filters.from, to: filters.to };
  if (filters.range === 'all') return { from: null, to: null };
  return { from: Math.floor((now - RANGE_MS[filters.range]) / 60_000) * 60_000, to: null };
}

/** The query string for `api/sessions`. */
export function apiQuery(filters: Filters, now: number, limit: number): string {
  const query = new URLSearchParams();
  const { from, to } = bounds(filters, now);
  if (filters.q.trim()) query.set('q', filters.q.trim());
  if (filters.errors) query.set('errors', 'true');
  if (from !== null) query.set('from', new Date(from).toISOString());
  if (to !== null) query.set('to', new Date(to).toISOString());
  for (const field of FIELDS) {
    const value = filters.fields[field];
    if (value) query.set(field, value);
  }
  query.set('limit', String(limit));
  return query.toString();
}

export function isFiltered(filters: Filters): boolean {
  return filters.q.trim() !== '' || filters.errors || Object.keys(filters.fields).length > 0;
}

const HAPPENED = ['status', 'user', 'event', 'failure'] as const;

/** What is said where the filters ask for what happened in sessions and some are being recorded; else nothing. */
export function notCounted({ q, errors, fields }: Filters, live: number): string {
  if (live === 0 || !(errors || q.trim() !== '' || HAPPENED.some((field) => fields[field]))) return '';
  return live === 1 ? '1 live one counts when it ends' : `${live} live ones count when they end`;
}

export const isDuration = (field: Field) => field === 'minDuration' || field === 'maxDuration';

/** Why these filters can find nothing: bounds that leave nothing between them. Null when they can. */
export function contradiction({ from, to, fields }: Pick<Filters, 'from' | 'to' | 'fields'>): string | null {
  const [least, most] = [Number(fields.minDuration ?? 0), Number(fields.maxDuration ?? 0)];
  if (most > 0 && most < least) return `No session lasts ${fieldText('minDuration', String(least))} and ${fieldText('maxDuration', String(most))}.`;
  if (from !== null && to !== null && to < from) return 'The end is before the beginning.';
  return null;
}

export function fieldText(field: Field, value: string): string {
  if (isDuration(field)) {
    const seconds = Number(value) / 1000;
    return `at ${field === 'minDuration' ? 'least' : 'most'} ${seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`}`;
  }
  if (field === 'state') return value === 'active' ? 'live now' : value;
  return value;
}

export function rangeText(filters: Filters, format: (at: number) => string): string {
  if (filters.range !== null) return RANGES[filters.range];
  if (filters.from !== null && filters.to !== null) return `${format(filters.from)} to ${format(filters.to)}`;
  if (filters.from !== null) return `Since ${format(filters.from)}`;
  return filters.to === null ? RANGES.all : `Until ${format(filters.to)}`;
}

/** The filters in words, for the sentence of an empty list: what the sessions should have been. */
export function inWords(filters: Filters): string {
  const { q, errors, fields } = filters;
  const parts = [
    q && `matches “${q}”`,
    fields.browser && `is on ${fields.browser}`,
    fields.os && `runs on ${fields.os}`,
    fields.country && `comes from ${fields.country}`,
    fields.user && `is of user ${fields.user}`,
    fields.event && `has the event ${fields.event}`,
    fields.status && `has a request that answered ${fields.status}`,
    fields.failure && `has the error “${fields.failure}”`,
    fields.minDuration && `lasts ${fieldText('minDuration', fields.minDuration)}`,
    fields.maxDuration && `lasts ${fieldText('maxDuration', fields.maxDuration)}`,
    fields.state && `is ${fieldText('state', fields.state)}`,
    errors && 'has an error or a request that failed',
  ].filter((part): part is string => Boolean(part));
  if (parts.length === 0) return 'was recorded';
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
