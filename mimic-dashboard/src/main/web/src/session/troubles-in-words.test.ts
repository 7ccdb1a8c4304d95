import { describe, expect, it } from 'vitest';
import type { NetworkRow, Timeline } from '../api/types';
import { errorText, rageBursts, requestText } from './troubles-in-words';

const error = { kind: 'error' as const, name: 'TypeError', message: 'Uncaught TypeError: x is null', source: 'https://a.example/a.js', url: 'https://a.example/' };
const click = (at: number, rage: number, window = 'w1') => ({ at, rage, window, page: 'p', label: 'Pay', selector: 'button' }) as Timeline['clicks'][number];

describe('troubles', () => {
  it('say once what browsers say twice', () => {
    expect(errorText(error)).toEqual({ title: 'TypeError', message: 'x is null' });
    expect(errorText({ ...error, message: 'Uncaught (in promise) Error: TypeError: y' }).message).toBe('Error: TypeError: y');
    expect(errorText({ ...error, name: 'A+(B', message: 'Uncaught A+(B: c' }).message).toBe('c');
    expect(errorText({ ...error, name: 'A\n('.repeat(1_000_000) }).message).toBe('TypeError: x is null');
    expect(errorText({ ...error, name: null, message: null })).toEqual({ title: 'Error', message: 'https://a.example/' });
  });
  it('call a resource by what it was to be', () => {
    expect(errorText({ ...error, kind: 'resource', name: 'img', message: 'img did not load', source: 'https://a.example/k%C3%A4se.png?v=1' })).toEqual({ title: 'Picture did not load', message: '/käse.png?v=1' });
    expect(errorText({ ...error, kind: 'resource', name: 'embed', source: null })).toEqual({ title: 'Resource did not load', message: 'Its address is not known.' });
  });
  it('tell why a request failed by what is known', () => {
    const row = { status: 404, error: null, server: null } as NetworkRow;
    expect([requestText(row), requestText({ ...row, status: 418 }), requestText({ ...row, status: 502 }), requestText({ ...row, status: null, error: 'timeout' })]).toEqual(['There was nothing at this address', 'The server refused it', 'The server failed', 'No answer in time']);
  });
  it('are one for each burst of clicks in anger', () => {
    expect(rageBursts([click(0, 1), click(200, 2), click(400, 3), click(600, 4), click(1_500, 3), click(9_000, 3), click(9_100, 4, 'w2')]).map(({ at, rage }) => [at, rage])).toEqual([[400, 5], [9_000, 3], [9_100, 4]]);
  });
});
