import { describe, expect, it, vi } from 'vitest';
import type { SessionDetail, Timeline } from '../api/types';
// The fixtures of the mock server stand for what the real one answers.
import { detailOf, recordingOf, sessionList } from '../../mock/sessions.mjs';
import { slowPlace } from '../../test/browser/attacks.mjs';
import { ledTo } from '../error/ErrorView';
import { consoleLines, parsed, sourceOf } from './console-lines';
import { errorGroups, failureName, requestBefore, type Trouble } from './error-groups';
import { curlOf } from './export/curl';
import { harOf } from './export/har';
import { fenced, plain, troubleMarkdown } from './export/markdown';
import { embedded, standaloneHtml } from './export/standalone';
import { buildModel, pageBlocks, runAt, thinned } from './model';
import { windowAt } from './played';
import { lastAtOrBefore } from './search';
import { activityPath, axisStep } from './Timeline';
import { typeOf } from './network-rows';
import { filtered } from './panels/NetworkPanel';
import { neighbour } from './useSessionKeys';

vi.hoisted(() => Object.assign(globalThis, { document: { baseURI: 'https://a.example/mimic/' }, location: { origin: 'https://a.example' } }));

const START = Date.UTC(2026, 10, 24, 13, 32, 8);
const item = sessionList(3, START + 34 * 60_000)[2];
const recording = recordingOf(item, 2);
const session = detailOf(item, recording) as unknown as SessionDetail;
const timeline = recording.timeline as unknown as Timeline;
const model = buildModel(session, timeline);
const at = (seconds: number) => model.start + seconds * 1000;

describe('the model of a session', () => {
  it('knows which page and window was looked at', () => {
    expect(runAt(model.runs, at(120))?.path).toBe('/kettles/crane-gooseneck-3');
    expect(windowAt(model.active, at(440))).not.toBe(windowAt(model.active, at(400)));
    expect(runAt(model.runs, at(440), windowAt(model.active, at(400)))?.path).toMatch(/^\/checkout/);
  });
  it('puts issues in order: errors, failed requests and rage', () => {
    expect(model.issues.map((i) => i.kind)).toEqual(['request', 'request', 'request', 'request', 'error', 'rage', 'request', 'error', 'request', 'error']);
  });
  it('marks warnings and errors of the console, not the rest', () => expect(model.lanes.console).toHaveLength(timeline.console.filter((row) => ['warn', 'error'].includes(row.level)).length));
  it('finds idle stretches, and none where something happens', () => {
    expect(model.idle.length).toBeGreaterThan(2);
    for (const [from, to] of model.idle) expect(timeline.activity.some(([t, n]) => n > 0 && t > from && t < to)).toBe(false);
  });
  it('groups requests under what caused them', () => {
    const order = model.network.find((line) => line.kind === 'request' && line.row.url.endsWith('/orders'));
    expect(order?.kind === 'request' && order.group.cause).toMatchObject({ kind: 'clicked', label: 'Place order' });
    expect(model.network[0]).toMatchObject({ kind: 'group', cause: { kind: 'opened', label: '/' } });
  });
  it('groups errors and names the request that failed before', () => {
    expect(model.troubles[0]).toMatchObject({ kind: 'error', title: 'TypeError', where: 'checkout-4.12.0.js:214' });
    expect(model.troubles[0]?.times).toHaveLength(3);
    const error = model.troubles[0]?.errors[0];
    expect(error && requestBefore(error, timeline.network)?.status).toBe(500);
    expect(ledTo(model.events, model.troubles[0]?.times[0] ?? 0).some((e) => e.what === 'Place order')).toBe(true);
  });
  it('tells of a rejected promise, too, where it was', () => {
    const stack = "TypeError: x\n    at f (https://a.example/node_modules/lib/index.js:1:2)\n    at HTMLFormElement.<anonymous> (https://a.example/js/cart.js?v=2:65:94)";
    const rejected = (text: string | null) => errorGroups({ ...timeline, errors: [{ ...timeline.errors[0]!, kind: 'rejection', source: null, line: null, stack: text }] })[0]?.where;
    expect([rejected(stack), rejected('TypeError: x\n    at f (https://a.example/node_modules/lib/index.js:1:2)'), rejected('TypeError: x'), rejected(null)]).toEqual(['cart.js:65', 'index.js:1', null, null]);
  });
  it('names what was answered in a word', () => expect(['text/html; charset=utf-8', 'application/problem+json', 'text/javascript', 'image/avif', 'application/pdf', '', null].map(typeOf)).toEqual(['html', 'json', 'js', 'image', 'other', '–', '–']));
  it('draws as many pages as can be seen, each of which stands for what it hides', () => {
    expect(pageBlocks(model.runs, model.start, model.duration)).toEqual(model.runs.map((run) => ({ ...run, pages: 1 })));
    const run = model.runs[0]!;
    const many = Array.from({ length: 5_000 }, (_, i) => ({ ...run, at: at(i / 10), to: at((i + 1) / 10) }));
    const blocks = pageBlocks(many, model.start, model.duration);
    expect(blocks.length).toBeLessThanOrEqual(201);
    expect(blocks.reduce((sum, block) => sum + block.pages, 0)).toBe(5_000);
    expect(blocks.at(-1)?.to).toBe(at(500));
  });
  it('calls an error what the catalog calls it', () => {
    const names = model.troubles.map(failureName);
    expect(names[0]).toMatch(/^TypeError: Cannot read properties/);
    expect(names).toContain('500 POST /api/checkout/orders');
    expect(model.troubles.filter((t) => t.kind === 'rage').map(failureName)).toEqual([null]);
    const request = model.troubles.find((t) => t.kind === 'request') as Trouble;
    expect(failureName({ ...request, requests: [{ ...request.requests[0]!, url: '/a?b=1#c', status: 404, method: 'GET' }] })).toBe('404 GET /a');
    expect(failureName({ ...request, requests: [{ ...request.requests[0]!, initiator: 'other' }] })).toBeNull();
    const picture = { ...timeline.errors[0]!, kind: 'resource' as const, name: 'img', message: 'img did not load', source: 'https://shop.example/a.png?v=3' };
    expect(failureName({ ...request, kind: 'error', errors: [picture] })).toBe('img did not load: /a.png');
  });
  it('knows from when to when, which pages and which window before the timeline is there, and skips nothing', () => {
    const early = buildModel(session, null);
    expect([early.start, early.end, early.whole]).toEqual([model.start, model.end, false]);
    expect(early.runs.map((run) => run.path)).toContain('/kettles/crane-gooseneck-3');
    expect(windowAt(early.active, early.start)).toBe(session.windows[0]?.id);
    expect([early.idle, early.issues, early.network]).toEqual([[], [], []]);
  });
  it('is complete for a session without any event', () => {
    const nothing = buildModel({ ...session, windows: [], pages: [], snapshots: [], events: 0, durationMs: 0, endedAt: session.startedAt }, { ...timeline, startedAt: START, endedAt: START, markers: [], network: [], websockets: [], console: [], errors: [], navigations: [], clicks: [], events: [], vitals: [], gaps: [], visibility: [], identify: [], activity: [] });
    expect(nothing.duration).toBeGreaterThan(0);
    expect([nothing.issues, nothing.network, nothing.events, nothing.idle]).toEqual([[], [], [], []]);
    expect(activityPath(nothing)).toBe('');
  });
});

