import { describe, expect, it } from 'vitest';
import type { eventWithTime } from '@rrweb/types';
import { asked } from '../../test/asked';
// what is replayed in a browser, too
import { everything, shouted, slow } from '../../test/browser/attacks.mjs';
import { Sanitizer } from './sanitize';

type Data = Record<string, unknown>;

const cleaned = (events: object[]) => {
  const sanitizer = new Sanitizer();
  return (structuredClone(events) as eventWithTime[]).map((event) => sanitizer.clean(event)).filter((event) => event !== null);
};
const snapshot = (...childNodes: object[]) => ({ type: 2, timestamp: 1, data: { node: { type: 0, id: 1, childNodes }, initialOffset: { top: 0, left: 0 } } });
const element = (id: number, tagName: string, attributes: Data, ...childNodes: object[]) => ({ type: 2, id, tagName, attributes, childNodes });
const text = (id: number, textContent: string) => ({ type: 3, id, textContent });
const change = (data: Data) => ({ type: 3, timestamp: 2, data: { source: 0, texts: [], attributes: [], adds: [], removes: [], ...data } });

/** Where an address stands that a browser could be made to ask for. What is shown as text is none; texts of one style are one. */
function named(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    if (/^(_csstext|rule|replace|replacesync|value)$/i.test(key)) return asked(value).map((address) => `${key} ${address}`);
    return value.includes('e.example') ? [`${key} ${value}`] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const { type, tagName, childNodes } = value as { type?: unknown; tagName?: string; childNodes?: { textContent?: string }[] };
  if (type === 3 && 'textContent' in value) return [];
  const style = tagName?.toLowerCase() === 'style' ? asked((childNodes ?? []).map((child) => child.textContent ?? '').join('')).map((address) => `style ${address}`) : [];
  return [...style, ...Object.entries(value).flatMap(([name, part]) => named(part, Array.isArray(value) ? key : name))];
}

