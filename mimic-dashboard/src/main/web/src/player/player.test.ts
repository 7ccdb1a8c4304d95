import { describe, expect, it } from 'vitest';
import type { eventWithTime } from '@rrweb/types';
import { pictureOf } from './canvas';
import { withoutRequests } from './css';
import { absolute, type Kept } from './kept';
import { ArraySplitter } from './json-stream';
import { seal, unseal } from './protocol';
import { Sanitizer } from './sanitize';
import { endOfFetch } from './source';

describe('a streamed array', () => {
  const text = JSON.stringify([{ a: 'x]},{"\\' }, { b: [1, { c: 2 }] }, [], { d: '\u{1F600}' }]);
  it('gives each element as soon as it is whole, however the text is cut', () => {
    for (let cut = 1; cut < 9; cut++) {
      const splitter = new ArraySplitter();
      const found: unknown[] = [];
      for (let i = 0; i < text.length; i += cut) found.push(...splitter.push(text.slice(i, i + cut)));
      expect(found).toEqual(JSON.parse(text));
    }
  });
  it('puts a long element together once', () => {
    const splitter = new ArraySplitter();
    const piece = 'x'.repeat(100);
    expect(splitter.push('[{"a":"')).toEqual([]);
    for (let i = 0; i < 200_000; i++) splitter.push(piece);
    expect((splitter.push('"},[1],{"b":') as [{ a: string }])[0].a).toHaveLength(20_000_000);
    expect(splitter.push('2}]')).toEqual([{ b: 2 }]);
  }, 60_000);
  it('gives nothing for an empty one', () => expect(new ArraySplitter().push('[]')).toEqual([]));
});

describe('style sheets', () => {
  it('lose what would be fetched and keep what is recorded', () => {
    expect(withoutRequests('a{background:url( "https://e.example/x" ) no-repeat}')).toBe('a{background:url( "data:," ) no-repeat}');
    expect(withoutRequests('a{background:url(data:image/png;base64,AA)}')).toBe('a{background:url("data:image/png;base64,AA")}');
    expect(withoutRequests('a{fill:url(#g)}')).toBe('a{fill:url("#g")}');
    expect(withoutRequests('@import "https://e.example";b{c:d}')).toBe('b{c:d}');
    expect(withoutRequests('@font-face{font-family:x;src:url(f.woff2)}b{c:d}')).toBe('b{c:d}');
    expect(withoutRequests('a{background:image-set("https://e.example/1.png" type("image/png") 1x)}')).toBe('a{background:image-set("data:," type("image/png") 1x)}');
  });
  it('ask for nothing however it is written', () => {
    const shapes = [
      'a{background:url(https://e.example/x', 'a{background:url("https://e.example/x', "a{background:url('https://e.example/x", 'a{background:image-set("https://e.example/x', 'a{background:URL(https://e.example/x)}',
      'a{background:u\\72l(https://e.example/x)}', 'a{background:\\75 \\52 l(https://e.example/x)}', 'a{background:u\\rl(https://e.example/x)}', 'a{background:\\000075\\000072\\00006c(https://e.example/x)}', 'a{background:i\\6d age-set("https://e.example/x" 1x)}',
      '@import"https://e.example/x"', '@import/**/"https://e.example/x" screen;', "@IMPORT 'https://e.example/x' layer(a);", '@\\69mport "https://e.example/x";', '@import url(https://e.example/x;y);', '@import url( "https://e.example/x',
    ];
    for (const shape of shapes) expect(withoutRequests(shape), shape).not.toContain('e.example');
  });
  it('keep escapes that are no letters', () => expect(withoutRequests('a::before{content:"\\f101\\\\61\\A";b:url(x)}')).toBe('a::before{content:"\\f101\\\\61\\A";b:url("data:,")}'));
  it('stay as they are without any address', () => expect(withoutRequests('a{color:red}')).toBe('a{color:red}'));
});

