// Search in all titles and texts. The index is the folded text of each article, made at the first search.
let index = null;

// Small letters, at the same offsets.
function fold(text) {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text.replace(/İ/g, "i").toLowerCase();
}

async function makeIndex() {
  if (index) return;
  const found = new Array(T.articles.id.length).fill(null);
  const numbers = [...new Set(T.place.filter(Boolean).map(([n]) => n))];
  const members = new Map(numbers.map((n) => [n, []]));
  T.place.forEach((place, i) => { if (place) members.get(place[0]).push([i, place[1]]); });
  for (const [k, n] of numbers.entries()) {
    const { articles } = await block(n);
    for (const [i, at] of members.get(n)) found[i] = [fold(articles[at][0]), fold(articles[at][1])];
    if (k % 8 === 7) say(word("indexing", { n: number(k + 1, 0), all: number(numbers.length, 0) }));
  }
  index = found;
}

// Words that must all occur; a phrase in quotation marks as a whole.
const partsOf = (query) => [...fold(query).matchAll(/["„“](.+?)["“”]|(\S+)/g)].map((one) => one[1] ?? one[2]).filter(Boolean);

function places(text, part) {
  const found = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found.push(at);
  return found;
}

async function searchView(query) {
  document.getElementById("query").value = query;
  const head = h("h1", null, word("search_title", { query }));
  const parts = partsOf(query);
  if (!parts.length) return [head, h("p", null, word("none"))];
  await makeIndex();
  const rows = [];
  index.forEach((texts, i) => {
    if (!texts || !inPeriod(i)) return;
    const counts = parts.map((part) => places(texts[0], part).length + places(texts[1], part).length);
    if (counts.every(Boolean)) rows.push([i, counts.reduce((a, b) => a + b, 0)]);
  });
  const pick = (article) => ["title", "text"].flatMap((field, f) => parts.flatMap((part) => places(index[article.i][f], part).map((start) => ({
    start, end: start + part.length, field, scorer: "search", category: "", voice: "", value: null, target: "", note: "",
    surface: article[field].slice(start, start + part.length), term: part,
  }))));
  const texts = index.filter(Boolean).length;
  const text = word("found", { n: number(rows.length, 0), all: number(texts, 0) });
  say(text);
  return [head, h("p", { class: "count" }, text), ...(await sortedList(rows, { name: word("matches"), kind: "count" }, pick))];
}
