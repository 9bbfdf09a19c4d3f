// The page: what is pasted or dropped becomes the draft, findings follow as one types, and nothing is kept.

import { Checker, Lost, Stopped, ask, isThere } from "./api.js";
import { $, bring, count, make, sheet, sign, tell, toast, total, wide } from "./dom.js";
import { Claims } from "./claims.js";
import { Editor } from "./editor.js";
import { List, counts } from "./list.js";
import { isRich, toMarkdown } from "./richtext.js";
import { banners, nothing, verdict } from "./status.js";

const READ_ON = 1000; // milliseconds until what a second reader has said meanwhile is fetched
const RETRY = 2000; // milliseconds between two tries to reach edlint
// `text` is what `found` was found in; `file` is the Word file that was dropped, `key` its name at edlint, which may let it go
const draft = { format: "plain", name: "", text: "", found: [], file: null, key: "" };
const dismissed = new Map(); // id of a finding → { finding, reason }
let stopped = 0, reading = 0;

const editor = new Editor($("text"), check);
const list = new List({ choose, fix, dismiss, go });
const claims = new Claims({ go, save: () => download("ledger", "claims.csv") });
const checker = new Checker(() => ({ text: editor.text, ...(claimsShown() ? { said: claims.said } : {}) }), (sent) => about("check", sent), show, failed);

// a draft comes in

function open(text, format, name = "", word = { file: null, key: "" }) {
  forget();
  Object.assign(draft, { format, name, found: [], result: null, ...word });
  $("word").hidden = $("word-narrow").hidden = !draft.file;
  dismissed.clear();
  claims.forget();
  list.choose(null);
  $("empty").hidden = true;
  $("paper").hidden = $("panel").hidden = false;
  document.body.classList.add("using");
  editor.text = text.replace(/\r\n?/g, "\n");
  $("paper").scrollTop = 0;
  $("nothing").hidden = true;
  $("checking").hidden = false;
  $("list").hidden = true;
  $("banners").replaceChildren();
  redraw();
  sheet("peek");
  check();
}

/** Let edlint forget the Word file that was open. */
function forget() {
  if (draft.key) navigator.sendBeacon("forget", new Blob([JSON.stringify({ file: draft.key })], { type: "application/json" }));
}

/** Ask something about the draft. If edlint has let its Word file go, it gets it once more. */
async function about(what, more) {
  if (stopped) throw new Stopped();
  const data = () => ({ text: editor.text, format: draft.format, name: draft.name, file: draft.key, ...more });
  try {
    return await ask(what, data());
  } catch (fault) {
    if (!(fault instanceof Lost) || !draft.file) throw fault;
  }
  draft.key = (await ask("read", draft.file, draft.name)).file;
  return ask(what, data());
}

function close() {
  forget();
  Object.assign(draft, { file: null, key: "" });
  document.body.classList.remove("using");
  $("empty").hidden = false;
  $("paper").hidden = $("panel").hidden = true;
  editor.text = "";
  editor.mark([]);
  editor.choose(null);
  $("title").textContent = "edlint";
  $("words").textContent = $("status").textContent = "";
  $("choose").focus();
}

async function take(file) {
  $("trouble").hidden = true;
  try {
    if (stopped) throw new Stopped();
    const read = await ask("read", file, file.name);
    open(read.text, read.format, file.name, read.file ? { file, key: read.file } : undefined);
  } catch (fault) {
    trouble(fault instanceof Stopped ? "edlint has stopped. Start it again." : `Could not be read: ${fault.message}`);
  }
}

function trouble(words) {
  if (!$("empty").hidden) {
    $("trouble").hidden = false;
    $("trouble").replaceChildren(sign("error"), ` ${words}`);
  } else toast(words);
}

function paste(event) {
  const target = event.target;
  if (target.closest?.("input")) return;
  event.preventDefault();
  const { clipboardData } = event;
  if (clipboardData.files.length && !clipboardData.getData("text/plain")) { take(clipboardData.files[0]); return; }
  const html = clipboardData.getData("text/html"), plain = clipboardData.getData("text/plain");
  const rich = html && isRich(html);
  if ($("empty").hidden && editor.text.trim()) { // into a draft that is there
    if (target.closest?.("#text")) editor.insert(rich && draft.format === "markdown" ? toMarkdown(html).trimEnd() : plain.replace(/\r\n?/g, "\n"));
    check();
  } else if (rich) open(toMarkdown(html), "markdown");
  else if (plain.trim()) open(plain, /^\s*<(?:!doctype|html)\b/i.test(plain) ? "html" : "plain");
}

// findings come back

function check() {
  if (stopped) return;
  $("status").textContent = "Checking…";
  checker.check();
}

/** Go on once edlint has been started again. */
async function retry() {
  if (!(await isThere()) || !stopped) return;
  clearInterval(stopped);
  stopped = 0;
  check();
}

