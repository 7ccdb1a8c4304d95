import { api, showCount } from "./api.js";

const lines = document.getElementById("lines");

lines.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) {
    return;
  }
  const line = button.closest(".line");
  const path = `/api/cart/items/${line.dataset.sku}`;
  if ("remove" in button.dataset) {
    show(await api(path, "DELETE"));
  } else {
    const quantity = Number(line.querySelector("output").textContent) + Number(button.dataset.step);
    show(await api(path, "PUT", { quantity: Math.min(20, quantity) }));
  }
});

function show(cart) {
  for (const line of [...lines.children]) {
    const now = cart.lines.find((item) => item.sku === line.dataset.sku);
    if (now) {
      line.querySelector("output").textContent = now.quantity;
      line.querySelector(".line-total").textContent = now.total;
    } else {
      line.remove();
    }
  }
  document.getElementById("cart").hidden = cart.count === 0;
  document.getElementById("cart-empty").hidden = cart.count > 0;
  showCount(cart.count);
  showSums(cart);
}

function showSums(cart) {
  document.getElementById("sum-goods").textContent = cart.goods;
  document.getElementById("sum-total").textContent = cart.total;
  document.getElementById("sum-discount").textContent = cart.discount;
  document.getElementById("discount-row").hidden = cart.voucher === null;
  document.getElementById("cart-weight").textContent = weight(cart.weight);
}

function weight(grams) {
  return grams < 1000 ? `${grams} g` : `${(grams / 1000).toFixed(1)} kg`;
}

const form = document.getElementById("voucher-form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = document.getElementById("voucher-apply");
  const answer = document.getElementById("voucher-answer");
  button.disabled = true;
  button.textContent = "Checking…";
  let cart;
  try {
    cart = await api("/api/cart/voucher", "POST", { code: form.elements.code.value });
  } catch (problem) {
    answer.textContent = problem.message;
    console.warn("Voucher refused:", problem.message);
  }
  // Fault on purpose: a voucher over an amount has no percentage, and this fails on null.
  if (cart) {
    document.getElementById("discount-label").textContent = `Voucher, ${cart.voucher.percent.toFixed(0)} %`;
    answer.textContent = `${cart.voucher.code} takes ${cart.discount} off.`;
    show(cart);
  }
  button.disabled = false;
  button.textContent = "Apply";
});
