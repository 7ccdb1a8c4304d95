import { api, element } from "./api.js";

const input = document.getElementById("search");
const list = document.getElementById("suggestions");
const WAIT = 140;
let timer;
let asked = 0;

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, WAIT);
});
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    const chosen = list.querySelector('[aria-selected="true"]');
    if (chosen && !list.hidden) {
      event.preventDefault();
      location.href = chosen.dataset.url;
    }
  }
});
input.addEventListener("blur", () => setTimeout(close, 150));
list.addEventListener("mousedown", (event) => {
  const chosen = event.target.closest("li");
  if (chosen) {
    location.href = chosen.dataset.url;
  }
});

async function suggest() {
  const query = input.value.trim();
  const number = ++asked;
  if (query.length < 2) {
    close();
    return;
  }
  const found = await api(`/api/suggest?q=${encodeURIComponent(query)}`);
  if (number === asked) {
    show(found);
  }
}

function show(found) {
  list.replaceChildren(
    ...found.map((item, index) =>
      element(
        "li",
        { role: "option", id: `suggestion-${index}`, "aria-selected": "false", "data-url": item.url },
        element("img", { src: item.picture, alt: "", width: "44", height: "44" }),
        element("span", {}, item.name, element("small", {}, item.tagline)),
        element("span", {}, item.price),
      ),
    ),
  );
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
}

function move(step) {
  const items = [...list.children];
  if (list.hidden || items.length === 0) {
    return;
  }
  const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const next = (now + step + items.length) % items.length;
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
  input.setAttribute("aria-activedescendant", items[next].id);
}

function close() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

// The letter is older than the rest of the shop, and still goes by XMLHttpRequest.
const letter = document.getElementById("newsletter");
letter.addEventListener("submit", (event) => {
  event.preventDefault();
  const answer = document.getElementById("newsletter-answer");
  const request = new XMLHttpRequest();
  request.open("POST", "/api/newsletter");
  request.setRequestHeader("Content-Type", "application/json");
  request.responseType = "json";
  request.addEventListener("load", () => {
    answer.textContent =
      request.status === 200 ? request.response.message : "That does not look like an e-mail address.";
  });
  request.addEventListener("error", () => (answer.textContent = "We cannot be reached just now."));
  request.send(JSON.stringify({ email: letter.elements.email.value }));
});
