import { describe, expect, it } from 'vitest';
import { apiQuery, bounds, contradiction, inWords, isFiltered, NO_FILTERS, notCounted, readFilters, writeFilters } from './filters';
import { sparkPath } from './Sparkline';

const NOW = Date.UTC(2026, 10, 24, 15, 4, 33);

describe('filters', () => {
  it('come back from the address as they went into it', () => {
    const filters = { ...NO_FILTERS, q: 'a b&c', errors: true, range: null, from: NOW - 5_000, to: NOW, fields: { status: '4xx', minDuration: '30000' } };
    expect(readFilters(writeFilters(filters))).toEqual(filters);
    expect(writeFilters(NO_FILTERS).toString()).toBe('');
  });
  it('fall back where the address is nonsense', () => expect(readFilters(new URLSearchParams('range=9y&from=soon&errors=1'))).toEqual(NO_FILTERS));
  it('ask the server the same within a minute', () => {
    expect(apiQuery(NO_FILTERS, NOW, 50)).toBe(apiQuery(NO_FILTERS, NOW + 20_000, 50));
    expect(new URLSearchParams(apiQuery(NO_FILTERS, NOW, 50)).get('from')).toBe('2026-11-23T15:04:00.000Z');
  });
  it('say which bounds leave nothing between them', () => {
    expect(contradiction({ from: null, to: null, fields: { minDuration: '600000', maxDuration: '60000' } })).toBe('No session lasts at least 10 min and at most 1 min.');
    expect(contradiction({ from: NOW, to: NOW - 1, fields: {} })).toBe('The end is before the beginning.');
    expect([contradiction(NO_FILTERS), contradiction({ from: NOW, to: NOW, fields: { minDuration: '5', maxDuration: '5' } }), contradiction({ from: null, to: NOW, fields: { minDuration: '5', maxDuration: '0' } })]).toEqual([null, null, null]);
  });
  it('leave all time open', () => expect(bounds({ ...NO_FILTERS, range: 'all' }, NOW)).toEqual({ from: null, to: null }));
  it('say that of sessions which are being recorded nothing is known that they ask for', () => {
    expect(notCounted({ ...NO_FILTERS, errors: true }, 1)).toBe('1 live one counts when it ends');
    expect(notCounted({ ...NO_FILTERS, fields: { failure: 'x' } }, 2)).toBe('2 live ones count when they end');
    expect([notCounted(NO_FILTERS, 2), notCounted({ ...NO_FILTERS, errors: true }, 0), notCounted({ ...NO_FILTERS, fields: { browser: 'Chrome', state: 'active' } }, 2)]).toEqual(['', '', '']);
  });
  it('are told in words', () => {
    expect(inWords({ ...NO_FILTERS, q: '81.230', errors: true, fields: { browser: 'Safari' } })).toBe('matches “81.230”, is on Safari and has an error or a request that failed');
    expect(inWords({ ...NO_FILTERS, fields: { failure: 'TypeError: x', minDuration: '60000', maxDuration: '90000' } })).toBe('has the error “TypeError: x”, lasts at least 1 min and lasts at most 90 s');
    expect(isFiltered({ ...NO_FILTERS, q: '  ' })).toBe(false);
  });
});

describe('activity', () => {
  it('is one path, a bar a slice', () => {
    expect(sparkPath([0, 50, 100]).match(/M/g)).toHaveLength(3);
    expect(sparkPath([])).toBe('');
  });
});
