// What the page asks of edlint, on this computer. One check at a time: what changes meanwhile is checked right after.

export class Stopped extends Error {}
export class Lost extends Error {}

/** Ask for something, once edlint has proved that it is there. Throws Stopped when it no longer answers, Lost when it has let the Word file go, Error with a sentence when it cannot do it. */
export async function ask(what, data, name = "") {
  if (!(await isThere())) throw new Stopped();
  const raw = data instanceof Blob;
  let answer;
  try {
    answer = await fetch(what + (name ? `?name=${encodeURIComponent(name)}` : ""), {
      method: "POST",
      headers: { "Content-Type": raw ? "application/octet-stream" : "application/json" },
      body: raw ? data : JSON.stringify(data),
    });
  } catch {
    throw new Stopped();
  }
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    const said = await answer.json();
    if (answer.status === 410) throw new Lost();
    if (!answer.ok) throw new Error(said.error || "edlint could not do that.");
    return said;
  }
  if (!answer.ok) throw new Error("edlint could not do that.");
  return answer.blob();
}

const bytes = (text) => new TextEncoder().encode(text);

/** Whether the edlint that this page came from is there, or again there. Nothing of the draft is sent before that is known: it may have ended unseen, and another program have taken its port. */
export async function isThere() {
  const asked = crypto.randomUUID(), token = location.pathname.split("/")[1];
  try {
    const said = await (await fetch(`/hello?${asked}`)).text();
    const key = await crypto.subtle.importKey("raw", bytes(token), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const proof = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(asked)));
    return said === [...proof].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return false;
  }
}

/** Keeps checking: `draft()` gives what to check, `asked(draft)` has it checked, `done(result, draft)` takes the answer. */
export class Checker {
  #draft; #asked; #done; #failed; #busy = false; #wanted = false;

  constructor(draft, asked, done, failed) { [this.#draft, this.#asked, this.#done, this.#failed] = [draft, asked, done, failed]; }

  get busy() { return this.#busy; }

  async check() {
    if (this.#busy) { this.#wanted = true; return; }
    this.#busy = true;
    try {
      do {
        this.#wanted = false;
        const draft = this.#draft();
        const result = await this.#asked(draft);
        if (!this.#wanted) this.#done(result, draft);
      } while (this.#wanted);
    } catch (fault) {
      this.#failed(fault);
    } finally {
      this.#busy = false;
    }
  }
}
