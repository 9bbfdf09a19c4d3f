// The extension's own code against the real server, spoken to as vscode-languageclient does: EDLINT names the program, else PATH has it.

const assert = require("node:assert");
const { spawn } = require("node:child_process");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const test = require("node:test");
const protocol = require("vscode-languageserver-protocol/node");
const { LANGUAGES, SILENCE, notStarted, serverCommand, withReason } = require("../dist/core.js");

const SETTINGS = { path: process.env.EDLINT ?? "", arguments: ["--ignore=Grammar.Doubled"] };
const DRAFT = "# Post\n\nWe recieve the post, critics say.\n";

/** A session with the server, ended after the work. */
async function session(work) {
  const folder = mkdtempSync(join(tmpdir(), "edlint-vscode-"));
  writeFileSync(join(folder, ".edlint.yml"), "extends: [Claims, Grammar]\ngrammar: {engine: none}\n");
  const { command, args } = serverCommand(SETTINGS);
  const server = spawn(command, args, { cwd: folder });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const root = pathToFileURL(folder).href;
  const capabilities = {
    textDocument: { codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true } },
    workspace: { workspaceEdit: { documentChanges: true } },
  };
  const workspaceFolders = [{ uri: root, name: "drafts" }];
  try {
    await connection.sendRequest("initialize", { processId: process.pid, rootUri: root, capabilities, workspaceFolders });
    await connection.sendNotification("initialized", {});
    await work(connection, `${root}/draft.md`);
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    assert.strictEqual(await ended, 0);
  } finally {
    server.kill();
    connection.dispose();
    rmSync(folder, { recursive: true });
  }
}

/** The diagnostics that the server shows next. */
function shown(connection) {
  return new Promise((resolve) => connection.onNotification("textDocument/publishDiagnostics", (params) => resolve(params.diagnostics)));
}

test("findings, a fix, and a directive with the user's reason", async () => {
  await session(async (connection, uri) => {
    const first = shown(connection);
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: LANGUAGES[0], version: 1, text: DRAFT },
    });
    const [slip] = await first;
    assert.strictEqual(slip.code, "Grammar.Misspelling");
    const actions = await connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: slip.range,
      context: { diagnostics: [slip] },
    });
    assert.strictEqual(actions[0].edit.documentChanges[0].edits[0].newText, "receive");
    const silence = actions.find((action) => action.kind === SILENCE);
    const { edit } = await connection.sendRequest("codeAction/resolve", silence);
    const [inserted] = edit.documentChanges[0].edits;
    const directive = withReason(inserted.newText, "the paper's own --> spelling");
    assert.strictEqual(directive, "<!-- edlint-disable-next-line Grammar.Misspelling: the paper's own spelling -->\n");
    const lines = DRAFT.split("\n");
    lines.splice(inserted.range.start.line, 0, directive.trimEnd());
    const again = shown(connection);
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: lines.join("\n") }],
    });
    assert.ok(!(await again).some((finding) => finding.code === "Grammar.Misspelling"));
  });
});

test("the commands that the extension offers are the server's", async () => {
  const offered = require("../package.json").contributes.commands.map((each) => each.command);
  await session(async (connection, uri) => {
    const said = await connection.sendRequest("workspace/executeCommand", { command: offered[0], arguments: [] });
    assert.match(said, /drafts? checked/);
  });
});

test("a reason cannot end the comment it stands in", () => {
  const line = "<!-- edlint-disable-file Claims: say why -->";
  assert.strictEqual(withReason(line, "a --> b\n<script>$& {x} */"), "<!-- edlint-disable-file Claims: a b script $& x -->");
  assert.strictEqual(withReason(line, "  "), line);
});

test("a server that is not there is explained", () => {
  const said = notStarted({ path: " /no/edlint ", arguments: [] }, new Error("ENOENT"));
  assert.match(said, /“\/no\/edlint” \(ENOENT\).*edlint\.path/);
  assert.deepStrictEqual(serverCommand({ path: "", arguments: ["--isolated"] }), { command: "edlint", args: ["lsp", "--isolated"] });
});

test("no folder can choose the program or its options", () => {
  const { properties } = require("../package.json").contributes.configuration;
  assert.deepStrictEqual(Object.values(properties).map((each) => each.scope), ["machine", "machine"]);
});
