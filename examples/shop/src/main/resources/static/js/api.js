/** The answer of the shop's API, or the problem that it told. */
export async function api(path, method = "GET", body) {
  const response = await fetch(path, {
    method,
    headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) {
    throw new ApiError(response.status, answer);
  }
  return answer;
}

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.message ?? `The shop answered ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.fields = problem?.fields ?? {};
  }
}

/** An element with its attributes and children; strings become text, never HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function showCount(count) {
  document.getElementById("cart-count").textContent = count;
}

let hiding;

export function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (box.hidden = true), 3500);
}
