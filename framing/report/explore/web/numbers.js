const GERMAN = { ",": ".", ".": "," };

function number(value, digits) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const [whole, part] = Math.abs(value).toFixed(digits).split(".");
  const english = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
  const shown = T.language === "de" ? english.replace(/[.,]/g, (mark) => GERMAN[mark]) : english;
  return value < 0 && /[1-9]/.test(shown) ? `−${shown}` : shown;
}

function signed(value, digits = 2) {
  const shown = number(value, digits);
  return value > 0 && /[1-9]/.test(shown) ? `+${shown}` : shown;
}

// Shares are shown in per cent.
const scaled = (measure, value) => (value === null || measure.kind !== "percent" ? value : 100 * value);

// A mean of counts keeps its decimals.
function valueOf(measure, value, isMean = false) {
  if (value === null || value === undefined) return "–";
  if (measure.kind === "percent") return number(100 * value, 1) + (T.language === "de" ? "\u00a0%" : "%");
  return measure.kind === "signed" ? signed(value) : number(value, measure.kind === "count" && !isMean && Number.isInteger(value) ? 0 : 2);
}

function intervalOf(measure, low, high) {
  if (low === null || high === null || low === undefined) return "–";
  const [one, digits] = measure.kind === "signed" ? [signed, 2] : [number, measure.kind === "percent" ? 1 : 2];
  return `[${one(scaled(measure, low), digits)}${T.language === "de" ? ";" : ","}\u00a0${one(scaled(measure, high), digits)}]`;
}

function dateOf(date) {
  if (!date) return word("undated");
  if (T.language !== "de") return date;
  return date.split("-").reverse().map((part) => String(Number(part))).join(".\u202f");
}

function meanOf(indices, values) {
  let sum = 0, n = 0;
  for (let k = 0; k < indices.length; k++) {
    if (values[k] !== null && inPeriod(indices[k])) { sum += values[k]; n++; }
  }
  return [n, n ? sum / n : null, null, null];
}
