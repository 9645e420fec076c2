// The views that the address names.
function notices() {
  const all = T.articles.id.length, texts = T.place.filter(Boolean).length, found = [];
  if (texts < all) found.push(h("p", { class: "notice", id: "sampled" }, word("sampled", { n: number(texts, 0), all: number(all, 0) })));
  if (filtered()) found.push(h("p", { class: "notice" }, word("filtered", { n: number(everyArticle().filter(inPeriod).length, 0), all: number(all, 0) })));
  return found;
}

function overviewView() {
  const dates = T.articles.date.filter(Boolean).map((date) => date).sort();
  const text = word("intro", { n: number(T.articles.id.length, 0), outlets: number(T.outlets.length, 0) });
  const span = dates.length ? ` ${word("span", { from: dateOf(dates[0]), to: dateOf(dates.at(-1)) })}` : "";
  const groups = [...new Set(T.measures.map((measure) => measure.group))];
  return [h("h1", null, word("overview_title")), h("p", null, text + span), ...notices(), h("p", null, word("overview_hint")),
    groups.map((group) => h("section", null, h("h2", null, word(`group_${group}`)), h("div", { class: "charts" },
      T.measures.map((measure, m) => (measure.group === group ? chart(measure, outletMeans(m), (outlet) => path("outlet", outlet, m)) : null)))))].flat();
}

async function outletView(outlet, m) {
  const measure = T.measures[m], [n, estimate, low, high] = outletMeans(m)[outlet] ?? [0, null, null, null];
  const rows = everyArticle().filter((i) => T.articles.outlet[i] === outlet && T.articles.values[m][i] !== null && inPeriod(i))
    .map((i) => [i, T.articles.values[m][i]]);
  const options = T.measures.map((one, k) => [k, one.name, word(`group_${one.group}`)]);
  return [h("h1", null, `${T.outlets[outlet]}: ${measure.name}`),
    h("p", { class: "meta" }, [word(`group_${measure.group}`), measure.unit].filter(Boolean).join(" · ")), ...notices(),
    h("p", { class: "result" }, word("result", { value: valueOf(measure, estimate, true), interval: low === null ? "" : ` ${intervalOf(measure, low, high)}`, n: number(n, 0) })),
    h("p", { class: "controls" }, choice(word("measure"), "measure", options, m, (k) => go(path("outlet", outlet, k)))),
    h("h2", null, word("behind")), ...(await sortedList(rows, measure, byEvidence(measure.evidence)))];
}

// A table of names that can be narrowed down; `cells(row)` are its columns.
async function nameTable(name, rows, heads, nameOf, cells) {
  const holder = h("div");
  const draw = async (part) => {
    const wanted = fold(part.trim());
    const chosen = wanted ? rows.filter((row) => fold(nameOf(row)).includes(wanted)) : rows;
    const tbody = h("tbody");
    const more = await paged(chosen, 50, (row) => h("tr", null, cells(row)), tbody);
    const table = scroll(name, h("table", { class: "names" }, h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))), tbody));
    holder.replaceChildren(chosen.length ? table : h("p", null, word("none")), more);
    return chosen.length;
  };
  await draw("");
  const input = h("input", { id: "narrow", type: "search", autocomplete: "off", oninput: async () => say(word("rows", { n: number(await draw(input.value), 0) })) });
  return [h("p", { class: "controls" }, h("label", { for: "narrow" }, word("narrow")), input), holder];
}

async function actorsView() {
  const rows = T.actors.map((actor, k) => ({ actor, k, own: actor.at.map((_, n) => n).filter((n) => inPeriod(actor.at[n])) }))
    .filter((row) => row.own.length).sort((x, y) => y.own.length - x.own.length || x.k - y.k);
  const mean = (row, m) => meanOf(row.own.map((n) => row.actor.at[n]), row.own.map((n) => row.actor.values[m][n]))[1];
  const heads = [word("actor"), word("type"), word("n_articles"), ...T.actorMeasures.map((measure) => measure.name)];
  return [h("h1", null, word("actors")), ...notices(), ...(await nameTable(word("actors"), rows, heads, (row) => row.actor.name, (row) => [
    h("th", { scope: "row" }, link(path("actor", row.k), breakable(row.actor.name))), h("td", { class: "text" }, label(row.actor.type)),
    h("td", null, number(row.own.length, 0)), T.actorMeasures.map((measure, m) => h("td", null, valueOf(measure, mean(row, m), true)))]))];
}

