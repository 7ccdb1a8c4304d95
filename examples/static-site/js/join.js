const answer = document.getElementById("answer");

// There is no server behind this form: it fails on purpose, so that a recording has something to show.
document.getElementById("join").addEventListener("submit", async (event) => {
  event.preventDefault();
  answer.textContent = "Writing it down …";
  const sent = await fetch("api/members", { method: "POST", body: new FormData(event.target) });
  if (!sent.ok) {
    answer.textContent = "The list cannot be found. Come to the station clock at nine anyway.";
    console.error("The list of members answered", sent.status);
  }
});