describe('filters of the network', () => {
  const requests = (lines: ReturnType<typeof filtered>) => lines.filter((line) => line.kind !== 'group').length;
  it('keep a group only with something in it', () => {
    const found = filtered(model.network, 'failed', 'post orders');
    expect(requests(found)).toBe(3);
    expect(found.every((line, i) => line.kind !== 'group' || (found[i + 1] !== undefined && found[i + 1]?.kind !== 'group'))).toBe(true);
    expect(filtered(model.network, 'all', 'nothing like it')).toEqual([]);
  });
});

describe('the console', () => {
  const row = (text: string, level = 'log', time = 0) => ({ at: time, window: 'w', page: 'p', level, args: [JSON.stringify(text)], trace: [] });
  it('counts what repeats right after itself', () => expect(consoleLines([row('a'), row('a'), row('b'), row('a')]).map((l) => l.repeats)).toEqual([2, 1, 1]));
  it('knows only its own levels', () => expect(consoleLines([row('a', '"><script>')])[0]?.level).toBe('log'));
  it('reads what the recorder wrote, and leaves what is no JSON', () => expect([parsed('"a"'), parsed('{"a":1}'), parsed('{a'), parsed('undefined')]).toEqual(['a', { a: 1 }, '{a', 'undefined']));
  it('shortens where a line is from', () => expect([sourceOf(['at f (https://a.example/js/app.js:12:3)']), sourceOf(['app.js:1:2']), sourceOf([])]).toEqual(['app.js:12', 'app.js:1', null]));
});

