// A chart is a table: its bars are drawn in one column and are decoration, its numbers stand beside them.
const WIDTH = 240, HEIGHT = 18, PAD = 6;

function scaleOf(measure, cells) {
  const all = cells.filter(Boolean).flatMap(([, estimate, low, high]) => [estimate, low, high]).filter((x) => x !== null && x !== undefined);
  const low = Math.min(0, ...all), high = Math.max(0, ...all);
  const span = high - low || 1;
  return (value) => PAD + ((value - low) / span) * (WIDTH - 2 * PAD);
}

function bar(scale, [, estimate, low, high]) {
  const zero = scale(0), middle = HEIGHT / 2;
  const parts = [svg("line", { x1: zero, x2: zero, y1: 0, y2: HEIGHT, class: "zero" })];
  if (estimate !== null && estimate !== undefined) {
    const at = scale(estimate);
    parts.push(svg("rect", { x: Math.min(at, zero), y: 3, width: Math.max(Math.abs(at - zero), 1), height: HEIGHT - 6, class: "mean" }));
    if (low !== null && low !== undefined) {
      parts.push(svg("line", { x1: scale(low), x2: scale(high), y1: middle, y2: middle, class: "interval" }));
      for (const end of [low, high]) parts.push(svg("line", { x1: scale(end), x2: scale(end), y1: middle - 3, y2: middle + 3, class: "interval" }));
    }
  }
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "bar-drawing", "aria-hidden": "true", focusable: "false", preserveAspectRatio: "none" }, ...parts);
}

const unitOf = (measure) => (measure.unit ? h("span", { class: "unit" }, ` (${measure.unit})`) : null);

// One row per outlet: name, bar, estimate, interval, articles. `open(outlet)` is where name and bar lead.
function chart(measure, cells, open, caption) {
  const scale = scaleOf(measure, cells);
  const withInterval = cells.some((cell) => cell && cell[2] !== null && cell[2] !== undefined);
  const rows = cells.map((cell, outlet) => {
    const own = cell ?? [0, null, null, null];
    const to = open(outlet);
    return h("tr", null,
      h("th", { scope: "row" }, own[0] ? link(to, breakable(T.outlets[outlet])) : breakable(T.outlets[outlet])),
      h("td", { class: "drawn" }, own[0] ? h("a", { href: to, tabindex: -1, "aria-hidden": "true", "data-outlet": outlet }, bar(scale, own)) : null),
      h("td", null, valueOf(measure, own[1], true)),
      withInterval ? h("td", { class: "interval" }, intervalOf(measure, own[2], own[3])) : null,
      h("td", { class: "n" }, number(own[0], 0)));
  });
  return h("div", { class: "scroll" }, h("table", { class: "chart" },
    h("caption", null, caption ?? measure.name, unitOf(measure)),
    h("thead", null, h("tr", null,
      h("th", { scope: "col" }, word("outlet")), h("td", { class: "drawn" }), h("th", { scope: "col" }, measure.head ?? word("mean")),
      withInterval ? h("th", { scope: "col", class: "interval" }, word("interval")) : null, h("th", { scope: "col", class: "n" }, word("n_articles")))),
    h("tbody", null, ...rows)));
}

// Means of a measure of articles: those of the whole corpus with their intervals, or anew with a filter by date.
function outletMeans(m) {
  if (!filtered()) return T.means[m];
  return T.outlets.map((_, outlet) => {
    const own = everyArticle().filter((i) => T.articles.outlet[i] === outlet);
    return meanOf(own, own.map((i) => T.articles.values[m][i]));
  });
}

function actorMeans(actor, m) {
  if (!filtered() && actor.means.length) return actor.means[m];
  return T.outlets.map((_, outlet) => {
    const rows = actor.at.map((i, k) => [i, k]).filter(([i]) => T.articles.outlet[i] === outlet);
    return meanOf(rows.map(([i]) => i), rows.map(([, k]) => actor.values[m][k]));
  });
}
