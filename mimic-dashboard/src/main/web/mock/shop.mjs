import { PageRecording } from './dom.mjs';

/** An invented shop for coffee gear, as a visitor saw it for eight minutes: two windows, six pages, one order that fails. */

const ORIGIN = 'https://shop.kettleandcrane.example';

const CSS = `
*{box-sizing:border-box}body{margin:0;background:#f6f3ec;color:#2a2520;font:15px/1.5 Georgia,serif}
header{display:flex;align-items:center;gap:36px;height:72px;padding:0 48px;background:#2f3e46;color:#f4efe4}
header b{font-size:26px;font-weight:400}header nav{display:flex;gap:26px;font:14px sans-serif}header .bag{margin-left:auto;font:14px sans-serif}
main{padding:32px 48px}h1{font-weight:400;font-size:32px;margin:0 0 18px}
.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:24px}.card{background:#fff;border:1px solid #e2dccd;padding:0 0 14px}
.card .pic{height:190px;margin-bottom:14px}.card p{margin:2px 16px;font:14px sans-serif}.card p+p{color:#7a7263}
.two{display:grid;grid-template-columns:1.2fr 1fr;gap:40px}.pic.big{height:420px}
button{border:0;background:#b5532d;color:#fff;font:600 16px sans-serif;padding:15px 28px;width:100%}
.box{background:#fff;border:1px solid #e2dccd;padding:20px 24px;margin-bottom:18px;font:14px sans-serif}
.box h2{font:20px Georgia,serif;margin:0 0 12px}label{display:block;color:#6d6558;margin-bottom:10px}
input{display:block;width:100%;border:1px solid #b7af9e;padding:10px 12px;font:15px monospace;margin-top:4px;background:#fff}
.line{display:flex;justify-content:space-between;line-height:30px}.line.sum{font-size:18px;font-weight:600;border-top:1px solid #e2dccd;margin-top:8px;padding-top:8px}
.alert{background:#fbe5dc;border-left:4px solid #b5532d;color:#6f2711;padding:14px 18px;margin-bottom:20px;font:15px sans-serif}
.p1{background:linear-gradient(160deg,#cfd8d2 40%,#8fa69b)}.p2{background:linear-gradient(160deg,#e8d9c3 40%,#c49a6c)}
.p3{background:linear-gradient(160deg,#d9d3e0 40%,#8c7fa3)}.p4{background:linear-gradient(160deg,#d7e0e6 40%,#7d99ab)}`;

const GOODS = [
  ['Crane gooseneck kettle', 'EUR 149', 'p1'], ['Walnut hand grinder', 'EUR 96', 'p2'], ['Dripper, stoneware', 'EUR 38', 'p3'], ['Scale with timer', 'EUR 64', 'p4'],
  ['Filter papers, 100', 'EUR 7', 'p2'], ['Carafe, 600 ml', 'EUR 29', 'p4'], ['Travel press', 'EUR 45', 'p1'], ['Tasting box', 'EUR 32', 'p3'],
];

function head(p) {
  return p.el('head', {},
    p.el('meta', { charset: 'utf-8' }),
    p.el('link', { rel: 'preconnect', href: 'https://fonts.kettleandcrane.example' }),
    p.el('meta', { 'http-equiv': 'refresh', content: '900;url=/away' }),
    p.el('title', {}, p.title),
    p.el('style', {}, p.text(CSS, true)));
}

function frame(p, ...main) {
  return p.el('body', { ref: 'body' },
    p.el('header', {}, p.el('b', {}, 'Kettle & Crane'),
      p.el('nav', {}, ...['Kettles', 'Grinders', 'Drippers', 'Scales', 'Beans'].map((n) => p.el('span', { ref: `nav-${n}` }, n))),
      p.el('span', { class: 'bag', ref: 'bag' }, 'Bag · 2')),
    p.el('main', { ref: 'main' }, ...main));
}

const catalogue = (p, heading) => frame(p, p.el('h1', {}, heading),
  p.el('div', { class: 'grid' }, ...GOODS.map(([name, price, tint], i) => p.el('div', { class: 'card', ref: `card-${i}` },
    p.el('div', { class: `pic ${tint}` }), p.el('p', {}, name), p.el('p', {}, price)))));

