import type { NetworkRow, SessionDetail, Timeline } from '../../api/types';

const headers = (list: Record<string, string> | null) => Object.entries(list ?? {}).map(([name, value]) => ({ name, value: String(value) }));

function query(url: string): { name: string; value: string }[] {
  return URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];
}

function entry(row: NetworkRow) {
  return {
    pageref: row.page,
    startedDateTime: new Date(row.at).toISOString(),
    time: row.durationMs ?? 0,
    request: {
      method: row.method, url: row.url, httpVersion: '', cookies: [], headers: headers(row.requestHeaders), queryString: query(row.url), headersSize: -1, bodySize: row.requestSize ?? -1,
      ...(row.requestBody ? { postData: { mimeType: row.requestHeaders?.['content-type'] ?? '', text: row.requestBody } } : {}),
    },
    response: {
      status: row.status ?? 0, statusText: row.error ?? '', httpVersion: '', cookies: [], headers: headers(row.responseHeaders), redirectURL: '', headersSize: -1, bodySize: row.responseSize ?? -1,
      content: { size: row.responseSize ?? 0, mimeType: row.mimeType ?? '', ...(row.responseBody ? { text: row.responseBody } : {}) },
    },
    cache: {},
    timings: { send: 0, wait: row.durationMs ?? 0, receive: 0 },
  };
}

/** The network of a session as an HTTP archive 1.2. */
export function harOf(session: SessionDetail, timeline: Timeline, version: string) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'MIMIC', version },
      pages: session.pages.map((p) => ({ id: p.id, startedDateTime: new Date(p.firstAt).toISOString(), title: p.url ?? '', pageTimings: {} })),
      entries: timeline.network.map(entry),
    },
  };
}
