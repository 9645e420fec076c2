// Elements are built one by one and text is set as text, so that no article and no name can become markup.
const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

const word = (key, values) =>
  Object.entries(values ?? {}).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => value), T.words[key]);
const label = (key) => T.labels[key] ?? key.replaceAll("_", " ");
const path = (...parts) => "#/" + parts.map((part) => encodeURIComponent(part)).join("/");
const link = (to, ...children) => h("a", { href: to }, ...children);
const say = (text) => { document.getElementById("status").textContent = text; };

// The address of an article leads out only if it is one of the web.
function outside(url) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  return h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, word("original"));
}

// `options`: [value, name], or [value, name, group] with those of a group together.
function choice(text, id, options, chosen, change) {
  const groups = new Map();
  for (const [value, name, group] of options) {
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(h("option", { value, selected: String(value) === String(chosen) }, name));
  }
  const select = h("select", { id, onchange: () => change(select.value) },
    [...groups].map(([group, own]) => (group ? h("optgroup", { label: group }, own) : own)));
  return h("span", { class: "control" }, h("label", { for: id }, text), select);
}

// A wide table scrolls by itself, also by keyboard.
const scroll = (name, table) => h("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": name }, table);

// Long names may break before a dot or hyphen, and within what no line could hold.
const LONGEST = 28;
const breakable = (name) => name.split(/(?=[.-])/).flatMap((part) => part.match(new RegExp(`\\S{1,${LONGEST}}|\\s+`, "g")) ?? [])
  .flatMap((part, k) => (k ? [h("wbr"), part] : [part]));

// Rows shown page by page; `more` is the button that adds the next ones.
function paged(rows, size, draw, holder) {
  let shown = 0;
  const more = h("button", { type: "button", class: "more", onclick: () => next(true) });
  async function next(focus) {
    const part = rows.slice(shown, shown + size);
    shown += part.length;
    const built = await Promise.all(part.map(draw));
    holder.append(...built);
    more.textContent = word("more", { n: number(rows.length - shown, 0) });
    more.hidden = shown >= rows.length;
    if (focus && built.length) (built[0].querySelector("a, button") ?? built[0]).focus();
  }
  return next(false).then(() => more);
}