function show(result, sent) {
  $("checking").hidden = true;
  if (sent.text !== editor.text) return;
  Object.assign(draft, { text: sent.text, found: result.findings, result });
  claims.unit = list.unit = result.unit || "line";
  if (result.claims) claims.show(result.claims, result.said);
  editor.shape(result.blocks);
  $("title").textContent = result.title || draft.name || "Untitled";
  $("words").textContent = count(result.words, "word");
  redraw();
  clearTimeout(reading);
  if (result.reading) reading = setTimeout(() => checker.check(), READ_ON);
  $("status").textContent = result.error ? "Not checked" : result.reading ? "Checked; the second reader is still reading" : "Checked just now";
}

function failed(fault) {
  $("checking").hidden = true;
  $("status").textContent = "Not connected";
  if (!(fault instanceof Stopped)) {
    draft.result = { error: fault.message, findings: [], faults: [] };
    draft.found = [];
  } else if (!stopped) stopped = setInterval(retry, RETRY);
  redraw();
}

function redraw() {
  const result = draft.result || {};
  const findings = draft.found.filter((finding) => !dismissed.has(finding.id));
  if (editor.text === draft.text) editor.mark(findings); // else the marks that are there move along with the text
  list.findings = findings;
  const waiting = !$("checking").hidden;
  const clean = !waiting && !findings.length && !stopped && !result.error;
  $("list").hidden = waiting || clean || Boolean(result.error);
  $("nothing").hidden = !clean;
  $("nothing").replaceChildren(...nothing(result));
  $("n-findings").textContent = waiting ? "" : String(total(findings));
  $("grip-counts").replaceChildren(...(waiting ? ["Checking…"] : result.error ? [sign("error"), " Not checked"] : findings.length ? counts(findings) : verdict(result)));
  $("banners").replaceChildren(...banners(result, Boolean(stopped), stopped ? retry : check));
  point(list.open);
  drawDone();
}

// what one does with a finding

function point(finding) {
  const place = editor.choose(finding), mark = $("bookmark");
  mark.hidden = !place;
  if (place) {
    const paper = $("paper"), text = $("text").getBoundingClientRect();
    mark.style.top = `${place.top - paper.getBoundingClientRect().top + paper.scrollTop}px`;
    mark.style.left = `${text.left - paper.getBoundingClientRect().left}px`;
    mark.style.height = `${Math.max(20, Math.min(place.height, 120))}px`;
  }
  return place;
}

function choose(finding, focus = false) {
  list.choose(finding, focus);
  const place = point(finding);
  if (finding && !wide.matches && $("panel").dataset.sheet === "peek") sheet("half");
  if (place) bring(place);
  if (finding) tell(`${finding.level}: ${finding.title}`);
}

function go(start, end = start + 1) {
  bring(editor.range(start, end).getBoundingClientRect());
  editor.show(start, end);
}

/** After a finding is done with, the next one opens. */
function leave(finding) {
  const shown = list.shown, at = shown.indexOf(finding);
  const next = shown[at + 1] || shown[at - 1] || null;
  list.choose(null);
  return next;
}

function fix(finding, number = 0) {
  const chosen = finding?.fixes[number];
  if (!chosen) return;
  if (editor.text !== draft.text) { toast("The text has just changed. Try again in a moment."); check(); return; }
  const before = editor.text, next = leave(finding);
  for (const [start, end, words] of [...chosen.edits].sort((one, two) => two[0] - one[0])) editor.replace(start, end, words);
  draft.found = draft.found.filter((other) => other !== finding);
  redraw();
  if (next) choose(next, true); else $("sheet").focus({ preventScroll: true });
  check();
  toast(`Fixed: ${finding.title}`, () => { editor.text = before; check(); });
}

function dismiss(finding, reason) {
  const next = leave(finding);
  dismissed.set(finding.id, { finding, reason });
  redraw();
  if (next) choose(next, true); else $("sheet").focus({ preventScroll: true });
  toast(`Dismissed: ${finding.title}`, () => restore(finding.id));
}

function restore(id) {
  dismissed.delete(id);
  redraw();
}

/** Write a dismissal into the text as a note, so that it holds wherever the text is checked next. */
async function write(finding, reason) {
  const before = editor.text;
  try {
    const { edits } = await about("keep", { id: finding.id, reason });
    if (editor.text !== before) return;
    for (const [start, end, words] of edits) editor.replace(start, end, words);
    restore(finding.id);
    check();
    toast(`Kept in the draft: ${finding.title}`, () => { editor.text = before; dismissed.set(finding.id, { finding, reason }); check(); });
  } catch (fault) {
    toast(fault instanceof Stopped ? "edlint has stopped. Start it again." : fault.message);
  }
}

