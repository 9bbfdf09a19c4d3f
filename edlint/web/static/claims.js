// The tab of claims: every checkable statement, with the words that say whose it is or with the lack of them.

import { $, count, make } from "./dom.js";

/** Show the claims; null while they are not known. `go` shows an offset in the text. */
export function drawClaims(rows, unit, go) {
  $("n-claims").textContent = rows ? String(rows.length) : "";
  if (!rows) { $("p-claims").replaceChildren(make("p", { class: "say soft" }, "Checking…")); return; }
  const bare = rows.filter((row) => !row.source).length;
  const head = rows.length ? `${count(rows.length, "claim")}, ${bare ? `${bare} without a source` : "each with a source"}. Where a source is named, look whether it is right.` : "No checkable statements found.";
  const item = (row) => {
    const button = make("button", { type: "button", class: "link" }, "Show");
    button.addEventListener("click", () => go(row.start));
    const source = row.source ? make("span", {}, `Source: ${row.source}`) : make("span", { class: "none" }, "\u25b2 No source");
    return make("li", { class: "claim" }, make("p", { class: "statement", dir: "auto" }, row.statement), make("p", { class: "facts" }, make("span", {}, row.kind), make("span", {}, `${unit} ${row.line}`), source, button));
  };
  $("p-claims").replaceChildren(make("p", { class: "say soft" }, head), make("ul", {}, ...rows.map(item)));
}
