// As much of Visual Studio Code as the language client touches: real values where the tests look, and otherwise something that can be
// called, made and asked for anything.

const Module = require("node:module");
const { pathToFileURL } = require("node:url");

/** Something of which every property is there, and which can be called or made. */
function anything() {
  class Made {
    constructor(...given) {
      Object.assign(this, given[0] && typeof given[0] === "object" ? given[0] : {});
    }
  }
  return new Proxy(Made, {
    get(target, name) {
      if (!(name in target)) {
        target[name] = anything();
      }
      return target[name];
    },
    apply: () => ({ dispose() {} }),
  });
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(...given) {
    const [start, end] = given.length === 4 ? [new Position(given[0], given[1]), new Position(given[2], given[3])] : given;
    Object.assign(this, { start, end });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
}
CodeActionKind.Empty = new CodeActionKind("");
CodeActionKind.QuickFix = new CodeActionKind("quickfix");

class TextEdit {
  constructor(range, newText) {
    Object.assign(this, { range, newText });
  }
}

class WorkspaceEdit {
  all = new Map();
  set(uri, edits) {
    this.all.set(uri, edits.map((each) => (Array.isArray(each) ? each[0] : each)));
  }
  replace(uri, range, newText) {
    this.all.set(uri, [...(this.all.get(uri) ?? []), new TextEdit(range, newText)]);
  }
  entries() {
    return [...this.all];
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
  cancel() {}
  dispose() {}
}

class EventEmitter {
  heard = [];
  event = (listener) => {
    this.heard.push(listener);
    return { dispose() {} };
  };
  fire(what) {
    this.heard.forEach((listener) => listener(what));
  }
  dispose() {}
}

/** A Visual Studio Code with one document open. `seen` fills with what the extension and the client register and show. */
function stub({ path, text, reason }) {
  const seen = { errors: [], shown: [], waiting: [], actions: undefined, commands: {}, asked: [] };
  const uri = { scheme: "file", fsPath: path, path, toString: () => pathToFileURL(path).href };
  const document = { uri, languageId: "markdown", version: 1, getText: () => text, isClosed: false };
  const event = () => ({ dispose() {} });
  const real = {
    __esModule: true, Position, Range, Diagnostic, CodeAction, CodeActionKind, TextEdit, WorkspaceEdit, CancellationTokenSource,
    EventEmitter,
    version: "1.91.0",
    env: { appName: "test", language: "en" },
    Uri: { parse: (address) => ({ scheme: "file", path: new URL(address).pathname, toString: () => address }) },
    Disposable: class { constructor(dispose) { this.dispose = dispose; } },
    commands: {
      registerCommand: (name, work) => { seen.commands[name] = work; return event(); },
    },
    workspace: {
      getConfiguration: () => ({ get: (key, value) => (key === "path" ? process.env.EDLINT ?? value : value) }),
      workspaceFolders: undefined, textDocuments: [document], notebookDocuments: [], fs: { isWritableFileSystem: () => true },
    },
    window: {
      showInputBox: async (asked) => { seen.asked.push(asked); return reason; },
      showErrorMessage: async (message) => { seen.errors.push(message); },
      createOutputChannel: () => ({ append() {}, appendLine() {}, show() {}, dispose() {} }),
      visibleTextEditors: [], visibleNotebookEditors: [], activeTextEditor: undefined, tabGroups: { all: [], onDidChangeTabs: event },
    },
    languages: {
      match: () => 10,
      createDiagnosticCollection: () => ({
        set: (where, found) => { seen.shown = found; seen.waiting.splice(0).forEach((resolve) => resolve(found)); },
        delete() {}, clear() {}, dispose() {}, forEach() {},
      }),
      registerCodeActionsProvider: (selector, provider) => { seen.actions = provider; return event(); },
    },
  };
  const merged = (values) => {
    const rest = anything();
    return new Proxy(values, {
      get(target, name) {
        if (name in target) {
          return target[name];
        }
        return typeof name === "string" && name.startsWith("on") ? event : rest[name];
      },
    });
  };
  for (const name of ["commands", "workspace", "window", "languages"]) {
    real[name] = merged(real[name]);
  }
  return { vscode: merged(real), document, seen, next: () => new Promise((resolve) => seen.waiting.push(resolve)) };
}

/** Load a module in which `require("vscode")` gives a stub. */
function loadWith(vscode, file) {
  const before = Module._load;
  Module._load = function (name, ...others) {
    return name === "vscode" ? vscode : before.call(this, name, ...others);
  };
  try {
    delete require.cache[require.resolve(file)];
    return require(file);
  } finally {
    Module._load = before;
  }
}

module.exports = { Range, Position, CancellationTokenSource, loadWith, stub };