const product = (p) => frame(p, p.el('div', { class: 'two' },
  p.el('div', { class: 'pic big p1' }),
  p.el('div', {}, p.el('h1', {}, 'Crane gooseneck kettle'),
    p.el('p', {}, 'Holds a temperature to the degree, pours in a thread. 0.9 litres, brushed steel.'),
    p.el('img', { src: `${ORIGIN}/images/kettle.avif`, alt: 'A kettle', width: '320', height: '120' }),
    p.el('p', { ref: 'stock' }, 'In stock'), p.el('button', { ref: 'add' }, 'Add to bag'))));

const checkout = (p) => frame(p, p.el('div', { class: 'two', ref: 'checkout' },
  p.el('div', {},
    p.el('div', { class: 'box' }, p.el('h2', {}, 'Deliver to'), p.el('label', {}, 'Name', p.el('input', { ref: 'name', value: '' })),
      p.el('label', {}, 'Street', p.el('input', { ref: 'street', value: '' }))),
    p.el('div', { class: 'box' }, p.el('h2', {}, 'Pay by card'), p.el('label', {}, 'Card number', p.el('input', { ref: 'card', value: '' })))),
  p.el('div', { class: 'box' }, p.el('h2', {}, 'Your order'),
    p.el('div', { class: 'line' }, p.el('span', {}, 'Crane gooseneck kettle'), p.el('span', {}, 'EUR 149')),
    p.el('div', { class: 'line' }, p.el('span', {}, 'Walnut hand grinder'), p.el('span', {}, 'EUR 96')),
    p.el('div', { class: 'line' }, p.el('span', {}, 'Delivery, 3.1 kg'), p.el('span', {}, 'EUR 8')),
    p.el('div', { class: 'line sum' }, p.el('span', {}, 'Total'), p.el('span', {}, 'EUR 253')),
    p.el('button', { ref: 'order' }, 'Place order'))));

const help = (p) => frame(p, p.el('h1', {}, 'How can we help?'),
  p.el('div', { class: 'box', ref: 'chat' }, p.el('h2', {}, 'Chat with us'), p.el('p', {}, 'Someone answers within a minute.')));

const STACK = `TypeError: Cannot read properties of undefined (reading 'confirmationNumber')
    at renderConfirmation (${ORIGIN}/assets/checkout-4.12.0.js:214:31)
    at submitOrder (${ORIGIN}/assets/checkout-4.12.0.js:171:5)
    at invokeTask (${ORIGIN}/node_modules/zone.js/zone.js:402:31)
    at runTask (${ORIGIN}/node_modules/zone.js/zone.js:173:47)
    at drainMicroTaskQueue (${ORIGIN}/node_modules/zone.js/zone.js:581:35)
    at HTMLButtonElement.<anonymous> (${ORIGIN}/assets/checkout-4.12.0.js:159:9)`;

const EXCEPTION = {
  type: 'com.kettleandcrane.shipping.NoRateException',
  message: 'no rate for 98499 at 3.1 kg, carrier POSTNORD_HEAVY',
  stack: `com.kettleandcrane.shipping.NoRateException: no rate for 98499 at 3.1 kg, carrier POSTNORD_HEAVY
\tat com.kettleandcrane.shipping.RateTable.lookup(RateTable.java:88)
\tat com.kettleandcrane.shipping.ShippingService.quote(ShippingService.java:141)
\tat com.kettleandcrane.order.OrderService.place(OrderService.java:63)
\tat com.kettleandcrane.web.CheckoutController.placeOrder(CheckoutController.java:52)
\tat org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:258)
\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1088)
\tat org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:101)
\tat java.base/java.lang.Thread.run(Thread.java:1583)
Caused by: java.util.NoSuchElementException: No value present
\tat java.base/java.util.Optional.orElseThrow(Optional.java:377)
\tat com.kettleandcrane.shipping.RateTable.lookup(RateTable.java:86)
\t... 41 more`,
};

