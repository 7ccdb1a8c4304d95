import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { admin, adminState, me } from './admin.mjs';
import { detailOf, eventsOf, recordingOf, sessionList } from './sessions.mjs';

/**
 * Serves the built dashboard as MIMIC does, under its policies, and answers the REST contract from fixtures.
 * Projects: `shop` (10,000 sessions), `small` (3), `empty` (0), `watch` (3, as a viewer), `staff` (3, known by the host's own login); password `kettle`.
 */

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const COUNTS = { shop: 10_000, small: 3, empty: 0, watch: 3, staff: 3 };
const SHELL_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
const PLAYER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data: blob:; font-src data: blob:; media-src data: blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json', '.txt': 'text/plain' };
const SHELL_ROUTES = /^\/(settings|sessions\/[^/]+)?$/;

export async function startMock({ port = 0, mount = '/mimic', now = Date.now() } = {}) {
  const lists = new Map();
  const listFor = (project) => {
    if (!lists.has(project)) lists.set(project, sessionList(COUNTS[project], now));
    return lists.get(project);
  };
  const state = adminState(COUNTS, now);
  const server = createServer((request, answer) => {
    handle({ request, answer, mount, listFor, state }).catch((failure) => problem(answer, 500, 'Failed', String(failure?.stack ?? failure)));
  });
  await new Promise((up) => server.listen(port, '127.0.0.1', up));
  return { url: `http://127.0.0.1:${server.address().port}${mount}/`, close: () => new Promise((down) => { server.closeAllConnections(); server.close(down); }) };
}

async function handle({ request, answer, mount, listFor, state }) {
  const url = new URL(request.url, 'http://mock');
  if (!url.pathname.startsWith(`${mount}/`)) return problem(answer, 404, 'Not found', url.pathname);
  const path = url.pathname.slice(mount.length);
  if (path.startsWith('/api/')) return api({ request, answer, path: path.slice(5), query: url.searchParams, listFor, state });
  if (path === '/player') return page(answer, 'player.html', PLAYER_POLICY, (html) => html);
  if (SHELL_ROUTES.test(path)) return page(answer, 'index.html', SHELL_POLICY, (html) => html.replaceAll('__MIMIC_BASE__', `${mount}/`));
  return asset(answer, path);
}

async function page(answer, name, policy, fill) {
  const html = fill(await readFile(join(DIST, name), 'utf8'));
  answer.writeHead(200, { 'content-type': TYPES['.html'], 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' }).end(html);
}

async function asset(answer, path) {
  const file = join(DIST, normalize(path));
  try {
    const body = await readFile(file);
    answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'x-content-type-options': 'nosniff' }).end(body);
  } catch {
    problem(answer, 404, 'Not found', path);
  }
}

function problem(answer, status, title, detail, headers = {}) {
  if (answer.headersSent) return answer.end();
  answer.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify({ type: 'about:blank', title, status, detail }));
}

const json = (answer, value) => answer.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value));

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
}

async function api({ request, answer, path, query, listFor, state }) {
  const project = /mimic_dashboard=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  if (path === 'login') return login(answer, await bodyOf(request));
  if (request.method !== 'GET' && project && request.headers['x-csrf-token'] !== `csrf-${project}`) return problem(answer, 403, 'CSRF token missing', 'A change needs the header X-CSRF-Token with the csrfToken that api/me answers.');
  if (path === 'logout') return answer.writeHead(204, { 'set-cookie': 'mimic_dashboard=; Path=/; Max-Age=0' }).end();
  if (path === 'health') return json(answer, withoutDetails(health()));
  if (project === 'gone') return answer.writeHead(302, { location: '/login' }).end();
  if (project === 'stranger') return problem(answer, 403, 'No role for the dashboard', 'The application knows you as carl. It takes the role MIMIC_VIEWER or MIMIC_ADMIN to see its recordings; whoever administers the application can give it.');
  if (path === 'project') return answer.writeHead(204, { 'set-cookie': `mimic_dashboard=${(await bodyOf(request)).project.slice(2)}; Path=/mimic/; HttpOnly; SameSite=Lax` }).end();
  if (!(project in COUNTS)) return problem(answer, 401, 'Not signed in', 'Log in again.');
  const list = listFor(project);
  if (path === 'me') return json(answer, me(project));
  if (path === 'overview') return json(answer, overview(list, query));
  if (path === 'sessions') return json(answer, page50(list, query));
  if (path === 'admin/health') return json(answer, health());
  if (!path.startsWith('sessions/')) return administer(answer, admin({ method: request.method, path, query, body: await bodyOf(request), project, state, list }));
  const [, id, part] = /^sessions\/([^/]+)\/?(\w*)$/.exec(path) ?? [];
  const n = list.findIndex((s) => s.id === id);
  if (n < 0) return problem(answer, 404, 'No such session', `No session ${id} in ${project}; it may have been erased, or passed its retention of 30 days.`);
  return one({ request, answer, list, n, part, query });
}