describe('a hostile recording', () => {
  const EVIL = 'https://e.example';
  it.each([['as a recorder writes it', everything(1, EVIL)], ['in other letters', shouted(everything(1, EVIL))]])('names nothing that can be asked for any more, %s', (_, events) => {
    const shown = (list: object[]) => list.filter((event) => (event as { type: number }).type !== 5); // nobody shows the page's own events here
    expect(shown(events).flatMap((event) => named(event)).length).toBeGreaterThan(150);
    expect(shown(cleaned(events)).flatMap((event) => named(event))).toEqual([]);
  });

  it('is cleaned in whatever letters its names are', () => {
    const link = element(6, 'LINK', { REL: 'StyleSheet', _cssText: `a{b:url(${EVIL})}`, Href: EVIL, MEDIA: 'print' });
    const nodes = [
      element(2, 'META', { 'HTTP-EQUIV': 'refresh', content: `0;url=${EVIL}` }), element(3, 'meta', { Content: `0;url=${EVIL}`, 'Http-Equiv': 'refresh' }), element(4, 'Base', { HREF: EVIL }), element(5, 'A', { hReF: 'javascript:x', OnClick: 'y' }), link,
      element(7, 'SCRIPT', { SRC: EVIL }), element(8, 'Set', { ATTRIBUTENAME: 'href', To: EVIL }), element(9, 'div', { STYLE: `b:url(${EVIL})`, FILL: `u\\72l(${EVIL})` }), element(10, 'IMG', { SrcSet: `${EVIL} 2x` }), { ...element(11, 'svg:SCRIPT', {}), isSVG: true }, element(12, 'o:p', {}),
    ];
    const [event] = cleaned([snapshot(...nodes)]);
    const left = (event?.data as unknown as { node: { childNodes: { tagName: string; attributes: Data }[] } }).node.childNodes;
    expect(left.map(({ tagName }) => tagName)).toEqual(['meta', 'meta', 'base', 'a', 'link', 'script', 'set', 'div', 'img', 'script', 'o:p']);
    expect(left.map(({ attributes }) => attributes)).toEqual([{}, {}, {}, { hReF: '#' }, { rel: 'stylesheet', _cssText: 'a{b:url("data:,")}', media: 'print' }, {}, {}, { STYLE: 'b:url("data:,")', FILL: 'url("data:,")' }, {}, {}, {}]);
  });

  it('shows no picture of an address by rrweb’s own names, and no list as a text', () => {
    const [event] = cleaned([snapshot(element(2, 'canvas', { rr_dataURL: EVIL }), element(3, 'img', { rr_dataURL: 'data:image/png;base64,AA', src: 'data:,' }), element(4, 'rect', { filter: [`url(${EVIL})`] }), element(5, 'style', { _cssText: `a{b:u\\72l(${EVIL})}` }))]);
    expect((event?.data as unknown as { node: { childNodes: { attributes: Data }[] } }).node.childNodes.map(({ attributes }) => attributes)).toEqual([{}, { rr_dataURL: 'data:image/png;base64,AA', src: 'data:,' }, {}, { _cssText: 'a{b:url("data:,")}' }]);
  });

  it('is cleaned where two nodes have one number, and where a node is not known', () => {
    const twice = snapshot(element(5, 'div', {}), element(5, 'style', {}), element(6, 'img', {}), element(6, 'iframe', {}), element(8, 'div', {}, text(9, 'plain url(x)')));
    const events = cleaned([twice, change({ adds: [{ parentId: 5, nextId: null, node: text(7, `a{b:url(${EVIL})}`) }], attributes: [{ id: 6, attributes: { src: 'data:text/html,x' } }], texts: [{ id: 77, value: `a{b:url(${EVIL})}` }, { id: 9, value: 'plain url(y)' }] })]);
    const { adds, attributes, texts } = events[1]?.data as unknown as { adds: { node: { textContent: string } }[]; attributes: { attributes: Data }[]; texts: { value: string }[] };
    expect([adds[0]?.node.textContent, attributes[0]?.attributes, ...texts.map(({ value }) => value)]).toEqual(['a{b:url("data:,")}/**/', {}, 'a{b:url("data:,")}/**/', 'plain url(y)']);
  });

  it('keeps of a canvas the picture alone', () => {
    const picture = { property: 'drawImage', args: [{ rr_type: 'ImageBitmap', args: [{ rr_type: 'Blob', data: [{ rr_type: 'ArrayBuffer', base64: 'AA==' }], type: 'image/png' }] }, 0, 0] };
    const [event] = cleaned([{ type: 3, timestamp: 1, data: { source: 9, id: 4, type: 0, commands: [{ property: 'drawImage', args: [{ rr_type: 'HTMLImageElement', src: EVIL }] }, picture] } }]);
    expect((event?.data as unknown as { commands: unknown[] }).commands).toEqual([picture]);
  });

  it('shows kept style sheets no oftener than a viewer’s memory bears', () => {
    const sheet = `/*${'x'.repeat(1_000_000)}*/a{}`;
    const sanitizer = new Sanitizer({ file: () => undefined, sheet: () => sheet });
    const node = element(2, 'style', {}, text(3, '@import "https://a.example/x.css";'.repeat(500)));
    sanitizer.clean(snapshot(node) as unknown as eventWithTime);
    expect((node.childNodes[0] as { textContent: string }).textContent.length).toBeLessThan(25_000_000);
  }, 60_000);

  it('nor files, where an exported recording has them in its addresses', () => {
    const file = `data:image/png;base64,${'A'.repeat(1_000_000)}`;
    const sanitizer = new Sanitizer({ file: () => file, sheet: () => undefined });
    const long = () => {
      const nodes = [element(2, 'style', {}, text(3, 'a{b:url(https://a.example/x.png)}'.repeat(500))), element(4, 'p', { style: 'b:url(https://a.example/x.png);'.repeat(500) }), element(5, 'img', { srcset: 'https://a.example/x.png 2x,'.repeat(500), src: 'https://a.example/x.png' })];
      sanitizer.clean(snapshot(...nodes) as unknown as eventWithTime);
      expect(nodes[2]?.attributes['src']).toBe(file);
      return JSON.stringify(nodes.map((node) => [node.attributes['style'], node.attributes['srcset'], node.childNodes])).length;
    };
    for (const letters of [long(), long()]) {
      expect(letters).toBeGreaterThan(15_000_000);
      expect(letters).toBeLessThan(25_000_000);
    }
  }, 60_000);

  it('shows them again with each snapshot, and the same styles from one memory', () => {
    const sanitizer = new Sanitizer({ file: () => undefined, sheet: (address) => (address.endsWith('x.css') ? `a{}/*${'x'.repeat(1_000_000)}*/` : undefined) });
    const shown = (css: string) => {
      const style = element(2, 'style', {}, text(3, css));
      const link = element(4, 'link', { rel: 'stylesheet', href: 'https://a.example/x.css' });
      sanitizer.clean(snapshot(style, link) as unknown as eventWithTime);
      return [(style.childNodes[0] as { textContent: string }).textContent, link.attributes['_cssText'] ?? ''].map((css) => (css as string).length > 1_000_000);
    };
    for (let n = 0; n < 200; n++) expect(shown('@import "https://a.example/x.css";')).toEqual([true, true]);
    let different = 0;
    while (shown(`@import "https://a.example/x.css";/* ${different} */`)[0] && different < 200) different++;
    expect(different).toBeGreaterThan(90);
    expect(different).toBeLessThan(100);
    expect(shown('@import "https://a.example/x.css";')).toEqual([true, true]);
  }, 60_000);

  it('that was made to be slow is read once', () => expect(cleaned(slow(1)).length).toBeGreaterThan(1), 60_000);
});
