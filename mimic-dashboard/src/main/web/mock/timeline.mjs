/** What the server derives from a recording (docs/wire.md, section 3), small: enough for the dashboard to stand on. */

const asRow = (p, at) => ({ at, window: p.window, page: p.page });

export function timelineOf(pages) {
  const t = {
    startedAt: Infinity, endedAt: 0, markers: [], network: [], websockets: [], console: [], errors: [], navigations: [],
    clicks: [], events: [], vitals: [], gaps: [], visibility: [], identify: [], activity: [],
  };
  const seconds = new Map();
  const sockets = new Map();
  for (const p of pages) {
    for (const e of p.events) {
      t.startedAt = Math.min(t.startedAt, e.timestamp);
      t.endedAt = Math.max(t.endedAt, e.timestamp);
      if (e.type === 3 && [1, 2, 3, 5].includes(e.data.source)) {
        const second = Math.floor(e.timestamp / 1000) * 1000;
        seconds.set(second, (seconds.get(second) ?? 0) + 1);
        if (e.data.source === 5 && e.data.text.length === 1) t.markers.push({ ...asRow(p, e.timestamp), kind: 'input', label: 'Typed', ref: null });
      }
      if (e.type === 6) plugin(t, p, e, sockets);
    }
  }
  t.websockets = [...sockets.values()];
  t.activity = [...seconds].sort((a, b) => a[0] - b[0]);
  const lists = { error: t.errors, request: t.network, console: t.console, navigation: t.navigations, click: t.clicks, event: t.events, gap: t.gaps, visibility: t.visibility };
  for (const list of Object.values(lists)) list.sort((a, b) => a.at - b.at);
  for (const [kind, list] of Object.entries(lists)) list.forEach((row, ref) => mark(t, kind, row, ref));
  t.markers.sort((a, b) => a.at - b.at);
  return t;
}

function mark(t, kind, row, ref) {
  const { at, window, page } = row;
  const add = (k, label) => t.markers.push({ at, window, page, kind: k, label, ref });
  if (kind === 'request' && row.failed) add('request', `${row.status || 'failed'} ${row.method} ${row.url}`);
  if (kind === 'console' && /warn|error/.test(row.level)) add('console', row.level);
  if (kind === 'error') add('error', `${row.name}: ${row.message}`);
  if (kind === 'click') add(row.rage >= 3 ? 'rage' : 'click', row.label);
  if (kind === 'navigation') add('navigation', row.url);
  if (kind === 'event') add('event', row.name);
  if (kind === 'gap') add('gap', row.reason);
  if (kind === 'visibility') add('visibility', row.state);
}

function plugin(t, p, e, sockets) {
  const { plugin: name, payload } = e.data;
  const row = asRow(p, e.timestamp);
  if (name === 'rrweb/network@1') payload.requests.forEach((r) => t.network.push(networkRow(p, e, r)));
  if (name === 'rrweb/console@1') t.console.push({ ...row, level: payload.level, args: payload.payload, trace: payload.trace });
  if (name === 'mimic/error@1') t.errors.push({ ...row, ...payload, fingerprint: `${payload.name}:${payload.source}:${payload.line}` });
  if (name === 'mimic/navigation@1') t.navigations.push({ ...row, ...payload });
  if (name === 'mimic/click@1') t.clicks.push({ ...row, ...payload });
  if (name === 'mimic/event@1') t.events.push({ ...row, ...payload });
  if (name === 'mimic/vital@1') t.vitals.push({ ...row, ...payload });
  if (name === 'mimic/gap@1') t.gaps.push({ ...row, ...payload });
  if (name === 'mimic/visibility@1') t.visibility.push({ ...row, ...payload });
  if (name === 'mimic/identify@1') t.identify.push({ ...row, ...payload });
  if (name === 'mimic/websocket@1') socket(sockets, row, payload);
}

function networkRow(p, e, r) {
  const failed = r.status >= 400 || r.error === 'network' || r.error === 'timeout';
  return {
    ...asRow(p, e.timestamp - r.duration), durationMs: r.error === 'unfinished' ? null : r.duration, method: r.method, url: r.name, status: r.status || null,
    initiator: r.initiatorType, error: r.error ?? null, requestSize: r.requestSize, responseSize: r.responseSize, mimeType: r.mimeType ?? null, id: r.id,
    traceId: r.traceId ?? null, requestHeaders: r.requestHeaders ?? null, responseHeaders: r.responseHeaders ?? null, requestBody: null, responseBody: null, failed, server: r.server ?? null,
  };
}

function socket(sockets, row, m) {
  const s = sockets.get(m.id) ?? { ...row, id: m.id, url: m.url, closedAt: null, messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0, code: null, frames: [] };
  sockets.set(m.id, s);
  if (m.kind === 'close') Object.assign(s, { closedAt: row.at, code: m.code });
  if (m.kind !== 'message') return;
  const way = m.direction === 'in' ? 'In' : 'Out';
  s[`messages${way}`]++;
  s[`bytes${way}`] += m.size;
  s.frames.push({ at: row.at, direction: m.direction, size: m.size, payload: m.payload });
}
