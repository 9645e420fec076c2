// The compressed tables and texts. Nothing from them is ever markup: see dom.js.
const blocks = new Map();
let T = null;

async function unpack(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

function block(number) {
  if (!blocks.has(number)) blocks.set(number, unpack(`block-${number}`));
  return blocks.get(number);
}

const readable = (i) => T.place[i] !== null;

async function raw(i) {
  const [number, at] = T.place[i];
  const { strings, articles } = await block(number);
  return [articles[at], strings];
}

// An article with its hits and quotations as objects; offsets count UTF-16 units.
async function readArticle(i) {
  const [[title, text, hits, quotes], strings] = await raw(i);
  const [gaps, lengths, kinds, values, terms, targets, notes] = hits;
  let start = 0;
  const found = gaps.map((gap, n) => {
    start += gap;
    const [field, scorer, category, voice] = T.kinds[kinds[n]];
    const surface = (field === "title" ? title : text).slice(start, start + lengths[n]);
    return {
      start, end: start + lengths[n], field, scorer, category, voice, surface,
      value: values[n] === null ? null : values[n] / 1000,
      term: strings[terms[n]] || surface, target: strings[targets[n]], note: strings[notes[n]],
    };
  });
  const [from, to, inTitle, forms, cueClasses, speakers, cues] = quotes;
  const said = from.map((at, n) => ({
    start: at, end: to[n], field: inTitle[n] ? "title" : "text", scorer: "quotation", category: strings[forms[n]],
    cueClass: strings[cueClasses[n]], speaker: strings[speakers[n]], cue: strings[cues[n]],
    voice: strings[forms[n]] === "direct" ? "quoted" : "distanced", value: null, target: "", note: "",
    surface: (inTitle[n] ? title : text).slice(at, to[n]), term: "",
  }));
  return { i, title, text, hits: found, quotes: said };
}

// Which hits a measure is made of; of an actor, only those about it.
function matches(hit, evidence, actor) {
  if (hit.scorer !== evidence.scorer) return false;
  if (evidence.field && hit.field !== evidence.field) return false;
  if (evidence.voice && hit.voice !== evidence.voice) return false;
  if (evidence.category && hit.category !== evidence.category) return false;
  if (evidence.not && evidence.not.includes(hit.category)) return false;
  if (evidence.term && hit.term !== evidence.term) return false;
  return !actor || (hit.scorer === "actors" ? hit.term === actor : hit.target === actor);
}

const period = { from: "", to: "" };
const filtered = () => Boolean(period.from || period.to);

// A date known to the month or year counts from its first day.
function inPeriod(i) {
  if (!filtered()) return true;
  const date = T.articles.date[i];
  if (!date) return false;
  const day = date + "0000-01-01".slice(date.length);
  return (!period.from || day >= period.from) && (!period.to || day <= period.to);
}

const everyArticle = () => T.articles.id.map((_, i) => i);
