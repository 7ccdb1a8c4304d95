/** Builds rrweb events for pages that were never in a browser: a deterministic recording, without one. */

export class PageRecording {
  #ids = 0;
  refs = new Map();
  events = [];

  constructor({ window, page, url, title, at, width = 1280, height = 800 }) {
    Object.assign(this, { window, page, url, title, at, width, height, last: at });
  }

  el(tagName, attributes = {}, ...children) {
    const { ref, ...rest } = attributes;
    const id = ++this.#ids;
    if (ref) this.refs.set(ref, id);
    const childNodes = children.flat().map((child) => (typeof child === 'string' ? this.text(child) : child));
    return { type: 2, tagName, attributes: rest, childNodes, id };
  }

  text(textContent, isStyle = false) {
    return { type: 3, textContent, id: ++this.#ids, ...(isStyle ? { isStyle: true } : {}) };
  }

  push(at, type, data) {
    this.last = Math.max(this.last, at);
    this.events.push({ type, timestamp: Math.round(at), data, delay: undefined });
    return this;
  }

  plugin(at, plugin, payload) {
    return this.push(at, 6, { plugin, payload });
  }

  snapshot(at, head, body) {
    const doctype = { type: 1, name: 'html', publicId: '', systemId: '', id: ++this.#ids };
    const html = this.el('html', { lang: 'en' }, head, body);
    this.push(at, 4, { href: this.url, width: this.width, height: this.height });
    return this.push(at, 2, { node: { type: 0, childNodes: [doctype, html], id: ++this.#ids }, initialOffset: { left: 0, top: 0 } });
  }

  move(at, points, step = 60) {
    const positions = points.map(([x, y], i) => ({ x, y, id: 1, timeOffset: (i - points.length + 1) * step }));
    return this.push(at, 3, { source: 1, positions });
  }

  /** A pointer path from one place to another, as a hand would draw it. */
  travel(at, [x0, y0], [x1, y1], steps = 14) {
    const points = Array.from({ length: steps }, (_, i) => {
      const t = (i + 1) / steps;
      const ease = t * t * (3 - 2 * t);
      return [Math.round(x0 + (x1 - x0) * ease), Math.round(y0 + (y1 - y0) * ease - Math.sin(t * Math.PI) * 40)];
    });
    for (let i = 0; i < points.length; i += 7) this.move(at - (points.length - i) * 40, points.slice(i, i + 7), 40);
    return this;
  }

  click(at, ref, [x, y], label, { rage = 0, selector = `#${ref}` } = {}) {
    const id = this.refs.get(ref) ?? 1;
    for (const [offset, type] of [[-60, 1], [-1, 0], [0, 2]]) this.push(at + offset, 3, { source: 2, type, id, x, y });
    return this.plugin(at, 'mimic/click@1', { label, selector, x, y, rage });
  }

  type(at, ref, value) {
    for (let i = 1; i <= value.length; i++) {
      this.push(at + i * 130, 3, { source: 5, text: '*'.repeat(i), isChecked: false, id: this.refs.get(ref), userTriggered: true });
    }
    return this;
  }

  scroll(at, y) {
    return this.push(at, 3, { source: 3, id: this.refs.get('document') ?? this.#ids, x: 0, y });
  }

  mutate(at, { texts = [], attributes = [], adds = [], removes = [] }) {
    return this.push(at, 3, { source: 0, texts, attributes, removes, adds });
  }

  add(at, parent, node, nextId = null) {
    const flat = [];
    const walk = (n, parentId) => {
      const { childNodes = [], ...self } = n;
      flat.push({ parentId, nextId: parentId === parent ? nextId : null, node: { ...self, childNodes: [] } });
      childNodes.forEach((child) => walk(child, n.id));
    };
    walk(node, parent);
    return this.mutate(at, { adds: flat });
  }

  request(at, method, url, status, duration, more = {}) {
    const start = at - this.at;
    return this.plugin(at + duration, 'rrweb/network@1', {
      requests: [{
        id: `${this.page.slice(0, 6)}-${this.events.length}`, name: new URL(url, this.url).href, method, initiatorType: 'fetch', status,
        startTime: start, endTime: start + duration, duration, requestSize: method === 'GET' ? 0 : 412, responseSize: 2_400, mimeType: 'application/json', ...more,
      }],
    });
  }

  log(at, level, ...values) {
    return this.plugin(at, 'rrweb/console@1', { level, trace: [`app.js:${12 + (this.events.length % 300)}:7`], payload: values.map((v) => JSON.stringify(v)) });
  }
}
