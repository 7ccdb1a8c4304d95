import { getText } from '../../api/client';
import type { SessionDetail } from '../../api/types';
import { eachOf, fetchKept } from '../../player/kept';
import { listKept } from '../../player/kept-list';
import { dateTime } from '../../format/time';
import { visitor } from '../../format/visitor';
import type { Model } from '../model';

const STYLE = `
:root { color-scheme: light dark; font: 13px/1.5 system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; display: flex; flex-direction: column; height: 100vh; background: light-dark(#f5f6f6, #0b0f10); color: light-dark(#12191b, #e8eeee); }
header, footer { display: flex; align-items: center; gap: 12px; padding: 8px 16px; background: light-dark(#fff, #111718); }
h1 { margin: 0; font-size: 14px; flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#stage { position: relative; flex: 1; min-height: 0; overflow: hidden; background: light-dark(#dfe4e4, #070a0b); }
.replayer-wrapper { position: absolute; left: 0; top: 0; transform-origin: 0 0; }
.replayer-wrapper > iframe { display: block; border: 0; background: #fff; pointer-events: none; }
.replayer-mouse { position: absolute; z-index: 2; width: 16px; height: 16px; margin: -8px 0 0 -8px; border: 3px solid #fff; border-radius: 50%; background: #0b736d; box-shadow: 0 0 0 1px rgb(0 0 0 / .4); pointer-events: none; }
button, select { min-height: 32px; padding: 0 12px; font: inherit; }
#seek { flex: 1; min-width: 0; accent-color: #0b736d; }
output { font-variant-numeric: tabular-nums; }`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** JSON that stays JSON inside of a script element, whatever it holds. */
export const embedded = (json: string) => json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function standaloneHtml(title: string, json: string, script: string, key: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${key}'; style-src 'unsafe-inline'; img-src data: blob:; font-src data: blob:; media-src data: blob:; form-action 'none'; base-uri 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header><h1 id="title"></h1><select id="window" aria-label="Window"></select></header>
<div id="stage"></div>
<footer><button id="play" type="button">Play</button><input id="seek" type="range" min="0" value="0" step="100" aria-label="Position"><output id="time"></output><select id="speed" aria-label="Speed"><option value="0.5">0.5×</option><option value="1" selected>1×</option><option value="2">2×</option><option value="4">4×</option><option value="8">8×</option></select></footer>
<script type="application/json" id="recording">${embedded(json)}</script>
<script nonce="${key}">${script.replaceAll('</script', '<\\/script')}</script>
</body></html>
`;
}

function dataUrl(type: string, bytes: ArrayBuffer): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(new Error('A kept file could not be read.', { cause: reader.error }));
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}

/** What was kept of the session's pictures, fonts and style sheets, by address. */
async function keptOf(session: string): Promise<Record<string, string>> {
  const kept: Record<string, string> = {};
  await eachOf(await listKept(session), async (item) => {
    const bytes = await fetchKept(session, item);
    if (bytes) kept[item.url] = await dataUrl(item.type, bytes);
  });
  return kept;
}

/** One file that plays the recording off line, under the same policy as the player. */
export async function standalonePlayer(session: SessionDetail, model: Model): Promise<string> {
  const script = await getText('standalone.js');
  const parts: string[] = [];
  for (const window of session.windows) {
    const events = await getText(`api/sessions/${encodeURIComponent(session.id)}/export?${new URLSearchParams({ format: 'html', window: window.id })}`);
    parts.push(`{"label":${JSON.stringify(window.label)},"events":${events}}`);
  }
  const kept = JSON.stringify(await keptOf(session.id));
  const title = `${visitor(session).name}, ${dateTime(model.start)}`;
  const json = `{"title":${JSON.stringify(title)},"startedAt":${model.start},"endedAt":${model.end},"kept":${kept},"windows":[${parts.join(',')}]}`;
  return standaloneHtml(title, json, script, nonce());
}