const snapshot = (...childNodes: unknown[]): eventWithTime => ({ type: 2, timestamp: 1, data: { node: { type: 0, id: 1, childNodes }, initialOffset: { top: 0, left: 0 } } }) as unknown as eventWithTime;
const element = (tagName: string, attributes: Record<string, unknown>, ...childNodes: unknown[]) => ({ type: 2, id: Math.floor(Math.random() * 1e9), tagName, attributes, childNodes });

describe('a hostile snapshot', () => {
  const cleaned = (node: ReturnType<typeof element>) => {
    new Sanitizer().clean(snapshot(node));
    return node.attributes;
  };
  it('keeps no handler, no script address and no frame content', () => {
    expect(cleaned(element('body', { onload: 'x', ONCLICK: 'y', class: 'c' }))).toEqual({ class: 'c' });
    expect(cleaned(element('a', { href: 'javascript:x', target: '_top' }))).toEqual({ href: '#' });
    expect(cleaned(element('iframe', { src: 'https://e.example', srcdoc: '<script>' }))).toEqual({});
    expect(cleaned(element('form', { action: 'https://e.example' }))).toEqual({});
  });
  it('asks for nothing', () => {
    expect(cleaned(element('link', { rel: 'preload', href: 'https://e.example' }))).toEqual({});
    expect(cleaned(element('meta', { 'http-equiv': 'refresh', content: '0' }))).toEqual({});
    expect(cleaned(element('base', { href: 'https://e.example' }))).toEqual({});
    expect(cleaned(element('img', { src: 'https://e.example/p.gif', srcset: 'x 2x' }))['src']).toMatch(/^data:/);
    expect(cleaned(element('use', { 'xlink:href': 'https://e.example/s.svg#a' }))).toEqual({});
    expect(cleaned(element('set', { attributeName: 'href', to: 'https://e.example/s.png' }))).toEqual({});
    expect(cleaned(element('div', { style: 'background:u\\72l(https://e.example)' }))).toEqual({ style: 'background:url("data:,")' });
    expect(cleaned(element('img', { srcset: 'data:,x 1x,https://e.example/y 2x' }))['srcset']).toBeUndefined();
    expect(cleaned(element('div', { style: 'background:url(https://e.example)' }))).toEqual({ style: 'background:url("data:,")' });
  });
  it('keeps recorded style sheets, local references and inline pictures', () => {
    expect(cleaned(element('link', { rel: 'stylesheet', href: 'a.css', _cssText: 'a{b:c}' }))).toEqual({ rel: 'stylesheet', _cssText: 'a{b:c}' });
    expect(cleaned(element('use', { href: '#icon' }))).toEqual({ href: '#icon' });
    expect(cleaned(element('img', { src: 'data:image/png;base64,AA' }))).toEqual({ src: 'data:image/png;base64,AA' });
  });
  it('is remembered by later changes', () => {
    const sanitizer = new Sanitizer();
    const style = { type: 3, id: 77, textContent: 'a{background:url(https://e.example)}' };
    const img = { ...element('img', { src: 'data:,' }), id: 78 };
    sanitizer.clean(snapshot(element('style', {}, style), img));
    expect(style.textContent).not.toContain('e.example');
    const change = { type: 3, timestamp: 2, data: { source: 0, texts: [{ id: 77, value: 'b{background:url(//e.example)}' }], attributes: [{ id: 78, attributes: { src: 'https://e.example', onerror: 'x', style: { background: ['url(https://e.example)', 'important'] } } }], adds: [], removes: [] } };
    sanitizer.clean(change as unknown as eventWithTime);
    expect(JSON.stringify(change)).not.toMatch(/e\.example|onerror/);
  });
  it('loses canvas commands that are no pictures, media and remote fonts', () => {
    const source = (n: number, more = {}) => new Sanitizer().clean({ type: 3, timestamp: 1, data: { source: n, ...more } } as unknown as eventWithTime);
    expect([source(9), source(7), source(10, { fontSource: 'url(x)', buffer: false })]).toEqual([null, null, null]);
  });
});

