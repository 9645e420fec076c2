// Two outlets on one event, or where events are unknown on one day, side by side.
const occasionOf = (i) => (T.events ? T.events[i] : T.articles.date[i].length === 10 ? T.articles.date[i] : "");
const nameOf = (occasion) => (T.events ? T.eventNames[occasion] || occasion : dateOf(occasion));

function compareLink(i) {
  const occasion = occasionOf(i);
  const other = occasion && T.articles.id.findIndex((_, k) => occasionOf(k) === occasion && T.articles.outlet[k] !== T.articles.outlet[i]);
  if (!occasion || other < 0) return null;
  return link(path("compare", T.articles.outlet[i], T.articles.outlet[other], occasion, i), word(T.events ? "same_event" : "same_day"));
}

function occasions(a, b) {
  const counts = new Map();
  for (const i of everyArticle()) {
    const side = T.articles.outlet[i] === a ? 0 : T.articles.outlet[i] === b ? 1 : -1;
    const occasion = occasionOf(i);
    if (side < 0 || !occasion || !inPeriod(i)) continue;
    if (!counts.has(occasion)) counts.set(occasion, [0, 0, false, false]);
    counts.get(occasion)[side]++;
    counts.get(occasion)[2 + side] ||= readable(i);
  }
  const both = [...counts].filter(([, [x, y]]) => x && y).map(([occasion, [x, y, left, right]]) => ({ occasion, x, y, readable: left && right }));
  return both.sort((p, q) => q.readable - p.readable || (T.events ? q.x + q.y - p.x - p.y : 0) || (p.occasion < q.occasion ? -1 : 1));
}

async function side(outlet, occasion, chosen, to) {
  const own = everyArticle().filter((i) => T.articles.outlet[i] === outlet && occasionOf(i) === occasion && inPeriod(i));
  const i = own.includes(chosen) ? chosen : own.find(readable) ?? own[0];
  const holder = h("section", { class: "side", "aria-label": T.outlets[outlet] }, h("h2", null, T.outlets[outlet]));
  if (i === undefined) { holder.append(h("p", null, word("none"))); return { holder, i }; }
  if (own.length > 1) holder.append(h("p", { class: "controls" }, choice(word("article"), `article-${outlet}`, own.map((k) => [k, T.articles.title[k] || T.articles.id[k]]), i, (k) => to(Number(k)))));
  holder.append(meta(i), h("p", { class: "meta" }, link(path("article", i), word("read_alone"))));
  holder.append(readable(i) ? body(await readArticle(i), "h3") : h("p", { class: "notice" }, word("not_in_page")));
  return { holder, i };
}

async function compareView(a, b, occasion, left, right) {
  redraws = [];
  const head = h("h1", null, word(T.events ? "compare_event" : "compare_day"));
  if (T.outlets.length < 2) return [head, h("p", null, word("one_outlet"))];
  const one = a === undefined ? 0 : Number(a);
  const two = b === undefined || Number(b) === one ? (one ? 0 : 1) : Number(b);
  const names = T.outlets.map((name, k) => [k, name]);
  const found = occasions(one, two);
  const now = found.some((each) => each.occasion === occasion) ? occasion : found[0]?.occasion;
  const controls = h("p", { class: "controls" },
    choice(word("outlet_a"), "outlet-a", names, one, (k) => go(path("compare", k, Number(k) === two ? one : two))),
    choice(word("outlet_b"), "outlet-b", names, two, (k) => go(path("compare", Number(k) === one ? two : one, k))),
    found.length ? choice(word(T.events ? "event" : "day"), "occasion",
      found.map((each) => [each.occasion, `${nameOf(each.occasion)} (${each.x} | ${each.y})`]), now, (key) => go(path("compare", one, two, key))) : null);
  const how = T.eventsFound ? h("p", { class: "meta" }, word("events_found")) : null;
  if (!found.length) return [head, how, controls, h("p", null, word("nothing_shared"))];
  const numbers = [left, right].map((text) => (text === undefined ? -1 : Number(text)));
  let sides = [];
  const to = (at) => (k) => go(path("compare", one, two, now, ...[0, 1].map((n) => (n === at ? k : sides[n].i))));
  sides = await Promise.all([one, two].map((outlet, at) => side(outlet, now, numbers[at], to(at))));
  return [head, how, controls, legend(), h("div", { class: "sides" }, sides.map((each) => each.holder)),
    valuesTable(sides.map((each) => each.i), [one, two].map((outlet) => T.outlets[outlet]))];
}
