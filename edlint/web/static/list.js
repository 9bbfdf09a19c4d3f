// The list of findings: by level, errors first, each a line that opens into what is wrong, why, and what to do.

import { $, LEVELS, SIGNS, capital, count, make, sign, total, wide } from "./dom.js";

const REASONS = ["The wording is meant", "The source is known to the desk", "edlint is wrong here"];

export class List {
  #do;
  #levels = new Set(LEVELS);
  #findings = [];
  #open = null;
  unit = "line"; // what a line of the draft is called

  /** `actions`: choose(finding), fix(finding, number), dismiss(finding, reason), go(offset). */
  constructor(actions) {
    this.#do = actions;
    $("pack").addEventListener("change", () => this.draw());
    this.#chips();
  }

  /** The finding that is open, or null. */
  get open() { return this.#open; }

  /** The findings that the filters let through, in the order of the list. */
  get shown() {
    const pack = $("pack").value;
    const passed = this.#findings.filter((finding) => this.#levels.has(finding.level) && (!pack || finding.pack === pack));
    return LEVELS.flatMap((level) => passed.filter((finding) => finding.level === level));
  }

  set findings(findings) {
    this.#findings = findings;
    if (this.#open) this.#open = findings.find((finding) => finding.id === this.#open.id) || null;
    this.#packs();
    this.draw();
  }

  /** Open a finding, or none. The focus goes along when the list had it. */
  choose(finding, focus = false) {
    this.#open = finding;
    this.draw();
    const button = finding && document.getElementById(`finding-${finding.id}`);
    if (!button) return;
    if (focus) button.focus({ preventScroll: true });
    const list = $("sheet"), covered = wide.matches ? $("filters").offsetHeight : 0;
    const top = button.getBoundingClientRect().top - list.getBoundingClientRect().top - covered;
    if (top < 0 || top > list.clientHeight / 2) list.scrollTop += top;
  }

  /** The finding before or after the open one. */
  next(step) {
    const shown = this.shown, at = shown.indexOf(this.#open);
    if (!shown.length) return null;
    return shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length];
  }

  draw() {
    const focused = document.activeElement?.id, asking = this.#asking();
    const shown = this.shown;
    $("groups").replaceChildren(...LEVELS.flatMap((level) => this.#group(level, shown.filter((finding) => finding.level === level))));
    $("no-match").hidden = shown.length > 0 || !this.#findings.length;
    if (asking) this.ask(asking);
    if (focused && document.activeElement?.id !== focused) $(focused)?.focus({ preventScroll: true });
    for (const level of LEVELS) {
      const number = total(this.#findings.filter((finding) => finding.level === level));
      $(`count-${level}`).textContent = String(number);
      $(`chip-${level}`).setAttribute("aria-pressed", String(this.#levels.has(level)));
    }
  }

  #chips() {
    const chip = (level) => {
      const name = make("span", { class: "long" }, capital(level) + "s ");
      const button = make("button", { type: "button", class: "chip", id: `chip-${level}`, "aria-pressed": "true" }, sign(level), " ", name, make("span", { id: `count-${level}` }, "0"));
      button.addEventListener("click", () => {
        if (!this.#levels.delete(level)) this.#levels.add(level);
        this.draw();
      });
      return button;
    };
    $("filters").replaceChildren(...LEVELS.map(chip));
  }

  #packs() {
    const select = $("pack"), chosen = select.value;
    const packs = new Map(this.#findings.map((finding) => [finding.pack, finding.kind]));
    if (chosen && !packs.has(chosen)) packs.set(chosen, select.selectedOptions[0].textContent);
    const options = [...packs].sort((one, two) => one[1].localeCompare(two[1])).map(([pack, kind]) => make("option", { value: pack }, kind));
    select.replaceChildren(make("option", { value: "" }, "All kinds"), ...options);
    select.value = chosen;
  }

  #group(level, findings) {
    if (!findings.length) return [];
    const head = make("h2", { id: `head-${level}` }, sign(level), ` ${capital(level)}s `, make("span", { class: "soft" }, String(total(findings))));
    return [make("section", { class: "group", "aria-labelledby": head.id }, head, make("ul", {}, ...findings.map((finding) => this.#item(finding))))];
  }

  #item(finding) {
    const open = finding === this.#open;
    const button = make(
      "button", { type: "button", id: `finding-${finding.id}`, "aria-expanded": String(open) }, sign(finding.level),
      make("span", { class: "about" }, make("span", { class: "vh" }, `${capital(finding.level)}: `), finding.title, finding.spans.length > 1 ? make("span", { class: "soft" }, ` ×${finding.spans.length}`) : ""),
      make("span", { class: "where" }, `${this.unit} ${finding.line}`), open ? "" : make("span", { class: "quote", dir: "auto" }, finding.quote),
    );
    button.addEventListener("click", () => this.#do.choose(open ? null : finding));
    return make("li", { class: `item ${finding.level}${open ? " on" : ""}` }, button, open ? this.#details(finding) : "");
  }

  #details(finding) {
    const part = (head, ...words) => make("p", {}, make("b", {}, head), ...words);
    const link = (words, start) => {
      const button = make("button", { type: "button", class: "link" }, words);
      button.addEventListener("click", () => this.#do.go(start));
      return button;
    };
    const places = finding.spans.slice(1).flatMap(([start], at) => [at ? ", " : "", link(`${this.unit} ${finding.lines[at + 1]}`, start)]);
    const related = finding.related.map((place) => part(capital(place.message || "See"), link(`${this.unit} ${place.line}`, place.start)));
    const rule = make("p", { class: "rule" }, `${finding.kind} · `, make("code", {}, finding.rule));
    return make(
      "div", { class: "details" }, make("p", {}, finding.message), ...related, places.length ? part("Also here", ...places) : "",
      finding.why ? part("Why", finding.why) : "", finding.instead ? part("Instead", finding.instead) : "", this.#actions(finding), rule,
    );
  }

  #actions(finding) {
    const fixes = finding.fixes.map((fix, number) => {
      const words = fix.text ? [`${fix.deed} `, make("strong", {}, fix.text)] : [fix.deed];
      if (finding.times > 1) words.push(` (all ${finding.times})`);
      const key = number ? "" : make("kbd", { "aria-hidden": "true" }, "f");
      const button = make("button", { type: "button", class: number ? "btn" : "btn main", "aria-keyshortcuts": number ? null : "f" }, ...words, key);
      button.addEventListener("click", () => this.#do.fix(finding, number));
      return button;
    });
    const dismiss = make("button", { type: "button", class: "btn", "aria-keyshortcuts": "d" }, "Dismiss…", make("kbd", { "aria-hidden": "true" }, "d"));
    dismiss.addEventListener("click", () => this.ask(finding));
    const look = finding.fixes[0]?.look ? make("p", { class: "soft look" }, "Look it over first.") : "";
    return make("div", { class: "acts-box" }, make("div", { class: "acts" }, ...fixes, dismiss), look);
  }

  #asking() {
    const form = $("why-not");
    return form && this.#open && form.dataset.id === this.#open.id ? this.#open : null;
  }

  /** Ask why a finding is right as it stands. */
  ask(finding) {
    const old = $("why-not"), was = old && { own: old.own.value, reason: old.reason.value };
    old?.remove();
    const box = document.querySelector(".item.on .acts-box");
    if (!box) return;
    const choice = (reason) => make("label", {}, make("input", { type: "radio", name: "reason", value: reason, checked: reason === (was?.reason || REASONS[0]) }), reason);
    const own = make("input", { type: "text", id: "own", name: "own", maxlength: "140", placeholder: "or in your words" });
    own.value = was?.own || "";
    const cancel = make("button", { type: "button", class: "btn" }, "Cancel");
    const form = make(
      "form", { id: "why-not", "data-id": finding.id }, make("fieldset", {}, make("legend", {}, "Why is it right as it stands?"), ...REASONS.map(choice), make("label", { class: "vh", for: "own" }, "Reason in your words"), own),
      make("p", { class: "soft" }, "The reason goes into the report."), make("div", { class: "acts" }, make("button", { type: "submit", class: "btn main" }, "Dismiss"), cancel),
    );
    const leave = () => { form.remove(); box.hidden = false; $(`finding-${finding.id}`)?.focus({ preventScroll: true }); };
    cancel.addEventListener("click", leave);
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); leave(); } });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = form.own.value.trim() || form.reason.value;
      form.remove();
      this.#do.dismiss(finding, reason);
    });
    box.hidden = true;
    box.after(form);
    form.scrollIntoView({ block: "nearest" });
    form.querySelector("input:checked").focus({ preventScroll: true });
  }
}

/** What stands in the grip of the panel on a narrow screen. */
export function counts(findings) {
  return LEVELS.flatMap((level) => {
    const number = total(findings.filter((finding) => finding.level === level));
    return [make("span", { class: `sign ${level}`, "aria-hidden": "true" }, SIGNS[level]), ` ${number}`, make("span", { class: "vh" }, ` ${count(number, level).replace(/^\S+ /, "")}`), "\u2002 "];
  });
}