async function actorView(k, m, outlet) {
  const actor = T.actors[k], measure = T.actorMeasures[m];
  const rows = actor.at.map((i, n) => [i, actor.values[m][n]])
    .filter(([i, value]) => value !== null && inPeriod(i) && (outlet === undefined || T.articles.outlet[i] === outlet));
  const where = outlet === undefined ? "" : `, ${T.outlets[outlet]}`;
  // older scores have no hits of their own for stance and agency: there the names themselves are shown
  const scorers = new Set(T.kinds.map((kind) => kind[1]));
  const evidence = scorers.has(measure.evidence.scorer) ? measure.evidence : { scorer: "actors" };
  return [h("h1", null, actor.name + where), h("p", { class: "meta" }, label(actor.type)), ...notices(),
    h("div", { class: "charts" }, T.actorMeasures.map((one, each) => chart(one, actorMeans(actor, each), (o) => path("actor", k, each, o)))),
    h("p", { class: "meta" }, word("least")),
    h("h2", null, `${word("behind")}: ${measure.name}${where}`), ...(await sortedList(rows, measure, byEvidence(evidence, actor.id)))];
}

async function termsView() {
  const rows = T.terms.map((term, k) => {
    const own = term.at.map((_, n) => n).filter((n) => inPeriod(term.at[n]));
    return { term, k, articles: own.length, n: own.reduce((sum, at) => sum + term.n[at], 0), own: own.reduce((sum, at) => sum + term.own[at], 0) };
  }).filter((row) => row.n).sort((x, y) => y.n - x.n || x.k - y.k);
  const heads = [word("term"), word("category"), word("count"), word("count_own"), word("n_articles")];
  return [h("h1", null, word("terms")), ...notices(), ...(await nameTable(word("terms"), rows, heads, (row) => row.term.term, (row) => [
    h("th", { scope: "row", lang: "de" }, link(path("term", row.k), breakable(row.term.term))), h("td", { class: "text" }, row.term.kind),
    h("td", null, number(row.n, 0)), h("td", null, number(row.own, 0)), h("td", null, number(row.articles, 0))]))];
}

async function termView(k, outlet) {
  const term = T.terms[k];
  const tokens = T.outlets.map(() => 0), counts = T.outlets.map(() => 0), articles = T.outlets.map(() => 0);
  for (const i of everyArticle()) if (inPeriod(i)) tokens[T.articles.outlet[i]] += T.articles.tokens[i];
  term.at.forEach((i, n) => { if (inPeriod(i)) { counts[T.articles.outlet[i]] += term.n[n]; articles[T.articles.outlet[i]]++; } });
  const rate = { name: word("rate"), unit: word("rate_unit"), head: word("rate"), kind: "number" };
  const cells = T.outlets.map((_, o) => [articles[o], tokens[o] ? (1e5 * counts[o]) / tokens[o] : null, null, null]);
  const rows = term.at.map((i, n) => [i, term.n[n]]).filter(([i]) => inPeriod(i) && (outlet === undefined || T.articles.outlet[i] === outlet));
  const where = outlet === undefined ? "" : `, ${T.outlets[outlet]}`;
  const evidence = { scorer: "loaded_terms", term: term.term, category: term.category };
  return [h("h1", { lang: "de" }, term.term + where), h("p", { class: "meta" }, term.kind), ...notices(),
    h("div", { class: "charts" }, chart(rate, cells, (o) => path("term", k, o))),
    h("h2", null, word("behind") + where), ...(await sortedList(rows, { name: word("count"), kind: "count" }, byEvidence(evidence)))];
}

function aboutView() {
  return [h("h1", null, word("about")), h("p", null, word("about_text")), h("p", null, word("about_voice")), h("p", null, word("about_keys")),
    h("h2", null, word("method")), h("p", { lang: "en" }, T.method), h("h2", null, word("signature")), h("p", { class: "signature" }, T.signature)];
}
