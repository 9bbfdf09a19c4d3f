// What the extension does that needs no Visual Studio Code: tested under Node against the real server.

/** The kind of the actions that insert a directive. */
export const SILENCE = "quickfix.edlint.silence";

/** What the server writes where the reason for a directive belongs. */
const PLACEHOLDER = ": say why";

/** The languages, by Visual Studio Code's names, in which drafts are written. */
export const LANGUAGES = ["markdown", "mdx", "plaintext", "html"];

export interface Settings {
  path: string;
  arguments: string[];
}

/** The program to start, and its arguments. */
export function serverCommand(settings: Settings): { command: string; args: string[] } {
  return { command: settings.path.trim() || "edlint", args: ["lsp", ...settings.arguments] };
}

/** A directive with the reason in its place: one line, in which nothing can end the comment it stands in. */
export function withReason(directive: string, reason: string): string {
  const line = reason.replace(/--+>?|\*\/|[<>{}]/g, " ").replace(/\s+/g, " ").trim();
  return line ? directive.replace(PLACEHOLDER, () => `: ${line}`) : directive;
}

/** What to say when the server did not start. */
export function notStarted(settings: Settings, problem: unknown): string {
  const why = problem instanceof Error ? problem.message : String(problem);
  const { command } = serverCommand(settings);
  return `edlint could not be started as “${command}” (${why}). Install it with its extra lsp, or set edlint.path to where it is.`;
}
