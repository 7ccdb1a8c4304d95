const list = document.getElementById("walks");
const search = document.getElementById("search");
let walks = [];

function show() {
  const wanted = search.value.trim().toLowerCase();
  const found = walks.filter((walk) => `${walk.title} ${walk.grade}`.toLowerCase().includes(wanted));
  list.replaceChildren(...found.map(row));
  if (found.length === 0) {
    list.textContent = "No walk of ours is like that.";
    console.warn("Nothing found among", walks.length, "walks");
  }
}

function row(walk) {
  const link = Object.assign(document.createElement("a"), { href: `walks/${walk.id}.html`, textContent: walk.title });
  const meta = Object.assign(document.createElement("span"), { className: `grade ${walk.grade}`, textContent: walk.grade });
  const item = document.createElement("li");
  item.append(link, meta, walk.length);
  return item;
}

search.addEventListener("input", show);
fetch("walks.json")
  .then((answer) => answer.json())
  .then((all) => {
    walks = all;
    show();
  });
