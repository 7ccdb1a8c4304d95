import { api, element, showCount, toast } from "./api.js";

const slug = document.getElementById("content").dataset.slug;
const form = document.getElementById("buy-form");
const picture = document.getElementById("picture");
const thumbs = [...document.querySelectorAll(".thumb")];

for (const thumb of thumbs) {
  thumb.addEventListener("click", () => show(thumb));
}

function show(thumb) {
  picture.src = thumb.dataset.picture;
  thumbs.forEach((other) => other.classList.toggle("here", other === thumb));
}

form.addEventListener("change", (event) => {
  if (event.target.name === "sku") {
    choose(event.target);
  }
});

// Fault on purpose: a variant without a picture has no thumb, and show() fails on undefined.
function choose(variant) {
  show(thumbs.find((thumb) => thumb.dataset.sku === variant.value));
  document.getElementById("price").textContent = variant.dataset.price;
  showStock(variant.dataset.stock);
}

function showStock(stock) {
  const low = Number(stock) <= 3;
  document.querySelector(".dot").classList.toggle("dot-low", low);
  document.getElementById("stock-text").textContent = low
    ? `Only ${stock} left`
    : "In stock, leaves tomorrow";
  if (low) {
    console.warn(`Stock of ${form.elements.sku.value} is low: ${stock} left`);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = document.getElementById("add-to-cart");
  button.disabled = true;
  try {
    const cart = await api("/api/cart/items", "POST", {
      sku: form.elements.sku.value,
      quantity: Number(form.elements.quantity.value),
    });
    showCount(cart.count);
    toast("It is in your cart");
  } catch (problem) {
    console.error("Could not add to the cart:", problem.message);
    toast(problem.message);
  } finally {
    button.disabled = false;
  }
});

async function loadReviews() {
  const list = document.getElementById("review-list");
  const reviews = await api(`/api/products/${slug}/reviews`);
  list.replaceChildren(...reviews.items.map(review));
  const summary = document.getElementById("stars-summary");
  const count = reviews.items.length;
  summary.replaceChildren(
    stars(Math.round(reviews.average)),
    ` ${reviews.average.toFixed(1)} · ${count} ${count === 1 ? "review" : "reviews"}`,
  );
  summary.hidden = count === 0;
}

function review(item) {
  const date = new Date(item.date).toLocaleDateString("en-GB", { month: "long", year: "numeric" });
  return element(
    "article",
    { class: "review" },
    stars(item.stars),
    element("h3", {}, item.title),
    element("p", {}, item.text),
    element("footer", {}, `${item.author}, ${date}`),
  );
}

function stars(count) {
  return element("span", { class: "star", "aria-label": `${count} of 5 stars` }, "★".repeat(count) + "☆".repeat(5 - count));
}

async function loadShops() {
  const line = document.getElementById("shops");
  try {
    const shops = await api(`/api/products/${slug}/shops`);
    const having = Object.keys(shops).filter((town) => shops[town] > 0).sort();
    line.textContent = having.length > 0 ? `To try in our shop in ${having.join(" and ")}` : "Only by post";
    line.hidden = false;
  } catch (problem) {
    console.error(`Shops that have ${slug}:`, problem.message);
  }
}

loadReviews();
loadShops();
