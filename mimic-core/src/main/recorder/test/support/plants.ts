/** A place in a page where a secret may lie. `html` is markup, `script` runs once the page is recorded. */
export interface Place {
  html?: (secret: string) => string;
  script?: (secret: string) => string;
}

const q = (text: string): string => JSON.stringify(text).replace(/</g, "\\u003c");

/** What users type, and what forms carry: must not leave under `inputs`. */
export const TYPED: Record<string, Place> = {
  "value attribute": { html: (s) => `<input value="${s}">` },
  "placeholder": { html: (s) => `<input placeholder="${s}">` },
  "title of an input": { html: (s) => `<input type=search title="${s}">` },
  "aria-label of an input": { html: (s) => `<input aria-label="${s}" aria-description="${s}">` },
  "aria-valuetext": { html: (s) => `<input type=range aria-valuetext="${s}">` },
  "data attribute of an input": { html: (s) => `<input data-initial="${s}">` },
  "unknown attribute of an input": { html: (s) => `<input ng-reflect-model="${s}" mirror="${s}">` },
  "hidden input": { html: (s) => `<input type=hidden name=_csrf value="${s}">` },
  "checkbox value": { html: (s) => `<input type=checkbox checked value="${s}">` },
  "radio value": { html: (s) => `<input type=radio name=r value="${s}">` },
  "submit button": { html: (s) => `<input type=submit value="${s}">` },
  "button input": { html: (s) => `<input type=button value="${s}">` },
  "image button": { html: (s) => `<input type=image alt="${s}" src="/x.png?token=${s}">` },
  "button value": { html: (s) => `<button value="${s}">Go</button>` },
  "option": { html: (s) => `<select><option value="${s}" selected>${s}</option><optgroup label="${s}"></optgroup></select>` },
  "datalist": { html: (s) => `<datalist><option value="${s}" label="${s}"></datalist>` },
  "textarea": { html: (s) => `<textarea placeholder="${s}">${s}</textarea>` },
  "contenteditable": { html: (s) => `<div contenteditable><b title="${s}">${s}</b> <a href="/?x=${s}">${s}</a></div>` },
  "contenteditable true": { html: (s) => `<div contenteditable="true"><p>${s}</p></div>` },
  "contenteditable plaintext": { html: (s) => `<div contenteditable="plaintext-only">${s}</div>` },
  "custom element value": { html: (s) => `<my-field value="${s}" placeholder="${s}"></my-field>` },
  "srcdoc": { html: (s) => `<iframe srcdoc='<input value="${s}"><textarea>${s}</textarea>'></iframe>` },
  "noscript": { html: (s) => `<noscript><input type=hidden value="${s}">${s}</noscript>` },
  "template": { html: (s) => `<template><input value="${s}"></template>` },
  "comment": { html: (s) => `<!-- ${s} -->` },
  "inline script": { html: (s) => `<script type="application/json">{"token":"${s}"}</script>` },
  "event attribute": { html: (s) => `<p onclick="send('${s}')">click</p>` },
  "link with a token": { html: (s) => `<a href="/reset?token=${s}&amp;x=1">reset</a>` },
  "link with a matrix parameter": { html: (s) => `<a href="/a;jsessionid=${s}">a</a>` },
  "link with credentials": { html: (s) => `<a href="https://user:${s}@example.test/">a</a>` },
  "link with a fragment": { html: (s) => `<a href="/#access_token=${s}">a</a>` },
  "javascript link": { html: (s) => `<a href="javascript:go('${s}')">a</a>` },
  "form action": { html: (s) => `<form action="/x?api_key=${s}"><button formaction="/y?secret=${s}">b</button></form>` },
  "picture": { html: (s) => `<img src="/p.png?signature=${s}" srcset="/p.png?sig=${s} 2x">` },
  "style of an element": { html: (s) => `<p style="background: url(/p.png?token=${s})">x</p>` },
  "style sheet": { html: (s) => `<style>.y { background: url("/p.png?signature=${s}") }</style>` },
  "rule of a script": { script: (s) => `const e = document.createElement("style"); document.head.append(e); setTimeout(() => { e.sheet.insertRule(".z { background: url(/p.png?sig=" + encodeURIComponent(${q(s)}) + ") }"); const n = new CSSStyleSheet(); n.replaceSync(".w { background: url(/p.png?secret=" + encodeURIComponent(${q(s)}) + ") }"); document.adoptedStyleSheets = [n]; const p = document.createElement("p"); document.body.append(p); setTimeout(() => p.style.setProperty("background-image", "url(/p.png?token=" + encodeURIComponent(${q(s)}) + ")")); });` },
  "csrf meta": { html: (s) => `<meta name="_csrf" content="${s}"><meta name="csrf-token" content="${s}">` },
  "secret data attribute": { html: (s) => `<div data-csrf-token="${s}" data-api-key="${s}">x</div>` },
  "masked region": { html: (s) => `<p class="mimic-mask">${s} <i title="${s}">${s}</i></p><p data-mimic-mask>${s}</p>` },
  "blocked region": { html: (s) => `<div class="mimic-block">${s}<input value="${s}"></div><div data-mimic-block title="${s}">${s}</div>` },
  "blocked frame": { html: (s) => `<iframe class="mimic-block" srcdoc="<p>${s}</p>"></iframe><div data-mimic-block><iframe srcdoc="<p>${s}</p>"></iframe></div>` },
  "blocked frame that is filled later": { script: (s) => `const f = document.createElement("iframe"); f.className = "mimic-block"; document.body.append(f); f.srcdoc = "<p></p>"; f.onload = () => { f.contentDocument.querySelector("p").textContent = ${q(s)}; };` },
  "blocked host": { script: (s) => `const h = document.createElement("div"); h.className = "mimic-block"; document.body.append(h); h.attachShadow({ mode: "open" }).innerHTML = "<p>a</p>"; setTimeout(() => { h.shadowRoot.firstChild.textContent = ${q(s)}; h.shadowRoot.append(${q(s)}); setTimeout(() => { h.shadowRoot.innerHTML = "<b title='" + ${q(s)} + "'>" + ${q(s)} + "</b>"; }); });` },
  "blocked around a host": { script: (s) => `const d = document.createElement("div"); d.dataset.mimicBlock = ""; const h = d.appendChild(document.createElement("div")); document.body.append(d); h.attachShadow({ mode: "open" }).innerHTML = "<p>a</p>"; setTimeout(() => { h.shadowRoot.firstChild.firstChild.data = ${q(s)}; });` },
  "blocked later": { script: (s) => `const d = document.createElement("div"); d.innerHTML = "<p><b>a</b></p><input>"; document.body.append(d); setTimeout(() => { d.className = "mimic-block"; setTimeout(() => { const b = d.querySelector("b"); b.firstChild.data = ${q(s)}; b.title = ${q(s)}; b.style.setProperty("--x", JSON.stringify(${q(s)})); d.firstChild.append(${q(s)}); }); });` },
  "shadow tree blocked later": { script: (s) => `const h = document.createElement("div"); document.body.append(h); h.attachShadow({ mode: "open" }).innerHTML = "<p>a</p>"; setTimeout(() => { h.className = "mimic-block"; const p = h.shadowRoot.firstChild; p.firstChild.data = ${q(s)}; p.title = ${q(s)}; h.shadowRoot.append(${q(s)}); });` },
  "frame blocked later": { script: (s) => `const f = document.createElement("iframe"); document.body.append(f); const p = f.contentDocument.body.appendChild(f.contentDocument.createElement("p")); p.textContent = "a"; setTimeout(() => { f.className = "mimic-block"; p.firstChild.data = ${q(s)}; p.title = ${q(s)}; f.contentDocument.body.append(${q(s)}); }, 50);` },
  "mask in a selector of the operator": { html: (s) => `<p class="patient">${s}</p>` },
  "value property": { script: (s) => `const i = document.createElement("input"); document.body.append(i); i.value = ${q(s)};` },
  "textarea property": { script: (s) => `const i = document.createElement("textarea"); document.body.append(i); i.value = ${q(s)}; i.textContent = ${q(s)};` },
  "attribute set later": { script: (s) => `const i = document.createElement("input"); document.body.append(i); setTimeout(() => { for (const n of ["value", "placeholder", "title", "data-x", "aria-label"]) i.setAttribute(n, ${q(s)}); });` },
  "password shown as text": { script: (s) => `const i = document.createElement("input"); i.type = "password"; document.body.append(i); setTimeout(() => { i.value = ${q(s)}; i.type = "text"; i.setAttribute("value", ${q(s)}); });` },
  "typed text": { script: (s) => `const i = document.createElement("input"); document.body.append(i); i.value = ${q(s)}; i.dispatchEvent(new InputEvent("input", { bubbles: true })); i.dispatchEvent(new Event("change", { bubbles: true }));` },
  "option chosen": { script: (s) => `const c = document.createElement("select"); c.innerHTML = "<option>a</option>"; document.body.append(c); c.add(new Option(${q(s)}, ${q(s)})); c.selectedIndex = 1; c.dispatchEvent(new Event("change", { bubbles: true }));` },
  "text typed into an editor": { script: (s) => `const d = document.createElement("div"); d.contentEditable = "true"; d.textContent = "a"; document.body.append(d); setTimeout(() => { d.firstChild.data = ${q(s)}; d.append(${q(s)}); });` },
  "shadow tree": { script: (s) => `const h = document.createElement("div"); document.body.append(h); h.attachShadow({ mode: "open" }).innerHTML = "<input placeholder=x><div contenteditable><i></i></div>"; h.shadowRoot.querySelector("input").setAttribute("value", ${q(s)}); h.shadowRoot.querySelector("i").textContent = ${q(s)};` },
  "editable frame": { script: (s) => `const f = document.createElement("iframe"); document.body.append(f); f.contentDocument.designMode = "on"; f.contentDocument.body.textContent = ${q(s)};` },
  "frame of the page": { script: (s) => `const f = document.createElement("iframe"); f.srcdoc = "<form><input></form>"; f.onload = () => { f.contentDocument.querySelector("input").value = ${q(s)}; f.contentDocument.querySelector("input").setAttribute("value", ${q(s)}); }; document.body.append(f);` },
  "srcdoc set later": { script: (s) => `const f = document.createElement("iframe"); document.body.append(f); f.srcdoc = ${q(`<input value="`)} + ${q(s)} + ${q(`">`)};` },
  "console of an element": { script: (s) => `const i = document.createElement("input"); i.setAttribute("value", ${q(s)}); console.log(i, { password: ${q(s)}, deep: { accessToken: ${q(s)} } }); console.log("Authorization: Bearer " + ${q(s)});` },
  "console of JSON": { script: (s) => `console.log(JSON.stringify({ password: ${q(s)} }), { body: JSON.stringify({ token: ${q(s)} }), note: "failed\\npassword=" + ${q(s)} }, JSON.stringify({ a: JSON.stringify({ secret: ${q(s)} }) }));` },
  "console of headers and addresses": { script: (s) => `console.warn("Authorization: Token " + ${q(s)}); console.warn("Cookie: a=1; b=" + ${q(s)}); console.warn("at https://jane:" + ${q(s)} + "@example.test/", ["//jane:" + ${q(s)} + "@h"]);` },
  "link in a link": { html: (s) => `<a href="/login?next=/reset?token=${s}">a</a><a href="/login?next=%2Freset%3Ftoken%3D${encodeURIComponent(s)}">b</a>` },
  "bodies that are no JSON": { script: (s) => `const post = (body) => fetch("/json", { method: "POST", body }); post("<Envelope><Password>" + ${q(s)} + "</Password></Envelope>"); post('<input name="_csrf" value="' + ${q(s)} + '">'); post(JSON.stringify({ tokens: [${q(s)}], rest: "x".repeat(20000) })); post("callback({ password: [" + JSON.stringify(${q(s)}) + "] })");` },
  "request": { script: (s) => `fetch("/json?access_token=" + encodeURIComponent(${q(s)}), { method: "POST", headers: { Authorization: "Bearer " + ${q(s)}, "X-Api-Key": ${q(s)} }, body: JSON.stringify({ password: ${q(s)} }) }); const x = new XMLHttpRequest(); x.open("POST", "/json?sid=" + encodeURIComponent(${q(s)})); x.setRequestHeader("X-Auth-Token", ${q(s)}); x.send("password=" + encodeURIComponent(${q(s)}));` },
  "connections": { script: (s) => `new WebSocket("ws://127.0.0.1:9/?token=" + ${q(s)}); const e = new EventSource("/none?token=" + ${q(s)}); e.close(); navigator.sendBeacon("/json?token=" + ${q(s)}, ${q(s)});` },
  "address of the page": { script: (s) => `history.pushState({}, "", "?token=" + encodeURIComponent(${q(s)})); history.replaceState({}, "", "/page");` },
  "error message": { script: (s) => `setTimeout(() => { throw new Error("login failed: password=" + ${q(s)}); });` },
  "custom event": { script: (s) => `window.mimic.event("x", { token: ${q(s)} }); window.mimic.identify("u", { apiKey: ${q(s)} });` },
  "click on a masked thing": { script: (s) => `const b = document.createElement("button"); b.className = "mimic-mask"; b.textContent = ${q(s)}; const i = document.createElement("input"); i.type = "submit"; i.value = ${q(s)}; i.setAttribute("aria-label", ${q(s)}); document.body.append(b, i); b.click(); i.click();` },
  "click on what holds a script": { script: (s) => `const b = document.createElement("button"); b.innerHTML = "<noscript></noscript>Go"; const c = b.appendChild(document.createElement("script")); c.type = "application/json"; c.textContent = JSON.stringify({ a: ${q(s)} }); b.firstChild.textContent = ${q(s)}; b.append("token=" + ${q(s)}); document.body.append(b); b.click(); b.lastChild.remove();` },
};

