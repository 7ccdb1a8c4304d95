import { api, element } from "./api.js";

const form = document.getElementById("checkout-form");
const button = document.getElementById("place-order");
const banner = document.getElementById("order-error");
const SLOW = 1500;

async function loadRates() {
  const list = document.getElementById("rates");
  const started = performance.now();
  const rates = await api("/api/shipping-rates");
  const took = Math.round(performance.now() - started);
  if (took > SLOW) {
    console.warn(`Shipping rates took ${took} ms`);
  }
  list.replaceChildren(...rates.map(rate));
  list.addEventListener("change", () => showTotal(rates));
  showTotal(rates);
  button.disabled = false;
}

function rate(item, index) {
  const radio = element("input", {
    type: "radio",
    name: "shipping",
    value: item.method,
    "data-testid": `shipping-${item.method.toLowerCase()}`,
  });
  radio.defaultChecked = index === 0;
  const price = item.price === "€0.00" ? "free" : item.price;
  return element(
    "label",
    { class: "rate" },
    radio,
    element("span", {}, element("b", {}, item.label), element("small", {}, item.note)),
    element("span", {}, price),
  );
}

function showTotal(rates) {
  const chosen = rates.find((item) => item.method === form.elements.shipping.value);
  document.getElementById("sum-delivery").textContent = chosen.price === "€0.00" ? "free" : chosen.price;
  document.getElementById("sum-total").textContent = chosen.total;
}

document.getElementById("card-number").addEventListener("input", ({ target }) => {
  const digits = target.value.replace(/\D/g, "").slice(0, 19);
  target.value = digits.replace(/(\d{4})(?=\d)/g, "$1 ");
});
document.getElementById("card-expires").addEventListener("input", ({ target }) => {
  const digits = target.value.replace(/\D/g, "").slice(0, 4);
  target.value = digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
});

document.getElementById("test-card").addEventListener("click", () => {
  const card = { holder: "T. Card", number: "4242 4242 4242 4242", expires: "12 / 39", cvc: "123" };
  for (const [name, value] of Object.entries(card)) {
    form.elements[name].value = value;
  }
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  banner.hidden = true;
  showErrors({});
  button.disabled = true;
  button.textContent = "Placing your order…";
  try {
    const order = await api("/api/orders", "POST", read());
    location.href = order.page;
  } catch (problem) {
    refused(problem);
    button.disabled = false;
    button.textContent = "Place order";
  }
});

function read() {
  const { email, name, street, postcode, city, country, note, shipping, holder, number, expires, cvc } =
    Object.fromEntries(new FormData(form));
  return { email, name, street, postcode, city, country, note, shipping, card: { holder, number: number.replaceAll(" ", ""), expires, cvc } };
}

function refused(problem) {
  if (problem.status === 422) {
    showErrors(problem.fields);
    return;
  }
  console.error("Order failed with", problem.status, problem.message);
  document.getElementById("order-error-text").textContent =
    `${problem.message}. Your card has not been charged. (Error ${problem.status})`;
  banner.hidden = false;
  banner.scrollIntoView({ block: "center" });
}

function showErrors(fields) {
  for (const place of form.querySelectorAll("[data-error]")) {
    const name = place.dataset.error;
    place.textContent = fields[name] ?? "";
    const input = form.elements[name.split(".").pop()];
    if (input instanceof HTMLInputElement) {
      input.setAttribute("aria-invalid", String(name in fields));
    }
  }
  form.querySelector('[aria-invalid="true"]')?.focus();
}

loadRates();