function administer(answer, done) {
  if (!done) return problem(answer, 404, 'Not found', 'There is nothing at this address.');
  if (done.problem) return problem(answer, done.status, done.problem.title, done.problem.detail);
  answer.writeHead(done.status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  return answer.end(done.value === undefined ? '' : JSON.stringify(done.value));
}

function one({ request, answer, list, n, part, query }) {
  if (request.method === 'DELETE') {
    list.splice(n, 1);
    return answer.writeHead(204).end();
  }
  const recording = recordingOf(list[n], n);
  if (part === 'export' && query.get('format') === 'har') return json(answer, recording.timeline);
  if (part === 'timeline') return json(answer, recording.timeline);
  if (part === '') return json(answer, detailOf(list[n], recording));
  if (part === 'assets') return json(answer, { items: [] });
  const number = (name) => (query.get(name) === null ? null : Number(query.get(name)));
  return json(answer, eventsOf(recording, { window: query.get('window'), from: number('from'), to: number('to'), dom: query.get('parts') === 'dom' || query.get('format') === 'html' }));
}

function login(answer, { project, password }) {
  if (project === 'paused') return problem(answer, 429, 'Too many tries', 'Sign-in is paused for this project.', { 'retry-after': '60' });
  if (!(project in COUNTS) || password !== 'kettle') return problem(answer, 401, 'Refused', 'Project or password is wrong.');
  return answer.writeHead(204, { 'set-cookie': `mimic_dashboard=${project}; Path=/; HttpOnly; SameSite=Lax` }).end();
}

const health = () => ({
  status: 'DEGRADED', version: '0.1.0',
  stores: { buffer: { status: 'UP', detail: 'SQLite, ./mimic-data' }, archive: { status: 'DEGRADED', detail: '3 segments waiting since 14:58: 503 SlowDown. Nothing is lost; they stay in the buffer.' }, catalog: { status: 'UP', detail: 'SQLite, ./mimic-data' } },
  recording: { enabled: true, reason: null },
  assets: { enabled: true, kept: 1284, refused: 12, failed: 0, left: 0 },
});

/** As anybody is told. */
const withoutDetails = (all) => ({ ...all, stores: Object.fromEntries(Object.entries(all.stores).map(([name, store]) => [name, { ...store, detail: null }])) });

const timeOf = (text) => (text === null ? null : /^\d+$/.test(text) ? Number(text) : Date.parse(text));

function overview(list, query) {
  const to = timeOf(query.get('to')) ?? Date.now();
  const from = timeOf(query.get('from')) ?? to - 86_400_000;
  const width = (to - from) / 48;
  const buckets = Array.from({ length: 48 }, (_, i) => ({ from: from + i * width, to: from + (i + 1) * width, sessions: 0, withErrors: 0 }));
  for (const s of list) {
    const bucket = buckets[Math.floor((Date.parse(s.startedAt) - from) / width)];
    if (!bucket) continue;
    bucket.sessions++;
    if (s.errors || s.failedRequests) bucket.withErrors++;
  }
  return { buckets, live: list.filter((s) => s.state === 'active').length };
}

function matches(query) {
  const q = query.get('q')?.toLowerCase();
  const status = query.get('status');
  const from = timeOf(query.get('from'));
  const to = timeOf(query.get('to'));
  const same = (name, value) => !query.get(name) || query.get(name).toLowerCase() === String(value ?? '').toLowerCase();
  return (s) =>
    (!q || s.id.startsWith(q) || (s.ip ?? '').startsWith(q) || (s.user ?? '').toLowerCase().includes(q) || (s.url ?? '').toLowerCase().includes(q)) &&
    (query.get('errors') !== 'true' || s.errors > 0 || s.failedRequests > 0) && (!status || s.failedRequests > 0) &&
    same('browser', s.browser) && same('os', s.os) && same('user', s.user) && (same('country', s.country) || same('country', s.countryCode)) && same('state', s.state) && (!query.get('event') || query.get('event') === 'bag_changed') &&
    (from === null || Date.parse(s.startedAt) >= from) && (to === null || Date.parse(s.startedAt) <= to) && s.durationMs >= Number(query.get('minDuration') ?? 0) && s.durationMs <= Number(query.get('maxDuration') || Infinity) &&
    (!query.get('failure') || s.errors > 2);
}

function page50(list, query) {
  const limit = Math.min(200, Number(query.get('limit') ?? 50));
  const start = Number(query.get('cursor') ?? 0);
  const found = list.filter(matches(query)).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const items = found.slice(start, start + limit);
  return { items, next: start + limit < found.length ? String(start + limit) : null, scannedTo: null };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startMock({ port: Number(process.env.PORT ?? 4180), mount: process.env.MIMIC_MOUNT ?? '/mimic' });
  console.log(`Dashboard: ${url}`);
  console.log('Login: shop (10,000 sessions), small (3), empty (0) or watch (3, as a viewer) / kettle');
}
