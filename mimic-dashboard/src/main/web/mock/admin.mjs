/** What the settings screen reads and changes, kept in memory for as long as the mock runs. */

const DAY = 86_400_000;
const RIGHTS = ['read', 'export', 'erase', 'admin'];
const iso = (at) => new Date(at).toISOString();

export function adminState(counts, now) {
  const projects = Object.entries(counts).map(([name, sessions], i) => ({
    id: `p_${name}`, name, own: name === 'shop', madeAt: iso(now - (400 - i) * DAY), viewerPassword: name === 'shop', origins: name === 'small' ? ['https://depot.kettleandcrane.example', 'https://werkstatt.kettleandcrane.example:8443'] : [],
    sessions, active: sessions ? 2 : 0, bytes: sessions * 1_480_000, oldestAt: sessions ? iso(now - 30 * DAY) : null, newestAt: sessions ? iso(now - 60_000) : null,
  }));
  projects.splice(1, 0, { ...projects[1], id: 'p_77hd3c', name: 'wholesale-portal-with-the-long-name-nobody-shortened', own: false, origins: [], sessions: 2_036, bytes: 3_542_000_000 });
  return { projects, going: [{ id: 'p_old', name: 'kiosk-2024', begunAt: iso(now - 90_000), sessions: 1_204 }], tokens: tokens(now), log: log(now), nextToken: 3 };
}

const tokens = (now) => [
  { id: 't2', name: 'support-desk', rights: ['read'], madeBy: 'admin', madeAt: iso(now - 360 * DAY), endsAt: iso(now + 6 * DAY), usedAt: iso(now - 4 * 60_000) },
  { id: 't1', name: 'ci-nightly', rights: ['read', 'export'], madeBy: 'admin', madeAt: iso(now - 84 * DAY), endsAt: iso(now + 98 * DAY), usedAt: null },
];

function log(now) {
  const kinds = [
    ['admin', null, 'view', '01a20e1c-7b10-7a41-9a8e-0000000a41c0', null, '10.4.0.31'], ['viewer', null, 'view', '01a20e1c-7b10-7a41-9a8e-0000000a41c0', null, '10.4.7.112'], ['token', 'ci-nightly', 'export', '01a20d77-1c00-7109-9a8e-000000009be0', 'as json', '10.9.2.8'],
    ['admin', null, 'erase-user', 'hmac:9f86d081884c7d65', '12 sessions', '10.4.0.90'], ['nobody', null, 'login-refused', null, '5 times', '2a02:1406:41d:9c00:5d1e:77ff:fe20:9b3a'], ['host', 'ingrid@fjordfield.example', 'view', '01a20d77-1c00-7109-9a8e-000000009be0', null, '10.4.0.31'],
    ['admin', null, 'token-made', 'ci-nightly', 'may read, export', '10.4.0.31'], ['admin', null, 'login', null, null, '10.4.0.31'],
  ];
  return Array.from({ length: 120 }, (_, n) => {
    const [kind, actor, action, target, outcome, address] = kinds[n % kinds.length];
    return { id: `a${n}`, at: iso(now - n * 47 * 60_000), kind, actor, address, action, target, outcome };
  });
}

const setting = (name, value, set, meaning) => ({ name: `mimic.${name}`, value, set, meaning });

const SETTINGS = {
  privacy: [setting('privacy', 'inputs', false, 'What is masked in the browser, before it is sent.'), setting('privacy.mask', '.iban,#customer-name', true, 'CSS selectors of elements whose text is masked.'), setting('privacy.block', '', false, 'CSS selectors of elements that are recorded as an empty box.'), setting('privacy.scrub-parameters', 'postcode,session_state', true, 'Names of query parameters whose values are removed, added to the built-in ones.')],
  consent: [setting('consent', 'none', false, 'Whether nothing is recorded before mimic.optIn().'), setting('respect-gpc', 'true', false, 'Whether Global Privacy Control and Do Not Track are obeyed.'), setting('sampling', '0.25', true, 'Share of sessions that are recorded, 0 to 1.')],
  retention: [setting('retention', '30d', false, 'Sessions are removed after this time; 0: never.'), setting('retention.max-bytes', '53687091200', true, 'When the archive holds more than this, the oldest sessions are removed; 0: no bound.'), setting('access-log.retention', '365d', false, 'Lines of the dashboard’s access log are removed after this time; 0: never.')],
  sessions: [setting('session.timeout', '10s', false, 'No batch for this long, plus the grace, ends a session.'), setting('session.max-duration', '4h', false, 'A longer session is followed by a new one.')],
  stores: [setting('buffer', 'embedded', false, 'Where active sessions are kept.'), setting('catalog', 'embedded', false, 'Where the metadata of sessions is kept.'), setting('archive', 'file', false, 'Where finished segments are kept.')],
  access: [setting('dashboard.hosts', '', false, 'Names under which the dashboard may be asked for; empty: any.'), setting('cross-origins', 'https://depot.kettleandcrane.example', true, 'Origins of other sites that may send batches to this host.')],
};