describe('what was kept', () => {
  const kept: Kept = {
    file: (address) => (/^https:\/\/a\.example\/(kept\.png|f\.woff2|kept\.svg)$/.test(address) ? `blob:${new URL(address).pathname}` : undefined),
    sheet: (address) => (address === 'https://a.example/css/late.css' ? '@import "x.css";b{background:url(../kept.png)}c{background:url(https://e.example/x.png)}' : undefined),
  };
  const shown = (node: ReturnType<typeof element>) => {
    const sanitizer = new Sanitizer(kept);
    sanitizer.clean({ type: 4, timestamp: 0, data: { href: 'https://a.example/p/1', width: 1, height: 1 } } as unknown as eventWithTime);
    sanitizer.clean(snapshot(node));
    return node.attributes;
  };
  it('is shown in place of its address, and nothing else is', () => {
    expect(shown(element('img', { src: 'https://a.example/kept.png#x' }))).toEqual({ src: 'blob:/kept.png' });
    expect(shown(element('img', { src: '/kept.png' }))).toEqual({ src: 'blob:/kept.png' });
    expect(shown(element('img', { src: 'https://e.example/kept.png' }))['src']).toMatch(/^data:/);
    expect(shown(element('img', { srcset: 'https://a.example/kept.png 1x, https://a.example/gone.png 2x' }))).toEqual({ srcset: 'blob:/kept.png 1x' });
    expect(shown(element('source', { srcset: 'https://a.example/gone.webp', media: '(min-width: 1px)' }))).toEqual({ media: '(min-width: 1px)' });
    expect(shown(element('video', { src: 'https://a.example/kept.png', poster: 'https://a.example/kept.png' }))).toEqual({ poster: 'blob:/kept.png' });
    expect(shown(element('image', { 'xlink:href': 'https://a.example/kept.svg' }))).toEqual({ 'xlink:href': 'blob:/kept.svg' });
    expect(shown(element('img', { srcset: 'https://a.example/kept.png 1x,https://e.example/gone.png 2x,https://a.example/kept.png 3x' }))).toEqual({ srcset: 'blob:/kept.png 1x, blob:/kept.png 3x' });
    expect(shown(element('img', { srcset: 'https://a.example/kept.png, https://a.example/gone.png 2x' }))).toEqual({ srcset: 'blob:/kept.png' });
    expect(shown(element('use', { href: 'https://a.example/kept.svg#a' }))).toEqual({ href: 'blob:/kept.svg#a' });
    expect(shown(element('use', { href: 'https://e.example/kept.svg#a' }))).toEqual({});
    expect(shown(element('iframe', { src: 'https://a.example/kept.svg' }))).toEqual({});
    expect(shown(element('object', { data: 'https://a.example/kept.svg' }))).toEqual({});
    expect(shown(element('td', { background: 'https://a.example/kept.png' }))).toEqual({ background: 'blob:/kept.png' });
  });
  it('is named by style sheets, with what a sheet was itself', () => {
    expect(shown(element('div', { style: 'background: url("https://a.example/kept.png")' }))).toEqual({ style: 'background: url("blob:/kept.png")' });
    expect(shown(element('link', { rel: 'stylesheet', href: '/css/late.css', media: 'print' }))).toEqual({ rel: 'stylesheet', media: 'print', _cssText: 'b{background:url("blob:/kept.png")}c{background:url("data:,")}' });
    expect(shown(element('link', { rel: 'stylesheet', href: '/css/gone.css' }))).toEqual({});
    expect(shown(element('div', { style: 'background: image-set("/kept.png" 1x, "/gone.png" 2x)' }))).toEqual({ style: 'background: image-set("blob:/kept.png" 1x, "data:," 2x)' });
    const faces = '@font-face { font-family: A; src: url("https://a.example/f.woff2") format("woff2"), url(https://a.example/f.ttf); }@font-face { src: url(/gone.woff2) }';
    expect(shown(element('link', { rel: 'stylesheet', _cssText: faces }))['_cssText']).toBe('@font-face { font-family: A; src: url("blob:/f.woff2") format("woff2"), url("data:,"); }/**/');
  });
  it('is imported by style sheets once, with its conditions', () => {
    const sheets: Record<string, string> = {
      'https://a.example/css/all.css': '@import "fonts.css";@import url(print.css) print;@import "parts.css" layer(parts) (min-width: 1px);@import "odd.css" screen}x{};@import "fonts.css";a{b:c}',
      'https://a.example/css/fonts.css': '@font-face{font-family:F;src:url(../f.woff2)}',
      'https://a.example/css/print.css': '@import "all.css";p{}',
      'https://a.example/css/parts.css': 'q{}',
      'https://a.example/css/odd.css': 'evil{}',
    };
    const sanitizer = new Sanitizer({ ...kept, sheet: (address) => sheets[address] });
    sanitizer.clean({ type: 4, timestamp: 0, data: { href: 'https://a.example/', width: 1, height: 1 } } as unknown as eventWithTime);
    const link = element('link', { rel: 'stylesheet', href: '/css/all.css' });
    sanitizer.clean(snapshot(link));
    expect(link.attributes['_cssText']).toBe('@font-face{font-family:F;src:url("blob:/f.woff2")}/**/@media print{p{}}/**/@media (min-width: 1px){@layer parts{q{}}}/**/;/**/a{b:c}');
  });
  it('has addresses as a browser writes them', () => {
    expect(absolute(' ../a b.png#x ', 'https://A.example/c/d')).toBe('https://a.example/a%20b.png');
    expect([absolute('http://', ''), absolute('x.png', ''), absolute('javascript:x', '')]).toEqual([null, null, 'javascript:x']);
  });
});

