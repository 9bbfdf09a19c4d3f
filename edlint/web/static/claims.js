// The tab of claims: every statement that can be checked, what it rests on, and what was found when it was checked.

import { $, count, make, sign } from "./dom.js";

const STATUSES = { open: "Open", checked: "Checked", declined: "Needs no check" };
const SHOWN = { bare: "No source", named: "Source named", done: "Done" };

export class Claims {
  #rows = null;
  #said = []; // what was said of claims, as edlint keeps it: { text, status, note, at }
  #kinds = new Set(Object.keys(SHOWN));
  #do;
  unit = "line"; // what a line of the draft is called

  /** `actions`: go(start, end), save() of the ledger. */
  constructor(actions) {
    this.#do = actions;
    this.forget();
  }

  /** Another draft: nothing is known of its claims. */
  forget() {
    this.#rows = null;
    this.#said = [];
    $("n-claims").textContent = "";
    $("p-claims").replaceChildren(make("p", { class: "say soft" }, "Checking…"));
  }

  /** What to send along, so that claims are found again after an edit. */
  get said() { return this.#said; }

  /** Show the claims that edlint found. */
  show(rows, said) {
    this.#rows = rows;
    this.#said = said;
    this.draw();
  }

  draw() {
    if (!this.#rows) return;
    const rows = this.#rows, focused = document.activeElement?.id;
    const sort = (row) => (row.status !== "open" ? "done" : row.named ? "named" : "bare");
    $("n-claims").textContent = String(rows.length);
    if (!rows.length) { $("p-claims").replaceChildren(make("p", { class: "say soft" }, "No checkable statements found.")); return; }
    const chips = Object.entries(SHOWN).map(([kind, words]) => {
      const chip = make("button", { type: "button", class: "chip", id: `chip-${kind}`, "aria-pressed": String(this.#kinds.has(kind)) }, kind === "done" ? sign("good") : "", kind === "bare" ? sign("warning") : "", ` ${words} `, String(rows.filter((row) => sort(row) === kind).length));
      chip.addEventListener("click", () => { if (!this.#kinds.delete(kind)) this.#kinds.add(kind); this.draw(); });
      return chip;
    });
    const shown = rows.filter((row) => this.#kinds.has(sort(row)));
    const save = make("button", { type: "button", class: "btn", id: "ledger" }, "Save as a table");
    save.addEventListener("click", () => this.#do.save());
    $("p-claims").replaceChildren(
      make("div", { class: "filters", role: "group", "aria-label": "Show claims" }, ...chips),
      make("p", { class: "say soft brief" }, `${count(rows.length, "claim")}. Where a source is named, look whether it is right.`),
      shown.length ? make("ul", {}, ...shown.map((row) => this.#item(row))) : make("p", { class: "say soft" }, "No claim of this kind. Change the filters above."),
      make("div", { class: "acts say" }, save),
    );
    if (focused && document.activeElement?.id !== focused) $(focused)?.focus({ preventScroll: true });
  }

  #item(row) {
    const show = make("button", { type: "button", class: "link" }, `${this.unit} ${row.line}`);
    show.addEventListener("click", () => this.#do.go(row.start, row.end));
    const options = Object.entries(STATUSES).map(([value, words]) => make("option", { value, selected: value === row.status }, words));
    const status = make("select", { id: `status-${row.id}`, "aria-label": `Status: ${row.statement}` }, ...options);
    status.addEventListener("change", () => this.#say(row, status.value, row.note));
    const note = make("input", { type: "text", id: `note-${row.id}`, maxlength: "300", "aria-label": `Note: ${row.statement}`, placeholder: row.status === "declined" ? "why it needs no check" : "what it was checked against" });
    note.value = row.note;
    note.addEventListener("change", () => this.#say(row, row.status, note.value.trim(), false));
    return make(
      "li", { class: `claim${row.status === "open" ? "" : " done-with"}` }, make("p", { class: "statement", dir: "auto" }, row.statement),
      make("div", { class: "facts" }, make("span", {}, row.kind), show, this.#basis(row), status), row.status === "open" ? "" : note,
    );
  }

  #basis(row) {
    const words = row.source && row.source_line !== row.line ? `${row.source} (${this.unit} ${row.source_line})` : row.source;
    if (row.named) return make("span", {}, row.basis === "own reporting" ? `Own reporting: ${words}` : `Source: ${words || "named before it"}`);
    return make("span", { class: "none" }, "\u25b2 ", row.basis === "vague" ? `Hidden source: ${words}` : "No source");
  }

  #say(row, status, note, again = true) {
    this.#said = this.#said.filter((each) => each.text !== row.text);
    if (status !== "open") this.#said.push({ text: row.text, status, note, at: "" });
    Object.assign(row, { status, note: status === "open" ? "" : note });
    if (again) this.draw();
  }
}