export const me = (project) => ({
  project: { id: `p_${project}`, name: project }, login: project === 'staff' ? 'host' : 'password', projects: project === 'staff' ? [{ id: 'p_staff', name: 'staff' }, { id: 'p_small', name: 'small' }] : [{ id: `p_${project}`, name: project }], role: project === 'watch' ? 'viewer' : 'admin', name: project === 'staff' ? 'ingrid@fjordfield.example' : null, rights: project === 'watch' ? ['read'] : RIGHTS, server: project === 'shop', csrfToken: `csrf-${project}`, version: '0.1.0', retentionDays: 30, sessionTimeoutMs: 10_000,
});

/** Answers a request below api/ that is about administration; null when it is none. */
export function admin({ method, path, query, body, project, state, list }) {
  const ok = (value, status = 200) => ({ status, value });
  const refused = (status, title, detail) => ({ status, problem: { title, detail } });
  const mine = state.projects.find((p) => p.name === project);
  const needs = /^(access-log|tokens|admin)/.test(path) ? 'admin' : path.startsWith('erasures') ? 'erase' : 'read';
  if (!me(project).rights.includes(needs)) return refused(403, 'Not allowed', `Who is logged in as viewer lacks the right ${needs}; the project's own password gives it.`);
  if (path === 'settings') return ok(SETTINGS);
  if (path === 'storage') return ok({ sessions: mine.sessions, active: mine.active, bytes: mine.bytes, oldestAt: mine.oldestAt, newestAt: mine.newestAt, maxBytes: 53_687_091_200 });
  if (path === 'access-log') return ok(logPage(state.log, query));
  if (path === 'erasures') return method === 'GET' ? ok(found(list, query)) : ok(erased(list, body));
  if (path === 'tokens') return method === 'GET' ? ok({ items: state.tokens }) : tokenMade(state, body, ok);
  if (path.startsWith('tokens/')) {
    state.tokens = state.tokens.filter((t) => t.id !== path.slice(7));
    return { status: 204 };
  }
  if (path === 'admin/projects') return method === 'GET' ? ok({ items: state.projects.filter((p) => mine.own || p === mine), going: mine.own ? state.going : [] }) : projectMade(state, body, ok, refused);
  const [, id, part] = /^admin\/projects\/([^/]+)(\/removal)?$/.exec(path) ?? [];
  const known = state.projects.find((p) => p.id === id);
  return known ? changed({ method, part, known, body, state, ok, refused }) : null;
}

function logPage(lines, query) {
  const start = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const some = lines.filter((l) => !query.get('action') || l.action === query.get('action'));
  return { items: some.slice(start, start + limit), next: start + limit < some.length ? String(start + limit) : null };
}

const ofPerson = (user, ip) => (s) => (user ? s.user === user : s.ip === ip);

function found(list, query) {
  const all = list.filter(ofPerson(query.get('user'), query.get('ip')));
  const times = all.map((s) => s.startedAt).sort();
  return { sessions: all.length, active: all.filter((s) => s.state === 'active').length, bytes: all.reduce((sum, s) => sum + s.bytes, 0), firstAt: times[0] ?? null, lastAt: times.at(-1) ?? null, more: false };
}

function erased(list, { user, ip }) {
  const gone = list.filter(ofPerson(user, ip)).map((s) => s.id);
  for (const id of gone) list.splice(list.findIndex((s) => s.id === id), 1);
  return { complete: true, erased: gone, objects: gone.length, batches: gone.length * 3, bytes: gone.length * 1_480_000, failed: [], reason: null };
}

function tokenMade(state, body, ok) {
  const token = { id: `t${state.nextToken++}`, name: body.name, rights: body.rights, madeBy: 'admin', madeAt: iso(Date.now()), endsAt: iso(Date.now() + body.days * DAY), usedAt: null };
  state.tokens = [token, ...state.tokens];
  return ok({ ...token, secret: 'mimic_Q2hhbmdlIG1lLCBJIGFtIG5vdCBhIHJlYWwgdG9rZW4' }, 201);
}

function projectMade(state, { name, password }, ok, refused) {
  if (state.projects.some((p) => p.name === name)) return refused(409, 'Name taken', 'There is a project of this name already.');
  const made = { id: `p_${name.replace(/\W/g, '')}`, name, own: false, madeAt: iso(Date.now()), viewerPassword: false, origins: [], sessions: 0, active: 0, bytes: 0, oldestAt: null, newestAt: null };
  state.projects.push(made);
  return ok({ id: made.id, name, password: password ? null : 'kQ7vHm3xRb9dTe5wYc2n' }, 201);
}

function changed({ method, part, known, body, state, ok, refused }) {
  if (part && method === 'GET') return ok({ sessions: known.sessions, active: known.active, bytes: known.bytes, oldestAt: known.oldestAt, newestAt: known.newestAt, name: known.name, tokens: 1 });
  if (part) {
    if (body.confirm !== known.name) return refused(409, 'Not confirmed', "The body's member confirm must be the project's name.");
    state.projects = state.projects.filter((p) => p !== known);
    state.going.push({ id: known.id, name: known.name, begunAt: iso(Date.now()), sessions: known.sessions });
    return ok({ sessions: known.sessions }, 202);
  }
  if (known.own && (body.name || body.password)) return refused(409, 'Decided by a setting', "The password of this webapp's project is that of mimic.project.password; change it there.");
  Object.assign(known, body.name ? { name: body.name } : {}, body.origins ? { origins: body.origins } : {}, 'viewerPassword' in body ? { viewerPassword: body.viewerPassword !== null } : {});
  return { status: 204 };
}
