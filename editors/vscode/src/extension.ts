// Starts `edlint lsp`, and asks for the reason when a finding is silenced. Everything else is the server's work.

import { type ExtensionContext, TextEdit, type WorkspaceEdit, commands, window, workspace } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { LANGUAGES, SILENCE, type Settings, notStarted, serverCommand, withReason } from "./core";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("edlint.restart", restart),
    workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration("edlint") ? restart() : undefined)),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  await start();
}

async function start(): Promise<void> {
  const found = workspace.getConfiguration("edlint");
  const settings: Settings = { path: found.get("path", "edlint"), arguments: found.get("arguments", []) };
  const server: ServerOptions = serverCommand(settings);
  client = new LanguageClient("edlint", "edlint", server, options());
  try {
    await client.start();
  } catch (problem) {
    void window.showErrorMessage(notStarted(settings, problem));
  }
}

function options(): LanguageClientOptions {
  return {
    documentSelector: LANGUAGES.flatMap((language) => ["file", "untitled"].map((scheme) => ({ language, scheme }))),
    middleware: {
      resolveCodeAction: async (chosen, token, next) => {
        const action = await next(chosen, token);
        if (action?.edit && action.kind?.value === SILENCE) {
          action.edit = await reasoned(action.edit);
        }
        return action;
      },
    },
  };
}

/** The edit with the reason that the user gives; undefined where they change their mind. */
async function reasoned(edit: WorkspaceEdit): Promise<WorkspaceEdit | undefined> {
  const reason = await window.showInputBox({
    title: "Silence this finding",
    prompt: "Say why. The reason stands in the draft, and in reports.",
    placeHolder: "our own count",
  });
  if (reason === undefined) {
    return undefined;
  }
  for (const [uri, edits] of edit.entries()) {
    edit.set(uri, edits.map((each) => new TextEdit(each.range, withReason(each.newText, reason))));
  }
  return edit;
}
