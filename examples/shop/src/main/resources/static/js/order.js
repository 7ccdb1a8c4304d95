// An application's own moment in the recording, if there is one.
window.mimic?.event("order placed", { number: document.querySelector("[data-testid=order-number]").textContent });
