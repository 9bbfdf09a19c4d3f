// Elements from data. Words are only ever set as text: nothing of a draft is parsed as markup.

/** An element: `make("p", { class: "soft" }, "words", child)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const $ = (id) => document.getElementById(id);
export const wide = matchMedia("(min-width: 56.25rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

export const SIGNS = { error: "\u25a0", warning: "\u25b2", suggestion: "\u25cb" };
export const LEVELS = ["error", "warning", "suggestion"];

export const sign = (level) => make("span", { class: `sign ${level}`, "aria-hidden": "true" }, SIGNS[level] || "\u2713");
export const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
export const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

/** How many findings some notes stand for: one may speak for several. */
export const total = (notes) => notes.reduce((sum, note) => sum + note.times, 0);

/** Tell a screen reader. */
export function tell(words) { $("live").textContent = words; }

/** Words at the foot of the window, with a way back for eight seconds. */
export function toast(words, undo) {
  $("toast-words").textContent = words;
  $("toast").hidden = false;
  $("undo").hidden = !undo;
  $("undo").onclick = () => { $("toast").hidden = true; undo?.(); };
  tell(words);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 8000);
}

/** How far the panel is drawn up on a narrow screen: "peek", "half" or "full". */
export function sheet(size) {
  $("panel").dataset.sheet = size;
  $("grip").setAttribute("aria-expanded", String(size !== "peek"));
  $("grip-go").textContent = { peek: "Show", half: "More", full: "Hide" }[size];
  $("sheet").inert = $("tabs").inert = size === "peek" && !wide.matches;
}
wide.addEventListener("change", () => sheet($("panel").dataset.sheet));

/** Scroll the paper so that a rectangle of the window stands in its upper part. */
export function bring(place) {
  const paper = $("paper"), top = paper.getBoundingClientRect().top;
  const wanted = paper.clientHeight * (wide.matches ? 0.3 : 0.14);
  paper.scrollTo({ top: paper.scrollTop + place.top - top - wanted, behavior: still.matches ? "auto" : "smooth" });
}
