// Rich text from the clipboard (a word processor, a web page) as Markdown. It is parsed into a document of its own, in which nothing
// runs and nothing is loaded; only words, headings, lists, links and emphasis are taken over.

const policy = globalThis.trustedTypes?.createPolicy("edlint", { createHTML: (html) => html });
const UNSEEN = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "HEAD", "TITLE", "SVG", "MATH", "BUTTON", "SELECT", "TEXTAREA"]);
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "ASIDE", "FIGURE", "FIGCAPTION", "BLOCKQUOTE", "UL", "OL", "LI", "TABLE", "TR", "PRE", "HR", "H1", "H2", "H3", "H4", "H5", "H6"]);

/** Whether HTML has any form that plain text would lose. */
export function isRich(html) {
  return /<(?:h[1-6]|li|blockquote|table|a\s[^>]*href)\b/i.test(html);
}

/** HTML as Markdown. */
export function toMarkdown(html) {
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const blocks = [];
  walk(page.body, { prefix: "", depth: 0, blocks, open: [] });
  return blocks.map((block) => block.text.trimEnd()).reduce((text, block, at) => text + (at ? (blocks[at].tight ? "\n" : "\n\n") : "") + block, "").trim() + "\n";
}

function walk(element, state) {
  let words = "";
  const flush = () => {
    const text = words.replace(/[ \t\r\n]+/g, " ").trim();
    if (text) state.blocks.push({ text: state.prefix + text, tight: state.tight });
    words = "";
  };
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) words += node.data;
    else if (node.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(node.tagName.toUpperCase()) && !hidden(node)) {
      if (node.tagName === "BR") words += " ";
      else if (BLOCKS.has(node.tagName) || node.querySelector("p, div, li, h1, h2, h3, h4, h5, h6")) { flush(); block(node, state); }
      else words += inline(node);
    }
  }
  flush();
}

function block(node, state) {
  const heading = /^H([1-6])$/.exec(node.tagName);
  if (heading) return line("#".repeat(Number(heading[1])) + " ", node, state);
  if (node.tagName === "LI") {
    const ordered = node.parentElement?.tagName === "OL";
    const number = ordered ? [...node.parentElement.children].indexOf(node) + 1 : 0;
    const first = state.blocks.length;
    walk(node, { ...state, prefix: "  ".repeat(Math.max(0, state.depth - 1)) + (ordered ? `${number}. ` : "- "), tight: false });
    if (number > 1 || (!ordered && node.previousElementSibling)) if (state.blocks[first]) state.blocks[first].tight = true;
    return undefined;
  }
  if (node.tagName === "UL" || node.tagName === "OL") return walk(node, { ...state, depth: state.depth + 1 });
  if (node.tagName === "BLOCKQUOTE") return walk(node, { ...state, prefix: state.prefix + "> " });
  if (node.tagName === "TR") return line("", { childNodes: [...node.children].flatMap((cell, at) => at ? [document.createTextNode(" | "), ...cell.childNodes] : [...cell.childNodes]) }, state);
  return walk(node, state);
}

function line(mark, node, state) {
  const text = [...node.childNodes].map(piece).join("").replace(/\s+/g, " ").trim();
  if (text) state.blocks.push({ text: state.prefix + mark + text, tight: false });
}

function piece(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  return node.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(node.tagName.toUpperCase()) && !hidden(node) ? inline(node) : "";
}

function inline(node) {
  const text = [...node.childNodes].map(piece).join("");
  if (!text.trim()) return text;
  const address = node.tagName === "A" ? node.getAttribute("href") || "" : "";
  if (/^https?:\/\/[^\s()<>]+$/i.test(address)) return `[${text.replace(/[[\]]/g, "")}](${address})`;
  const weight = node.style?.fontWeight;
  if ((node.tagName === "STRONG" || node.tagName === "B") && weight !== "normal") return `**${text.trim()}**${/\s$/.test(text) ? " " : ""}`;
  if (node.tagName === "EM" || node.tagName === "I") return `*${text.trim()}*${/\s$/.test(text) ? " " : ""}`;
  return text;
}

function hidden(node) {
  return node.hidden || node.getAttribute("aria-hidden") === "true" || /display:\s*none|mso-hide:\s*all/i.test(node.getAttribute("style") || "");
}
