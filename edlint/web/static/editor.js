// The draft as lines of plain text in an editable element. Marks are CSS highlights: they never touch the element's own nodes,
// so that the browser's editing and undo stay clean. Offsets count UTF-16 units of `text`.

const LEVELS = ["suggestion", "warning", "error"];

export class Editor {
  #root;
  #starts = [0];
  #text = "";
  #marks = new Map();

  constructor(root, changed) {
    this.#root = root;
    root.addEventListener("input", () => { this.#read(); changed(); });
    root.addEventListener("beforeinput", (event) => { if (event.inputType.startsWith("format")) event.preventDefault(); });
  }

  get text() { return this.#text; }

  set text(text) {
    const lines = text.split("\n").map((line) => {
      const element = document.createElement("div");
      element.append(line || document.createElement("br"));
      return element;
    });
    this.#root.replaceChildren(...lines);
    this.#read();
  }

  /** Replace text[start:end], by way of the browser where it can, so that its undo knows of it. */
  replace(start, end, words) {
    const wanted = this.#text.slice(0, start) + words + this.#text.slice(end);
    this.#root.focus({ preventScroll: true });
    const range = this.range(start, end);
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    document.execCommand(words ? "insertText" : "delete", false, words);
    this.#read();
    if (this.#text !== wanted) this.text = wanted;
  }

  /** Insert words where the caret is. */
  insert(words) {
    document.execCommand("insertText", false, words);
    this.#read();
  }

  /** The live range of text[start:end]. */
  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.#place(start));
    range.setEnd(...this.#place(end));
    return range;
  }

  /** The offset at which a point of the document lies, -1 outside the text. */
  offset(node, at) {
    if (!this.#root.contains(node) || node === this.#root) return -1;
    let line = node;
    while (line.parentNode !== this.#root) line = line.parentNode;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, at);
    return this.#starts[[...this.#root.childNodes].indexOf(line)] + before.toString().length;
  }

  /** Put the caret at an offset. */
  caret(offset) {
    this.#root.focus({ preventScroll: true });
    getSelection().collapse(...this.#place(offset));
  }

  /** The 1-based line of an offset. */
  line(offset) { return this.#line(offset) + 1; }

  /** Set the lines in the type of their blocks: [start, end, kind] in order. */
  shape(blocks) {
    const lines = this.#root.childNodes, kinds = [];
    for (const [start, end, kind] of blocks) {
      const last = this.#line(Math.max(start, end - 1));
      for (let number = this.#line(start); number <= last; number++) kinds[number] ??= kind;
    }
    let above = "";
    lines.forEach((line, number) => {
      const text = line.textContent, ruled = above === "table" && /^[\s|:=+-]+$/.test(text); // what parts the head of a table from its rows
      const kind = !text.trim() ? "blank" : kinds[number] || (ruled ? "table" : "");
      if (line.className !== undefined && line.className !== kind) line.className = kind;
      above = kind;
    });
  }

  /** Mark findings, each with `id`, `level` and `spans`; with none, all marks go. */
  mark(findings) {
    this.#marks = new Map(findings.map((finding) => [finding.id, finding.spans.map(([start, end]) => this.range(start, end))]));
    for (const [priority, level] of LEVELS.entries()) {
      this.#set(level, findings.filter((finding) => finding.level === level), priority);
    }
  }

  /** Show which finding is chosen; null for none. */
  choose(finding) {
    CSS.highlights?.delete("shown");
    for (const [priority, level] of LEVELS.entries()) this.#set(`chosen-${level}`, finding && finding.level === level ? [finding] : [], 10 + priority);
    const range = finding && this.#marks.get(finding.id)?.[0];
    return range && !range.collapsed ? range.getBoundingClientRect() : range?.startContainer.parentElement?.getBoundingClientRect();
  }

  /** Show text[start:end] until the next place is shown. */
  show(start, end) {
    if (CSS.highlights) CSS.highlights.set("shown", new Highlight(this.range(start, end)));
  }

  /** Where the first mark of a finding begins now, -1 without one. */
  where(finding) {
    const range = this.#marks.get(finding.id)?.[0];
    return range ? this.offset(range.startContainer, range.startOffset) : -1;
  }

  #set(name, findings, priority) {
    if (!CSS.highlights) return;
    const highlight = new Highlight(...findings.flatMap((finding) => this.#marks.get(finding.id) || []));
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }

  #read() {
    const lines = [...this.#root.childNodes].map(words);
    this.#starts = [];
    let at = 0;
    for (const line of lines) {
      this.#starts.push(at);
      at += line.length + 1;
    }
    if (!lines.length) this.#starts.push(0);
    this.#text = lines.join("\n");
  }

  #line(offset) {
    let low = 0, high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle; else high = middle - 1;
    }
    return low;
  }

  #place(offset) {
    const number = this.#line(offset), line = this.#root.childNodes[number];
    if (!line) return [this.#root, 0];
    let left = offset - this.#starts[number];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let node = line.nodeType === Node.TEXT_NODE ? line : walker.nextNode(), last = node;
    while (node && left > node.length) {
      left -= node.length;
      node = walker.nextNode();
      last = node || last;
    }
    return node ? [node, left] : last ? [last, last.length] : [line, 0];
  }
}

/** The text of one line; a break inside it counts as a line feed. */
function words(line) {
  if (line.nodeType === Node.TEXT_NODE || !line.querySelector || !line.querySelector("br")) return line.textContent;
  const parts = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
    else if (node.tagName === "BR" && node !== line.lastChild) parts.push("\n");
  }
  return parts.join("");
}
