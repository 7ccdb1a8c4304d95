document.getElementById("sort").addEventListener("change", (event) => event.target.form.requestSubmit());