/** What the page shows: must not leave under `strict`. */
export const SHOWN: Record<string, Place> = {
  "paragraph": { html: (s) => `<p>${s}</p>` },
  "heading in a region to be shown elsewhere": { html: (s) => `<main><h1>${s}</h1></main>` },
  "button": { html: (s) => `<button title="${s}" aria-label="${s}">${s}</button>` },
  "table": { html: (s) => `<table><caption>${s}</caption><tr><td abbr="${s}">${s}</td></tr></table>` },
  "picture text": { html: (s) => `<img alt="${s}" title="${s}" src="/p.png?q=${s}">` },
  "svg text": { html: (s) => `<svg><title>${s}</title><desc>${s}</desc><text>${s}</text></svg>` },
  "svg picture": { html: (s) => `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>${s}</text></svg>">` },
  "data attribute": { html: (s) => `<div data-name="${s}" custom="${s}">x</div>` },
  "link": { html: (s) => `<a href="/find?q=${s}" download="${s}">${s}</a>` },
  "mail and telephone": { html: (s) => `<a href="mailto:${s}@example.test">m</a><a href="tel:${s}">t</a><p class=mimic-mask><a href="sms:${s}?body=${s}">s</a></p>` },
  "other names of svg": { html: (s) => `<svg xlink:title="${s}" inkscape:label="${s}" alt="${s}"><g label="${s}"></g></svg>` },
  "svg picture in a style": { html: (s) => `<style>.k { background: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>${s}</text></svg>") }</style>` },
  "generated content in parts": { html: (s) => `<style>.j::before { content: "" "${s}" } .i::after { content: "\\"${s}" ; --user: ${s}; --who: a ${s} }</style><p style='--user: ${s}; --b: "\\22 ${s}"'>x</p>` },
  "generated content of a declaration": { script: (s) => `const e = document.createElement("style"); e.textContent = ".h::before { content: 'a' }"; document.head.append(e); const p = document.createElement("p"); p.style.cssText = "color: red; --a: 1px; --b: 2px; --c: 3px; --d: 4px"; document.body.append(p); setTimeout(() => { e.sheet.cssRules[0].style.setProperty("content", JSON.stringify(${q(s)}), "important"); p.style.setProperty("--a", JSON.stringify(${q(s)})); p.style.setProperty("--b", ${q(s)}, "important"); });` },
  "error with a name and lines": { script: (s) => `setTimeout(() => { const e = new Error("a\\njane@" + ${q(s)} + ":12:30\\n    at " + ${q(s)} + " (x:1:2)"); e.name = ${q(s)}; throw e; });` },
  "summary": { html: (s) => `<details><summary>${s}</summary>${s}</details>` },
  "meter": { html: (s) => `<ul><li>${s}</li></ul><output>${s}</output><label>${s}</label><legend>${s}</legend>` },
  "generated content": { html: (s) => `<style>.x::before { content: "${s}" }</style><i class=x></i>` },
  "generated content of a script": { script: (s) => `const e = document.createElement("style"); document.head.append(e); setTimeout(() => { e.sheet.insertRule(".v::before { content: '" + ${q(s)} + "' }"); const n = new CSSStyleSheet(); n.replaceSync(".u::after { content: '" + ${q(s)} + "'; --label: '" + ${q(s)} + "' }"); document.adoptedStyleSheets = [n]; });` },
  "frame text": { html: (s) => `<iframe srcdoc="<p>${s}</p>"></iframe>` },
  "text set later": { script: (s) => `const p = document.createElement("p"); p.textContent = "a"; document.body.append(p); setTimeout(() => { p.firstChild.data = ${q(s)}; p.title = ${q(s)}; });` },
  "title": { script: (s) => `document.title = ${q(s)}; history.pushState({}, "", "/page?q=" + encodeURIComponent(${q(s)}));` },
  "console line": { script: (s) => `console.log(${q(s)}, [${q(s)}]);` },
  "thrown error": { script: (s) => `setTimeout(() => { throw new TypeError(${q(s)}); }); Promise.reject(new Error(${q(s)})); Promise.reject(${q(s)});` },
  "click": { script: (s) => `const b = document.createElement("button"); b.textContent = ${q(s)}; document.body.append(b); b.click();` },
  "shadow text": { script: (s) => `const h = document.createElement("div"); document.body.append(h); h.attachShadow({ mode: "open" }).innerHTML = "<p>" + ${q(s)} + "</p>";` },
  "request with a query": { script: (s) => `fetch("/json?q=" + encodeURIComponent(${q(s)}), { method: "POST", body: ${q(s)}, headers: { "x-note": ${q(s)} } });` },
};

/** How a secret may be written in what leaves the browser. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64").replace(/=+$/, "");
    return text.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, escaped, encodeURIComponent(secret), encodeURI(secret), ...base64])];
}
