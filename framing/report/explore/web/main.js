// From the address to the view, and the focus to its heading.
let turn = 0;

const go = (to) => { location.hash = to; };

function viewOf(parts) {
  const [name, ...rest] = parts;
  const [a, b, c] = rest.map(Number);
  const in_ = (list, at) => Number.isInteger(at) && at >= 0 && at < list.length;
  if (!name) return overviewView();
  if (name === "outlet" && in_(T.outlets, a)) return outletView(a, in_(T.measures, b) ? b : 0);
  if (name === "actors") return actorsView();
  if (name === "actor" && in_(T.actors, a)) return actorView(a, in_(T.actorMeasures, b) ? b : 0, in_(T.outlets, c) ? c : undefined);
  if (name === "terms") return termsView();
  if (name === "term" && in_(T.terms, a)) return termView(a, in_(T.outlets, b) ? b : undefined);
  if (name === "article" && in_(T.articles.id, a)) return articleView(a, rest[1], rest[2]);
  if (name === "compare") return compareView(...rest);
  if (name === "search") return searchView(rest[0] ?? "");
  if (name === "about") return aboutView();
  return [h("h1", null, word("no_view")), link("#/", word("overview"))];
}

async function show(focus) {
  const mine = ++turn;
  const holder = document.getElementById("view");
  const parts = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decode);
  holder.setAttribute("aria-busy", "true");
  const view = await viewOf(parts);
  if (mine !== turn) return;
  holder.replaceChildren(...view.filter(Boolean));
  holder.removeAttribute("aria-busy");
  const heading = holder.querySelector("h1");
  heading.tabIndex = -1;
  document.title = `${heading.textContent} – ${word("title")}`;
  const [first] = parts;
  for (const one of document.querySelectorAll("#nav a")) {
    const here = one.getAttribute("href") === `#/${first ?? ""}`;
    if (here) one.setAttribute("aria-current", "page"); else one.removeAttribute("aria-current");
  }
  if (!focus) return;
  window.scrollTo(0, 0);
  if (!view.ready || !view.ready()) heading.focus();
}

function decode(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

function dates() {
  const from = document.getElementById("from"), to = document.getElementById("to");
  const known = T.articles.date.filter(Boolean).sort();
  if (!known.length) { document.getElementById("dates").hidden = true; return; }
  const apply = async () => {
    [period.from, period.to] = [from.value, to.value];
    await show(false);
    say(word("filtered", { n: number(everyArticle().filter(inPeriod).length, 0), all: number(T.articles.id.length, 0) }));
  };
  from.addEventListener("change", apply);
  to.addEventListener("change", apply);
  document.getElementById("all-dates").addEventListener("click", () => { from.value = to.value = ""; apply(); });
}

async function start() {
  const loading = document.getElementById("loading");
  if (typeof DecompressionStream === "undefined") { loading.textContent = loading.dataset.old; return; }
  T = await unpack("tables");
  document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); document.getElementById("view").focus(); });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const query = document.getElementById("query").value.trim();
    if (query) go(path("search", query));
  });
  window.addEventListener("hashchange", () => show(true));
  dates();
  await show(false);
  document.body.dataset.ready = "true";
}

start();