const failing = (at) => ({
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736', responseSize: 611,
  requestHeaders: { accept: 'application/json', 'content-type': 'application/json' },
  responseHeaders: { 'content-type': 'application/problem+json', 'x-request-id': '7c9f-2' },
  server: {
    logsLeftOut: 2, traceId: '4bf92f3577b34da6a3ce929d0e0e4736', method: 'POST', route: '/api/checkout/orders', handler: 'CheckoutController.placeOrder', status: 500, durationMs: 1190, node: 'shop-7c9f-2', exception: EXCEPTION,
    logs: [
      { level: 'INFO', logger: 'c.k.order.OrderService', message: 'placing order for basket 01a20e1c', timestamp: at + 40 },
      { level: 'WARN', logger: 'c.k.shipping.RateTable', message: 'no row for postcode 98499, weight class HEAVY', timestamp: at + 900 },
      { level: 'ERROR', logger: 'c.k.web.ErrorHandler', message: 'POST /api/checkout/orders failed', timestamp: at + 1180 },
    ],
  },
});

function open(window, page, path, title, at, body) {
  const p = new PageRecording({ window, page, url: ORIGIN + path, title, at });
  const content = body(p);
  p.snapshot(at, head(p), content);
  p.plugin(at, 'mimic/navigation@1', { url: p.url, kind: 'load', title });
  p.plugin(at, 'mimic/visibility@1', { state: 'visible' });
  p.request(at + 4, 'GET', path, 200, 212, { initiatorType: 'navigation', responseSize: 38_000, mimeType: 'text/html' });
  p.request(at + 220, 'GET', '/assets/checkout-4.12.0.js', 200, 88, { initiatorType: 'script', responseSize: 146_000, mimeType: 'text/javascript' });
  p.plugin(at + 900, 'mimic/vital@1', { name: 'LCP', value: 900 + (at % 1700), rating: at % 1700 > 1400 ? 'poor' : 'good' });
  p.plugin(at + 950, 'mimic/vital@1', { name: 'CLS', value: 0.02, rating: 'good' });
  p.plugin(at + 1400, 'mimic/vital@1', { name: 'INP', value: 48 + (at % 300), rating: at % 300 > 200 ? 'needs-improvement' : 'good' });
  return p;
}

function fail(p, at) {
  p.request(at, 'POST', '/api/checkout/orders', 500, 1240, failing(at));
  p.plugin(at + 1300, 'mimic/error@1', { kind: 'rejection', name: 'TypeError', message: "Cannot read properties of undefined (reading 'confirmationNumber')", stack: STACK, source: `${ORIGIN}/assets/checkout-4.12.0.js`, line: 214, column: 31, url: p.url });
  p.log(at + 1305, 'error', `POST ${ORIGIN}/api/checkout/orders 500`);
  p.add(at + 1320, p.refs.get('main'), p.el('div', { class: 'alert' }, 'We could not place your order. Nothing has been charged. Please try again in a moment.'), p.refs.get('checkout'));
}

const W1 = 'w-4f0a91c2d7';
const W2 = 'w-b1837e6650';
const page = (n) => `${n}`.repeat(32);