describe('fetching', () => {
  it('ends before the first snapshot that is far enough on', () => expect([endOfFetch([0, 20_000, 90_000, 200_000], 0), endOfFetch([0, 90_000], 90_000)]).toEqual([89_999, null]));
});

describe('messages', () => {
  const source = {} as Window;
  const event = (data: unknown, origin = 'https://a.example', from: unknown = source) => ({ data, origin, source: from }) as MessageEvent<unknown>;
  it('count only from the expected frame of the same origin', () => {
    expect(unseal(event(seal({ kind: 'play' })), source, 'https://a.example')).toEqual({ kind: 'play' });
    expect(unseal(event(seal({ kind: 'play' }), 'https://b.example'), source, 'https://a.example')).toBeNull();
    expect(unseal(event(seal({ kind: 'play' }), undefined, {}), source, 'https://a.example')).toBeNull();
    expect(unseal(event('hello'), source, 'https://a.example')).toBeNull();
  });
});

describe('a canvas', () => {
  const event = (type: string) => ({ type: 3, timestamp: 1, data: { source: 9, id: 4, type: 0, commands: [{ property: 'clearRect', args: [] }, { property: 'drawImage', args: [{ rr_type: 'ImageBitmap', args: [{ rr_type: 'Blob', data: [{ rr_type: 'ArrayBuffer', base64: 'AA==' }], type }] }, 0, 0] }] } }) as unknown as eventWithTime;
  it('is drawn when it was recorded as a picture, and by nothing else', () => {
    expect(pictureOf(event('image/webp'))).toEqual({ id: 4, type: 'image/webp', base64: 'AA==' });
    expect(pictureOf(event('image/svg+xml'))).toBeNull();
    expect(pictureOf({ type: 3, timestamp: 1, data: { source: 9, id: 4, commands: [{ property: 'fillRect', args: [0] }] } } as unknown as eventWithTime)).toBeNull();
  });
});
