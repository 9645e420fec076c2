// Evidence marked in its text: overlapping hits are split at their boundaries, so that none hides another.
const LAYERS = {
  sentiment: (hit) => hit.scorer === "sentiment",
  loaded_terms: (hit) => hit.scorer === "loaded_terms" && !T.notTerms.includes(hit.category),
  distance: (hit) => hit.scorer === "loaded_terms" && T.notTerms.includes(hit.category),
  actors: (hit) => hit.scorer === "actors",
  frames: (hit) => hit.scorer === "frames" || hit.scorer === "frame_functions",
  toward: (hit) => ["toward", "toward_model", "agency", "power"].includes(hit.scorer),
  quotations: (hit) => hit.scorer === "quotation",
};
const VOICES = ["author", "quoted", "distanced"];
const shown = { layers: new Set(["sentiment", "loaded_terms", "distance", "quotations"]), voice: "" };

const layerOf = (hit) => Object.keys(LAYERS).find((name) => LAYERS[name](hit)) ?? "sentiment";
const isShown = (hit) =>
  shown.layers.has(layerOf(hit)) && (!shown.voice || hit.scorer === "quotation" || hit.voice === shown.voice);

function classesOf(hit) {
  if (hit.scorer === "quotation") return { direct: "fr-quoted", indirect: "fr-distanced" }[hit.category] ?? "fr-reported";
  const layer = layerOf(hit);
  if (layer === "distance") return "fr-distance";
  const names = [{ sentiment: "fr-sentiment", loaded_terms: "fr-loaded-terms", actors: "fr-actors", frames: "fr-frames", toward: "fr-toward" }[layer]];
  if (layer === "sentiment") {
    if (!hit.value) names.push("fr-neutral");
    else names.push(hit.value > 0 ? "fr-positive" : "fr-negative", `fr-strength-${T.strengths.filter((s) => Math.abs(hit.value) >= s).length}`);
  }
  if (hit.voice === "distanced") names.push("fr-distanced");
  return names.join(" ");
}

// What the scorers remark, in the language of the page.
const remark = (hit) => T.words[`named_${hit.note}`] ?? ["negated by", "turned by", "under"].reduce(
  (text, phrase) => text.replaceAll(`${phrase} `, `${word(`remark_${phrase.replace(" ", "_")}`)} `), hit.note);

// A hit's part in the number, beside its sentence: its value, or its kind, and whose words it is.
function shortNote(hit, _, all) {
  const valued = ["sentiment", "toward", "toward_model", "agency", "power"].includes(hit.scorer);
  const what = valued ? signed(hit.value) : hit.category && hit.scorer === "loaded_terms" ? label(hit.category) : "";
  const whose = what && hit.voice && hit.voice !== "author" ? `, ${label(hit.voice)}` : "";
  return what ? `${all.length > 1 ? `${hit.surface}: ` : ""}${what}${whose}` : "";
}

function noteOf(hit) {
  if (hit.scorer === "quotation") {
    const cue = hit.cue ? `, ${label("cue")}: ${hit.cue}${hit.cueClass ? ` (${label(hit.cueClass)})` : ""}` : "";
    return `${label("quotation")} (${label(hit.category)})${hit.speaker ? `, ${label("speaker")}: ${hit.speaker}` : ""}${cue}`;
  }
  let note = `${label(hit.scorer)}: ${hit.term}`;
  if (hit.category) note += ` (${label(hit.category)})`;
  if (hit.target && hit.target !== hit.term) note += ` → ${hit.target}`;
  if (hit.value !== null && ["sentiment", "toward", "toward_model"].includes(hit.scorer)) note += `, ${label("value")} ${signed(hit.value)}`;
  if (hit.note && hit.note !== "–" && hit.note !== hit.target) note += `, ${remark(hit)}`;
  return note + (hit.voice ? `, ${label("voice")}: ${label(hit.voice)}` : "");
}

// Pieces of text[from, to) as nodes; `hits` lie in one field. A mark that is not text is a span without a role.
function marked(text, hits, from = 0, to = text.length, focusable = false) {
  const inside = hits.filter((hit) => hit.start < to && hit.end > from).sort((a, b) => a.start - b.start || b.end - a.end);
  const bounds = [...new Set([from, to, ...inside.flatMap((hit) => [hit.start, hit.end])])]
    .filter((at) => at >= from && at <= to).sort((a, b) => a - b);
  const pieces = [];
  let active = [], next = 0;
  for (let k = 0; k + 1 < bounds.length; k++) {
    const [start, end] = [bounds[k], bounds[k + 1]];
    active = active.filter((hit) => hit.end > start);
    while (next < inside.length && inside[next].start <= start) active.push(inside[next++]);
    const part = text.slice(start, end);
    if (!active.length) { pieces.push(part); continue; }
    const notes = [...active].sort((a, b) => (a.end - a.start) - (b.end - b.start)).map(noteOf).join("\n");
    const evidence = active.some((hit) => hit.scorer !== "quotation");
    pieces.push(h(evidence ? "mark" : "span", {
      class: [...new Set(active.map(classesOf).join(" ").split(" "))].join(" "), title: notes,
      tabindex: focusable && evidence ? -1 : null, "data-at": start,
    }, part));
  }
  return pieces;
}

const ENDS = ["\n", ". ", "! ", "? ", ".“ ", '." ', "!“ ", "?“ "];
const CONTEXT = 220;

// A full stop after an ordinal, an initial or a title ends no sentence.
const isEnd = (text, mark, at) => mark[0] !== "." || !/(?:^|[\s(„»"])(?:\d{1,2}|\p{L}|Dr|Prof|St|bzw|ca|vgl|Mio|Mrd|Nr|Art|Abs)$/u.test(text.slice(Math.max(0, at - 8), at));

function next(text, mark, from) {
  let at = text.indexOf(mark, from);
  while (at >= 0 && !isEnd(text, mark, at)) at = text.indexOf(mark, at + 1);
  return at;
}

function last(text, mark, from) {
  let at = from < 0 ? -1 : text.lastIndexOf(mark, from);
  while (at >= 0 && !isEnd(text, mark, at)) at = at ? text.lastIndexOf(mark, at - 1) : -1;
  return at;
}

// [start, end) of the sentence around a hit, and whether it is cut on either side, as very long ones are.
function sentenceAround(text, start, end) {
  let from = 0, to = text.length;
  for (const mark of ENDS) {
    const before = last(text, mark, start - mark.length);
    if (before >= 0) from = Math.max(from, before + mark.length);
    const after = next(text, mark, end);
    if (after >= 0) to = Math.min(to, after + mark.trimEnd().length);
  }
  while (from < start && /\s/.test(text[from])) from++;
  const [cutBefore, cutAfter] = [start - from > CONTEXT, to - end > CONTEXT];
  if (cutBefore) from = Math.max(from, text.indexOf(" ", start - CONTEXT) + 1);
  if (cutAfter) to = Math.max(end, text.lastIndexOf(" ", end + CONTEXT));
  return [Math.min(from, start), Math.max(to, end), cutBefore, cutAfter];
}