export function shopVisit(start) {
  const s = (seconds) => start + seconds * 1000;
  const home = open(W1, page(1), '/', 'Kettle & Crane', start, (p) => catalogue(p, 'New this week'));
  home.log(s(0.4), 'info', 'storefront 4.12.0 (b81e4f0) locale=en currency=EUR').log(s(1.1), 'log', '[bag] restored', { items: 2, sum: 245, currency: 'EUR', lines: [{ sku: 'gr-01', n: 1 }, { sku: 'fp-100', n: 1 }], voucher: null });
  for (let i = 0; i < 4; i++) home.log(s(8 + i), 'warn', 'Third-party cookie will be blocked in a future version');
  home.travel(s(5), [200, 600], [640, 420]).scroll(s(9), 240).travel(s(14), [640, 420], [300, 300]).scroll(s(20), 0).travel(s(30), [300, 300], [326, 36]);
  home.plugin(s(12), 'mimic/identify@1', { user: 'm.okonkwo@harbourline.example', traits: { name: 'Maren Okonkwo-Lindqvist', plan: 'trade', since: 2023 } });
  home.click(s(37.5), 'nav-Kettles', [326, 36], 'Kettles', { selector: 'header nav span' });

  const list = open(W1, page(2), '/kettles', 'Kettles – Kettle & Crane', s(38), (p) => catalogue(p, 'Kettles'));
  list.travel(s(44), [326, 36], [900, 300]).travel(s(60), [900, 300], [180, 320]).log(s(40), 'debug', '[filters] applied', { season: '4', persons: 3, weight: null });
  for (let i = 0; i < 16; i++) list.log(s(42 + i), 'debug', '[filters] applied', { season: '4', persons: 3, weight: null });
  list.request(s(41), 'GET', '/api/goods?category=kettles&page=1', 200, 320).request(s(70), 'GET', '/api/goods?category=kettles&page=2', 200, 1_640, { responseSize: 48_200 });
  list.travel(s(108), [180, 320], [180, 260]).click(s(111.5), 'card-0', [180, 260], 'Crane gooseneck kettle', { selector: '.card:nth-child(1)' });

  const item = open(W1, page(3), '/kettles/crane-gooseneck-3', 'Crane gooseneck kettle – Kettle & Crane', s(112), product);
  item.log(s(114), 'warn', '[img] hero@2x.avif took 2,410 ms');
  item.plugin(s(121), 'mimic/gap@1', { reason: 'lost', bytes: 18_400, events: 41, from: s(120), to: s(122.1) });
  for (let i = 0; i < 47; i++) item.log(s(117) + i * 20, 'warn', 'ResizeObserver loop completed with undelivered notifications.');
  item.travel(s(126), [180, 260], [900, 500]).travel(s(140), [900, 500], [1010, 430]);
  for (let i = 0; i < 9; i++) item.travel(s(145 + i * 4), [1010 - i * 20, 430], [1010 - i * 20, 380 + i * 6], 8);
  item.request(s(118), 'GET', '/images/kettle.avif', 404, 41, { initiatorType: 'img', responseSize: 180, mimeType: 'text/html' });
  item.travel(s(268), [700, 300], [1000, 440]).click(s(286), 'add', [1000, 452], 'Add to bag').request(s(286.1), 'PUT', '/api/bag/01a20e1c-7d40-7c31', 200, 141, { responseSize: 4_100 });
  item.mutate(s(286.5), { texts: [{ id: item.refs.get('bag') + 0, value: 'Bag · 3' }] });
  item.plugin(s(286.6), 'mimic/event@1', { name: 'bag_changed', data: { items: 3, value: 253 } });
  item.click(s(290.6), 'bag', [1200, 36], 'Bag · 3', { selector: '.bag' });

  const basket = open(W1, page(4), '/bag', 'Bag – Kettle & Crane', s(291), (p) => catalogue(p, 'Your bag'));
  basket.log(s(293), 'info', '[bag] total', { items: 3, sum: 253, currency: 'EUR', lines: [1, 2, 3], vouchers: [], customer: { id: 88120, trade: true, address: { city: 'Umeå', postcode: '•••' } } });
  basket.travel(s(310), [1200, 36], [600, 300]).travel(s(338), [600, 300], [1190, 60]).click(s(340.4), 'bag', [1200, 36], 'To checkout', { selector: 'a.checkout' });

  const pay = open(W1, page(5), '/checkout/review?basket=01a20e1c-7d40-7c31&shipping=express-heavy&voucher=&utm_source=newsletter&token=•••', 'Review and pay – Kettle & Crane', s(341), checkout);
  pay.request(s(342), 'GET', '/api/basket/01a20e1c-7d40-7c31', 200, 141, { responseSize: 4_100 }).request(s(342.1), 'GET', '/api/countries', 304, 31, { responseSize: 0 });
  pay.request(s(342.2), 'GET', '/api/shipping/rates?weight=3.1&carriers=postnord,dhl,budbee&currency=EUR', 200, 1_580, { responseSize: 2_700 });
  pay.request(s(344.1), 'GET', '/api/customers/88120/vouchers', 404, 64, { responseSize: 180 }).log(s(344.3), 'warn', '[vouchers] none for customer 88120 (404)');
  pay.plugin(s(341), 'mimic/event@1', { name: 'checkout_started', data: { items: 3, value: 253 } });
  pay.travel(s(348), [1190, 60], [300, 210]).click(s(349.2), 'name', [300, 210], 'Name', { selector: 'input[name=name]' }).type(s(350), 'name', 'Maren Okonkwo');
  pay.travel(s(354), [300, 210], [300, 290]).click(s(355), 'street', [300, 290], 'Street', { selector: 'input[name=street]' }).type(s(355.5), 'street', 'Harbour road 12');
  pay.travel(s(361), [300, 290], [300, 450]).click(s(362.4), 'card', [300, 450], 'Card number', { selector: 'input[name=card]' }).type(s(363), 'card', '4242424242424242');
  pay.request(s(362.4), 'PUT', '/api/basket/01a20e1c-7d40-7c31/delivery', 200, 190, { responseSize: 4_100 });
  pay.request(s(362.9), 'GET', 'https://px.adnet.example/collect/v2/impression?cid=98f1c0', 0, 3, { error: 'network', responseSize: null, mimeType: null, initiatorType: 'img' });
  pay.plugin(s(384), 'mimic/longtask@1', { duration: 412 });
  pay.travel(s(397), [300, 450], [990, 296], 28).click(s(398.9), 'order', [990, 300], 'Place order', { selector: 'button.order' });
  fail(pay, s(398.95));
  for (let i = 0; i < 4; i++) pay.click(s(402.4 + i * 0.4), 'order', [990 + i, 362], 'Place order', { rage: i === 3 ? 4 : 0, selector: 'button.order' });
  for (let i = 0; i < 3; i++) pay.log(s(404 + i * 0.2), 'warn', '[checkout] submit pressed while busy');
  fail(pay, s(406));
  pay.request(s(407.5), 'POST', '/telemetry/web-vitals', 202, 22, { responseSize: 0 });
  pay.plugin(s(430), 'mimic/visibility@1', { state: 'hidden' });

  const support = open(W2, page(6), '/help/contact', 'Contact us about an order or a return – Kettle & Crane help', s(430.1), help);
  support.log(s(432), 'info', '[chat] connected to wss://shop.kettleandcrane.example/support/chat?conversation=01a20e22&locale=en');
  support.plugin(s(432), 'mimic/websocket@1', { id: 'ws1', kind: 'open', url: 'wss://shop.kettleandcrane.example/support/chat', protocol: '' });
  for (let i = 0; i < 14; i++) support.plugin(s(433 + i * 2), 'mimic/websocket@1', { id: 'ws1', kind: 'message', url: 'wss://shop.kettleandcrane.example/support/chat', direction: i % 3 ? 'in' : 'out', size: 80 + i * 12, payload: null });
  support.plugin(s(492), 'mimic/websocket@1', { id: 'ws1', kind: 'close', url: 'wss://shop.kettleandcrane.example/support/chat', code: 1000 });
  support.travel(s(440), [200, 100], [400, 260]).travel(s(446), [400, 260], [420, 250]).plugin(s(492.5), 'mimic/visibility@1', { state: 'hidden' });

  const again = open(W1, page(7), '/checkout/review?basket=01a20e1c-7d40-7c31', 'Review and pay – Kettle & Crane', s(492.6), checkout);
  again.travel(s(503), [300, 450], [990, 296], 28).click(s(507.6), 'order', [990, 300], 'Place order', { selector: 'button.order' });
  fail(again, s(507.7));
  again.request(s(520), 'POST', '/api/basket/01a20e1c-7d40-7c31/save', 0, 0, { error: 'unfinished', responseSize: null });
  again.travel(s(526), [990, 296], [700, 20]);
  return [home, list, item, basket, pay, support, again];
}

const HOUR = 3_600_000;

/** Someone who came back again and again, until the session was cut after its four hours. */
export function longVisit(start) {
  return [0, 1.1 * HOUR, 2.4 * HOUR, 4 * HOUR - 526_000].flatMap((after, visit) => {
    const pages = shopVisit(start + after);
    for (const p of pages) p.page = `abcd`[visit] + p.page.slice(1);
    return pages;
  });
}