describe('moments', () => {
  it('are found by halving', () => expect([lastAtOrBefore([{ at: 1 }, { at: 3 }, { at: 3 }], 3), lastAtOrBefore([{ at: 1 }], 0), lastAtOrBefore([], 5)]).toEqual([2, -1, -1]));
  it('have neighbours that do not hold the player back', () => {
    const list = [{ at: 1_000 }, { at: 5_000 }, { at: 9_000 }];
    expect([neighbour(list, 5_000, 1)?.at, neighbour(list, 5_000, -1)?.at, neighbour(list, 9_000, 1)]).toEqual([9_000, 1_000, undefined]);
  });
  it('are drawn at most a few hundred a lane', () => expect(thinned(Array.from({ length: 50_000 }, (_, i) => ({ at: i, kind: 'click' as const, label: '' })), 0, 50_000).length).toBeLessThanOrEqual(401));
  it('are written at readable distances', () => expect([axisStep(30_000), axisStep(527_000), axisStep(14_400_000)]).toEqual([5_000, 60_000, 1_800_000]));
});

describe('a recording that was made to be slow', () => {
  it('is read once, its texts', () => {
    for (const piece of ['a', 'a:', ':1', '1', ' ', ':']) expect(sourceOf([`${piece.repeat(1_000_000 / piece.length)} `])).toBeNull();
    expect(sourceOf([slowPlace()])).toBeNull();
    const row = { ...timeline.network[0]!, url: `https://a.example/${'%41'.repeat(300_000)}`, requestBody: "'".repeat(300_000) };
    expect(curlOf(row)).toContain('%41');
    expect(harOf(session, { ...timeline, network: [row] }, '1').log.entries).toHaveLength(1);
    expect(plain(' '.repeat(300_000))).toBe('');
    expect(fenced('` '.repeat(300_000))).toMatch(/^```\n/);
    expect(embedded('<'.repeat(300_000))).not.toContain('<');
    expect(parsed(`${' '.repeat(300_000)}!`)).toContain('!');
    expect(filtered(buildModel(session, { ...timeline, network: [row] }).network, 'all', 'none such')).toEqual([]);
  }, 60_000);
  // were the whole list gone through for each request, this would take minutes
  it('is read once, however many windows and causes it has', () => {
    const many = 200_000;
    const rows = <T extends object>(base: T, window: string) => Array.from({ length: many }, (_, i) => ({ ...base, at: at(0) + i, window }));
    const clicks = rows(timeline.clicks[0]!, 'w-a');
    const navigations = [...rows(timeline.navigations[0]!, 'w-b'), { ...timeline.navigations[0]!, at: at(0), window: 'w-a', url: 'https://a.example/first' }];
    const late = { ...timeline.network[0]!, at: at(0) + many + 20_000, failed: false };
    const network = Array.from({ length: many }, (_, i) => ({ ...late, window: i % 2 ? 'w-a' : 'w-c' }));
    const lines = buildModel(session, { ...timeline, clicks, navigations, network, markers: [], websockets: [], errors: [], console: [] }).network;
    expect(lines).toHaveLength(many + 2);
    expect(lines.filter((line) => line.kind === 'group').map((line) => line.cause)).toMatchObject([{ label: '/first' }, { label: 'the page' }]);
  }, 60_000);
});

describe('what leaves the dashboard', () => {
  it('as a command quotes every part', () => {
    expect(curlOf({ ...timeline.network[0]!, method: 'POST', url: "https://a.example/'; rm -rf /'", requestHeaders: { 'x-a': '$(id)' }, requestBody: null })).toBe("curl -X 'POST' 'https://a.example/'\\''; rm -rf /'\\''' -H 'x-a: $(id)'");
  });
  it('as Markdown shows text as text', () => {
    expect(plain('<img src=x> [a](b) `c`\n# d')).toBe('\\<img src=x\\> \\[a\\](b) \\`c\\` \\# d');
    expect(fenced('a ``` b')).toBe('````\na ``` b\n````');
    expect(fenced('plain')).toBe('```\nplain\n```');
  });
  it('as an archive has every request', () => expect(harOf(session, timeline, '1').log.entries).toHaveLength(timeline.network.length));
  it('as one file holds the recording as data that cannot end its script', () => {
    expect(embedded('{"a":"</script><script>"}')).not.toContain('<');
    const html = standaloneHtml('<b>', '{"a":"</script>"}', 'let a = "</script>";', 'abc');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).toContain("script-src 'nonce-abc'");
    expect(html).toContain('<title>&#60;b&#62;</title>');
  });
  it('names browser, place and steps', () => {
    const trouble = model.troubles[0]!;
    const text = troubleMarkdown(session, model, trouble, trouble.times[0] ?? 0);
    expect(text).toContain('Chrome 156, Windows 11');
    expect(text).toContain('Clicked Place order');
    expect(text).toContain('renderConfirmation');
  });
});
