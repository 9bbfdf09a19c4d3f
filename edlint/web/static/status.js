// What is said of a draft as a whole: nothing found, not checked in full, not checked at all.

import { make, sign } from "./dom.js";

/** What is said where nothing is found; what was not checked in full never passes. */
export function verdict(result) {
  if (!result.faults?.length) return [sign("good"), " Nothing found"];
  return [`Nothing found; ${grammarFailed(result) ? "grammar not checked" : "not everything was checked"}`];
}

/** Where nothing is found: that, and what it does not mean. */
export function nothing(result) {
  return [
    make("h2", {}, ...verdict(result)),
    make("p", {}, "Read for repeats, page furniture, sources, headlines, names, paste damage and grammar."),
    make("p", { class: "soft" }, "That does not make it true: edlint sees that a source is named, not whether it is right."),
  ];
}

const grammarFailed = (result) => result.faults?.some((fault) => /grammar|harper|languagetool/i.test(fault));

/** What stands above the list: what went wrong, and what to do; `check` tries again. */
export function banners(result, stopped, check) {
  const found = [];
  const again = () => {
    const button = make("button", { type: "button", class: "btn" }, "Try again");
    button.addEventListener("click", check);
    return button;
  };
  if (stopped) {
    const words = "Your text is still here, but it is no longer checked. Start edlint again in the same place: checking goes on by itself.";
    found.push(make("div", { class: "banner bad", role: "alert" }, make("b", {}, sign("error"), " edlint has stopped"), words));
  }
  if (result.error) found.push(make("div", { class: "banner bad", role: "alert" }, make("b", {}, sign("error"), " Could not be checked"), `${result.error} This is not a pass.`));
  else if (grammarFailed(result)) found.push(make("div", { class: "banner", role: "status" }, make("b", {}, sign("warning"), " Grammar was not checked"), "The grammar engine did not start. Everything else was checked.", make("br"), again()));
  else if (result.faults?.length) found.push(make("div", { class: "banner", role: "status" }, make("b", {}, sign("warning"), " Not everything was checked"), result.faults.join(" "), make("br"), again()));
  for (const note of result.notices || []) found.push(make("div", { class: "banner", role: "status" }, note));
  return found;
}
