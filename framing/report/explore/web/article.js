// One article with its evidence; the reader chooses measures and voices.
function legend() {
  const boxes = Object.keys(LAYERS).map((name) => h("label", { class: "box" },
    h("input", { type: "checkbox", value: name, checked: shown.layers.has(name), onchange: (event) => {
      if (event.target.checked) shown.layers.add(name); else shown.layers.delete(name);
      redraw();
    } }), h("span", { class: `key key-${name}` }, word(`layer_${name}`)),
    name === "quotations" ? h("span", { class: "key key-indirect" }, word("layer_indirect")) : null));
  const voices = ["", ...VOICES].map((voice) => h("label", { class: "box" },
    h("input", { type: "radio", name: "voice", value: voice, checked: shown.voice === voice, onchange: () => { shown.voice = voice; redraw(); } }),
    word(`voice_${voice || "all"}`)));
  return h("div", { class: "legend" },
    h("fieldset", null, h("legend", null, word("layers")), boxes), h("fieldset", null, h("legend", null, word("voices")), voices));
}

let redraws = [];
const redraw = () => redraws.forEach((one) => one());

// `heading` is the level of the headline.
function body(article, heading = "h2") {
  const holder = h("div", { class: "framing-article" });
  const draw = () => {
    const visible = [...article.hits, ...article.quotes].filter(isShown);
    const of = (field) => visible.filter((hit) => hit.field === field);
    const paragraphs = [];
    let from = 0;
    for (const line of article.text.split("\n")) {
      if (line.trim()) paragraphs.push(h("p", { "data-from": from }, marked(article.text, of("text"), from, from + line.length, true)));
      from += line.length + 1;
    }
    holder.replaceChildren(h("article", { lang: "de", "aria-label": article.title || null },
      h(heading, { class: "headline" }, marked(article.title, of("title"), 0, article.title.length, true)), paragraphs));
  };
  draw();
  redraws.push(draw);
  return holder;
}

// Steps from mark to mark, for keys and for readers who do not see the colours.
function steps(holder) {
  const marks = () => [...holder.querySelectorAll("mark")];
  const step = (by) => {
    const all = marks();
    if (!all.length) { say(word("no_hits")); return; }
    const now = all.indexOf(document.activeElement);
    show(all[now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length]);
  };
  const note = h("p", { class: "note" }, word("note_hint"));
  const show = (mark) => {
    mark.focus();
    mark.scrollIntoView({ block: "center" });
    note.textContent = `${mark.textContent}: ${mark.title}`;
    say(note.textContent);
  };
  holder.addEventListener("click", (event) => { if (event.target.tagName === "MARK") show(event.target); });
  holder.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "MARK" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "p") { event.preventDefault(); step(event.key === "n" ? 1 : -1); }
  });
  const panel = h("div", { class: "steps" },
    h("button", { type: "button", onclick: () => step(-1) }, word("previous_hit")), " ",
    h("button", { type: "button", id: "next-hit", onclick: () => step(1) }, word("next_hit")), note);
  return { panel, show };
}

// Measures of one article, or of several side by side, by group; `heads` name their columns.
function valuesTable(articles, heads = []) {
  const cells = (values) => articles.map((i) => h("td", null, values(i)));
  const groups = [...new Set(T.measures.map((measure) => measure.group))].map((group) => h("tbody", null,
    h("tr", null, h("th", { scope: "rowgroup", colspan: articles.length + 1 }, word(`group_${group}`))),
    T.measures.map((measure, m) => (measure.group !== group ? null
      : h("tr", null, h("th", { scope: "row" }, measure.name, unitOf(measure)), cells((i) => valueOf(measure, T.articles.values[m][i])))))));
  return h("table", { class: "values" }, h("caption", null, label("numbers")),
    heads.length ? h("thead", null, h("tr", null, h("td"), heads.map((head) => h("th", { scope: "col" }, breakable(head))))) : null,
    groups, h("tbody", null, h("tr", null, h("th", { scope: "row" }, label("n_tokens")), cells((i) => number(T.articles.tokens[i], 0)))));
}

function evidenceTable(article) {
  const rows = article.hits.map((hit) => h("tr", null, h("td", { lang: "de" }, hit.surface), h("td", null, label(hit.scorer)), h("td", null, hit.category ? label(hit.category) : ""),
    h("td", { lang: "de" }, hit.target), h("td", null, signed(hit.value)), h("td", null, label(hit.voice))));
  const details = h("details", { class: "evidence" }, h("summary", null, word("all_evidence", { n: number(rows.length, 0) })));
  details.addEventListener("toggle", () => {
    if (!details.open || details.children.length > 1) return;
    const heads = ["surface", "measure", "category", "target", "value", "voice"];
    details.append(scroll(word("all_evidence", { n: number(rows.length, 0) }), h("table", null,
      h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, word(`head_${head}`))))), h("tbody", null, rows))));
  });
  return details;
}

async function articleView(i, field, at) {
  redraws = [];
  const more = [outside(T.articles.url?.[i]), compareLink(i)].filter(Boolean);
  const top = [h("h1", { lang: "de" }, T.articles.title[i] || T.articles.id[i]), meta(i), h("p", { class: "meta" }, more.map((one) => [one, " "]))];
  if (!readable(i)) return [...top, h("p", { class: "notice" }, word("not_in_page")), valuesTable([i])];
  const article = await readArticle(i);
  reveal(article, field, Number(at));
  const text = body(article);
  const { panel, show } = steps(text);
  const view = [...top, legend(), h("div", { class: "reading" }, text, h("aside", { "aria-label": label("numbers") }, panel, valuesTable([i]))), evidenceTable(article)];
  if (field) view.ready = () => {
    const place = [...text.querySelectorAll(field === "title" ? ".headline [data-at]" : "p [data-at]")].find((mark) => Number(mark.dataset.at) === Number(at));
    if (place) { if (place.tagName === "MARK") show(place); else place.scrollIntoView({ block: "center" }); place.classList.add("here"); return true; }
    // a word found by the search is no hit: its paragraph is
    const paragraphs = [...text.querySelectorAll(field === "title" ? ".headline" : "p[data-from]")].filter((one) => field === "title" || Number(one.dataset.from) <= Number(at));
    const paragraph = paragraphs.at(-1);
    if (!paragraph) return false;
    paragraph.tabIndex = -1;
    paragraph.focus();
    paragraph.scrollIntoView({ block: "center" });
    return true;
  };
  return view;
}

// The hit that a sentence led to must be seen, whatever was last chosen.
function reveal(article, field, at) {
  const hits = field ? [...article.hits, ...article.quotes].filter((hit) => hit.field === field && hit.start === at) : [];
  if (!hits.length || hits.some(isShown)) return;
  shown.layers.add(layerOf(hits[0]));
  shown.voice = "";
}
