import { describe, expect, it } from 'vitest';
import { ago, clock, clockTenths, spoken, took } from './time';
import { address, counted, initials, pathOf, readable, shortId, size } from './values';

describe('times', () => {
  it('shows a moment by minutes, and by hours when it has them', () => {
    expect([clock(0), clock(527_900), clock(14_400_000), clockTenths(401_260)]).toEqual(['0:00', '8:47', '4:00:00', '6:41.2']);
  });
  it('says a position in words', () => expect([spoken(401_000), spoken(1_000), spoken(0)]).toEqual(['6 minutes 41 seconds', '1 second', '0 seconds']));
  it('says how long something took, and that it is not known', () => expect([took(88), took(1_240), took(61_000), took(null)]).toEqual(['88 ms', '1.24 s', '1:01', '–']));
  it('tells the past in the largest unit that fits', () => expect([ago(0, 30_000), ago(0, 7_200_000), ago(0, 90_000_000)]).toEqual(['30 s ago', '2 h ago', 'yesterday']));
});

describe('values', () => {
  it('shows sizes with the unit that keeps them short', () => expect([size(0), size(999), size(4_100), size(999_800), size(14_200_000_000), size(null)]).toEqual(['0 B', '999 B', '4.1 KB', '1.0 MB', '14 GB', '–']));
  it('takes an address apart and leaves what is none whole', () => {
    expect(address('https://a.example/x/y?z=1#h')).toMatchObject({ host: 'a.example', directory: '/x/', leaf: 'y', query: '?z=1#h' });
    expect(address('"><script>').path).toBe('"><script>');
    expect(address('javascript:alert(1)')).toMatchObject({ host: '', path: 'javascript:alert(1)' });
  });
  it('shows an address as people read it, but for what would be seen as something else', () => {
    expect(pathOf('https://a.example/tents/%D0%93%D0%BE%D1%80%D0%B0-3?q=k%C3%A4se%20m%C3%BChle')).toBe('/tents/Гора-3?q=käse mühle');
    expect(address('https://a.example/k%C3%A4se/m%C3%BChle')).toMatchObject({ directory: '/käse/', leaf: 'mühle' });
    expect([readable('/a%2Fb%3Fc%26d'), readable('/50%'), readable('/%C3%28'), readable('/%E2%80%AEgpj.exe'), readable('/%00%0A')]).toEqual(['/a%2Fb%3Fc%26d', '/50%', '/%C3%28', '/%E2%80%AEgpj.exe', '/%00%0A']);
  });
  it('shortens ids and names', () => expect([shortId('01a20e1c-7d40-7c31-9a8e-5b0f64d2a41c'), initials('Дмитро Кравченко'), initials('o.adebayo@hexel.ng'), initials('𝒳')]).toEqual(['01a20e1c…a41c', 'ДК', 'OA', '𝒳']));
  it('counts', () => expect([counted(1, 'error'), counted(12_408, 'session')]).toEqual(['1 error', '12,408 sessions']));
  it('leaves the host out of a path', () => expect([pathOf('https://a.example/b?c'), pathOf(null)]).toEqual(['/b?c', '']));
});
