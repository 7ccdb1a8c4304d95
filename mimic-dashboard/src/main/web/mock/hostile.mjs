import { PageRecording } from './dom.mjs';

/** A forged recording: each thing in it would run, leak or send, were it treated as markup. */

const SCRIPT = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';

export function hostileVisit(start) {
  const p = new PageRecording({ window: 'w-hostile-0001', page: 'e'.repeat(32), url: `javascript:alert(1)//${SCRIPT}`, title: SCRIPT, at: start });
  const body = p.el('body', { ref: 'body', onload: 'top.pwned=1', style: 'background:url(https://evil.example/bg.png)' },
    p.el('h1', {}, 'Hostile page'),
    p.el('script', { src: 'https://evil.example/x.js' }, p.text('top.pwned=1')),
    p.el('img', { src: 'https://evil.example/pixel.gif', srcset: 'https://evil.example/2x.gif 2x', onerror: 'top.pwned=1' }),
    p.el('iframe', { src: 'https://evil.example/frame', srcdoc: '<script>top.pwned=1</script>' }),
    p.el('object', { data: 'https://evil.example/o.swf' }), p.el('embed', { src: 'https://evil.example/e.swf' }),
    p.el('video', { poster: 'https://evil.example/p.png', src: 'https://evil.example/v.mp4' }),
    p.el('a', { href: 'javascript:top.pwned=1', target: '_top' }, 'link'),
    p.el('form', { action: 'https://evil.example/f' }, p.el('button', { formaction: 'https://evil.example/g' }, 'Send')),
    p.el('svg', { xmlns: 'http://www.w3.org/2000/svg', onload: 'top.pwned=1' }, p.el('use', { 'xlink:href': 'https://evil.example/s.svg#a' }), p.el('image', { href: 'https://evil.example/i.png' })));
  const head = p.el('head', {},
    p.el('base', { href: 'https://evil.example/' }), p.el('meta', { 'http-equiv': 'refresh', content: '0;url=https://evil.example/' }),
    p.el('link', { rel: 'stylesheet', href: 'https://evil.example/a.css' }), p.el('link', { rel: 'preload', as: 'image', href: 'https://evil.example/pre.png' }),
    p.el('link', { rel: 'dns-prefetch', href: 'https://evil.example' }), p.el('link', { rel: 'icon', href: 'https://evil.example/i.ico' }),
    p.el('style', {}, p.text('@import "https://evil.example/i.css";@font-face{font-family:x;src:url(https://evil.example/f.woff2)}h1{font-family:x;background:image-set("https://evil.example/1.png" 1x)}', true)));
  p.snapshot(start, head, body);
  p.plugin(start, 'mimic/navigation@1', { url: p.url, kind: 'load', title: SCRIPT });
  p.log(start + 500, 'error', SCRIPT, { [SCRIPT]: SCRIPT }).log(start + 600, '"><script>', 'odd level');
  p.request(start + 700, SCRIPT, 'https://evil.example/"><script>1</script>', 500, 50, { responseHeaders: { [SCRIPT]: SCRIPT } });
  p.plugin(start + 900, 'mimic/error@1', { kind: 'error', name: SCRIPT, message: SCRIPT, stack: `${SCRIPT}\n    at ${SCRIPT} (javascript:top.pwned=1:1:1)`, source: SCRIPT, line: 1, column: 1, url: p.url });
  p.mutate(start + 1500, { attributes: [{ id: p.refs.get('body'), attributes: { style: 'background:url(https://evil.example/m.png)', onclick: 'top.pwned=1' } }] });
  p.add(start + 2000, p.refs.get('body'), p.el('img', { src: 'https://evil.example/late.gif' }));
  p.click(start + 4000, 'body', [40, 40], SCRIPT, { rage: 3, selector: SCRIPT });
  p.plugin(start + 5000, 'mimic/event@1', { name: SCRIPT, data: { [SCRIPT]: SCRIPT } });
  p.travel(start + 9000, [10, 10], [400, 400]);
  return [p];
}
