// Articles with the sentences behind a number.
const SENTENCES = 3, CARDS = 10;

function meta(i, ...more) {
  return h("p", { class: "meta" }, [T.outlets[T.articles.outlet[i]], dateOf(T.articles.date[i]), ...more].filter(Boolean).join(" · "));
}

// One sentence with its hit marked; it leads to its place in the article.
function sentence(article, hit, others) {
  const text = hit.field === "title" ? article.title : article.text;
  const [from, to, cutBefore, cutAfter] = sentenceAround(text, hit.start, hit.end);
  const inside = others.filter((one) => one.field === hit.field && one.start < to && one.end > from);
  const told = [...new Set(inside.map(shortNote).filter(Boolean))].join("; ");
  return h("li", { class: "sentence", lang: "de" },
    cutBefore ? "… " : null, marked(text, inside, from, to), cutAfter ? " … " : " ",
    told ? h("span", { class: "told", lang: T.language }, `(${told}) `) : null,
    h("a", { class: "in-article", href: path("article", article.i, hit.field, hit.start), lang: T.language, "aria-label": word("read_at", { term: hit.surface || hit.term }) }, word("read")));
}

// The strongest hits first, one per sentence.
function strongest(article, hits) {
  const taken = new Set(), found = [];
  for (const hit of [...hits].sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0) || a.start - b.start)) {
    const key = hit.field + sentenceAround(hit.field === "title" ? article.title : article.text, hit.start, hit.end)[0];
    if (taken.has(key)) continue;
    taken.add(key);
    found.push(hit);
    if (found.length === SENTENCES) break;
  }
  return found;
}

async function card(i, pick, value) {
  const own = h("li", { class: "card" }, h("h3", { lang: "de" }, link(path("article", i), T.articles.title[i] || T.articles.id[i])), meta(i, value));
  if (!readable(i)) own.append(h("p", { class: "notice" }, word("not_in_page")));
  else if (pick) {
    const article = await readArticle(i);
    const hits = pick(article);
    if (hits.length) {
      own.append(h("ul", { class: "sentences" }, strongest(article, hits).map((hit) => sentence(article, hit, hits))));
      own.append(h("p", { class: "meta" }, word("hits", { n: number(hits.length, 0) })));
    } else own.append(h("p", { class: "meta" }, word("no_hits")));
  }
  return own;
}

// `rows`: [article, value]; `measure` writes the value.
async function articleList(rows, measure, pick) {
  const list = h("ol", { class: "cards" });
  if (!rows.length) return [h("p", null, word("none"))];
  const more = await paged(rows, CARDS, ([i, value]) => card(i, pick, measure ? `${measure.name}: ${valueOf(measure, value)}` : ""), list);
  return [list, more];
}

const byEvidence = (evidence, actor) => evidence && ((article) => [...article.hits, ...article.quotes].filter((hit) => matches(hit, evidence, actor)));

function sortRows(rows, order) {
  const sign = order === "low" ? 1 : -1;
  if (order === "date") return rows.sort((a, b) => (T.articles.date[a[0]] < T.articles.date[b[0]] ? -1 : 1));
  return rows.sort((a, b) => sign * (a[1] - b[1]) || a[0] - b[0]);
}

// A list that can be sorted; `rows` without missing values.
async function sortedList(rows, measure, pick) {
  const holder = h("div");
  const draw = async (order) => holder.replaceChildren(...(await articleList(sortRows([...rows], order), measure, pick)));
  await draw("high");
  const options = ["high", "low", "date"].map((order) => [order, word(`sort_${order}`)]);
  return [h("p", { class: "controls" }, choice(word("sort"), "sort", options, "high", draw)), holder];
}