function drawDone() {
  const rows = [...dismissed].map(([id, { finding, reason }]) => {
    const back = make("button", { type: "button", class: "link", "aria-label": `Undo: ${finding.title}` }, "Undo");
    back.addEventListener("click", () => restore(id));
    const keep = make("button", { type: "button", class: "link", "aria-label": `Keep in the draft: ${finding.title}` }, "Keep in the draft");
    keep.addEventListener("click", () => write(finding, reason));
    return make("li", {}, make("span", {}, `${finding.title}: ${reason}`), make("span", { class: "acts" }, draft.file || finding.times > 1 ? "" : keep, back));
  });
  $("done").hidden = !rows.length;
  $("n-done").textContent = String(rows.length);
  $("done-list").replaceChildren(...rows);
}

// claims

const claimsShown = () => $("tab-claims").getAttribute("aria-selected") === "true";

function tab(name) {
  for (const each of ["findings", "claims"]) {
    const chosen = each === name;
    $(`tab-${each}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${each}`).tabIndex = chosen ? 0 : -1;
    $(`p-${each}`).hidden = !chosen;
  }
  $("pack").hidden = name === "claims";
  if (!wide.matches && $("panel").dataset.sheet === "peek") sheet("half");
  if (name === "claims") check();
}

// out again

async function download(what, ending) {
  const reasons = [...dismissed].map(([id, { reason }]) => ({ id, reason }));
  try {
    const made = await about(what, { dismissed: reasons, said: claims.said });
    const link = make("a", { href: URL.createObjectURL(made), download: `${(draft.name || "draft").replace(/\.\w+$/, "")}-${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch (fault) {
    toast(fault instanceof Stopped ? "edlint has stopped. Start it again." : fault.message);
  }
}

async function copy() {
  await navigator.clipboard.writeText(editor.text);
  toast("The text is copied.");
}

// what is pressed, dropped and typed

addEventListener("paste", paste);
for (const kind of ["dragover", "dragleave", "drop"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragover");
    $("drop-title").textContent = kind === "dragover" ? "Let go to check it" : "Paste or drop a draft";
    if (kind !== "drop") return;
    const file = event.dataTransfer.files[0], text = event.dataTransfer.getData("text/plain");
    if (file) take(file); else if (text.trim()) open(text, "plain");
  });
}
$("choose").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => { if ($("file").files[0]) take($("file").files[0]); $("file").value = ""; });
$("write").addEventListener("click", () => { open("", "plain"); $("text").focus(); });
$("example").addEventListener("click", async () => { const read = await ask("example", {}); open(read.text, read.format); });
$("new").addEventListener("click", close);
$("copy").addEventListener("click", copy);
$("report").addEventListener("click", () => download("report", "report.html"));
for (const id of ["word", "word-narrow"]) $(id).addEventListener("click", () => download("word", `edlint${/\.\w+$/.exec(draft.name)?.[0] || ".docx"}`));
addEventListener("pagehide", forget);
$("copy-narrow").addEventListener("click", copy);
$("new-narrow").addEventListener("click", close);
$("grip").addEventListener("click", () => sheet({ peek: "half", half: "full", full: "peek" }[$("panel").dataset.sheet]));
for (const name of ["findings", "claims"]) {
  const other = name === "findings" ? "claims" : "findings";
  $(`tab-${name}`).addEventListener("click", () => tab(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => { if (/^Arrow(Left|Right)$/.test(event.key)) { tab(other); $(`tab-${other}`).focus(); } });
}
$("text").addEventListener("click", () => {
  const at = getSelection(), offset = at.isCollapsed && at.anchorNode ? editor.offset(at.anchorNode, at.anchorOffset) : -1;
  const hit = list.shown.filter((finding) => finding.spans.some(([start, end]) => start <= offset && offset <= end));
  if (offset >= 0 && hit.length && sentIsShown()) choose(hit.reduce((one, two) => (size(two) < size(one) ? two : one)));
});
const size = (finding) => finding.spans[0][1] - finding.spans[0][0];
const sentIsShown = () => !checker.busy;

addEventListener("keydown", (event) => {
  if (!$("empty").hidden) return;
  const inText = $("text").contains(document.activeElement);
  if (event.key === "F8") {
    event.preventDefault();
    const next = list.next(event.shiftKey ? -1 : 1);
    if (next) choose(next, !inText);
    if (next && inText) editor.caret(editor.where(next));
  } else if (event.key === "Escape") {
    if (inText) (list.open ? $(`finding-${list.open.id}`) : $("tab-findings"))?.focus();
    else if (list.open) choose(null);
  } else if (!inText && !event.ctrlKey && !event.metaKey && !event.altKey && !document.activeElement?.closest("input, select, textarea, #why-not")) {
    const keys = { j: () => choose(list.next(1), true), k: () => choose(list.next(-1), true), f: () => fix(list.open), d: () => list.open && list.ask(list.open), e: () => edit() };
    const act = claimsShown() ? null : keys[event.key];
    if (act) { event.preventDefault(); act(); }
  }
});

function edit() {
  const at = list.open ? editor.where(list.open) : 0;
  editor.caret(Math.max(0, at));
}

sheet("peek");
