// The extension as it is packed, with the real language client and the real server; only Visual Studio Code is a stub.

const assert = require("node:assert");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const test = require("node:test");
const { CancellationTokenSource, Range, loadWith, stub } = require("./vscode-stub.js");

async function session(reason, work) {
  const folder = mkdtempSync(join(tmpdir(), "edlint-vscode-"));
  writeFileSync(join(folder, ".edlint.yml"), "extends: [Claims, Grammar]\ngrammar: {engine: none}\n");
  const editor = stub({ path: join(folder, "draft.md"), text: "# Post\n\nWe recieve the post.\n", reason });
  const extension = loadWith(editor.vscode, "../dist/extension.js");
  const first = editor.next();
  try {
    await extension.activate({ subscriptions: [] });
    assert.deepStrictEqual(editor.seen.errors, []);
    await work(editor, await first);
  } finally {
    await extension.deactivate();
    rmSync(folder, { recursive: true });
  }
}

/** The actions on the finding, and the one that silences it. */
async function actions({ seen, document }, finding) {
  const { token } = new CancellationTokenSource();
  const context = { diagnostics: [finding], only: undefined, triggerKind: 1 };
  const found = await seen.actions.provideCodeActions(document, new Range(2, 3, 2, 3), context, token);
  return [found, found.find((action) => action.kind?.value === "quickfix.edlint.silence")];
}

test("findings are shown, and the reason is asked for and written", async () => {
  await session("the paper's own", async (editor, shown) => {
    assert.deepStrictEqual(shown.map((each) => each.range.start.line), [2]);
    const [all, silence] = await actions(editor, shown[0]);
    assert.strictEqual(all[0].title, "Replace by 'receive'");
    const { token } = new CancellationTokenSource();
    const chosen = await editor.seen.actions.resolveCodeAction(silence, token);
    assert.strictEqual(editor.seen.asked.length, 1);
    const [[, [edit]]] = chosen.edit.entries();
    assert.strictEqual(edit.newText, "<!-- edlint-disable-next-line Grammar.Misspelling: the paper's own -->\n");
  });
});

test("who changes their mind changes nothing", async () => {
  await session(undefined, async (editor, shown) => {
    const [, silence] = await actions(editor, shown[0]);
    const { token } = new CancellationTokenSource();
    const chosen = await editor.seen.actions.resolveCodeAction(silence, token);
    assert.strictEqual(chosen.edit, undefined);
  });
});
