/**
 * Acts on a text on their way to the server, each a POST of its own. The server's rows are the truth. An act is kept in the browser from
 * the moment at which it is made until the server has done it or the person gives it up: it is sent once there is a connection and the
 * words it refers to are stored, again when the answer was lost (the server knows its id), and stays in sight when it is refused.
 *
 * waiting → done (gone) | refused; refused → waiting, at another place or not, | given up (gone).
 */
import { csrfToken } from "../../requests";
import { type Act, type Fields, OutboxStore, newId, ownerOfPage } from "./outbox-store";
import { t } from "./words";

export type { Act, Fields } from "./outbox-store";

/** The server did not do it; `message` is its sentence for the person. */
export class Refused extends Error {}
/** There is no answer yet, or nobody who may give it: the act waits. */
class Unanswered extends Error {}

const DELAYS = [1000, 2000, 4000, 8000, 15_000, 30_000]; // milliseconds between attempts
const PATIENCE_MS = 20_000;
const LATER = new Set([401, 408, 425, 429]);

export class Outbox {
  readonly #owner: string;
  readonly #store: OutboxStore;
  readonly #page = newId();
  readonly #gates = new Set<() => boolean>();
  readonly #listeners = new Set<() => void>();
  #pass: Promise<void> = Promise.resolve();
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasReady = true;
  /** The server did not answer a moment ago; the next attempt is set. */
  #isResting = false;

  constructor(owner: string) {
    this.#owner = owner;
    this.#store = new OutboxStore(owner);
    addEventListener("online", this.#atOnce);
    addEventListener("storage", this.#elsewhere);
    addEventListener("beforeunload", this.#warn);
    // Held for the life of the page: whoever gets it knows that the page is gone, and that its acts need another one.
    void locks()?.request(this.#nameOf(this.#page), () => new Promise(() => undefined));
    void this.deliver();
  }

  get acts(): readonly Act[] {
    return this.#store.read();
  }

  get waiting(): readonly Act[] {
    return this.acts.filter(({ refused }) => refused === "");
  }

  /** Keep an act and try to do it; settles once it is done or refused, or has to wait. */
  add(address: string, fields: Fields, what = ""): Promise<void> {
    const text = /^\/texts\/([0-9a-f-]{36})\//.exec(address)?.[1] ?? textOfPage();
    this.#change((acts) => [...acts, { id: newId(), address, fields, text, page: this.#page, what, refused: "" }]);
    return this.deliver();
  }

  /** Send a refused act again, with other fields where they are given. */
  retry(id: string, fields: Fields = {}): Promise<void> {
    this.#change((acts) =>
      acts.map((act) => (act.id === id ? { ...act, fields: { ...act.fields, ...fields }, page: this.#page, refused: "" } : act)),
    );
    return this.deliver();
  }

  discard(id: string): void {
    this.#change((acts) => acts.filter((act) => act.id !== id));
  }

  /** Call back whenever the acts change; returns the function that stops it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Let acts of this page wait until `isReady`: words that they refer to may not be stored yet. Returns the function that stops it. */
  watch(isReady: () => boolean): () => void {
    this.#gates.add(isReady);
    this.poke();
    return () => {
      this.#gates.delete(isReady);
      this.poke();
    };
  }

  /** Say that a gate may have opened. */
  poke(): void {
    const isReady = this.#isReady();
    const isNew = isReady && !this.#wasReady;
    this.#wasReady = isReady;
    if (isNew) this.#atOnce();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    removeEventListener("online", this.#atOnce);
    removeEventListener("storage", this.#elsewhere);
    removeEventListener("beforeunload", this.#warn);
  }

  /** Send what waits, one after the other, until the server does not answer. */
  deliver(): Promise<void> {
    this.#pass = this.#pass.then(() => this.#deliverAll());
    return this.#pass;
  }

  async #deliverAll(): Promise<void> {
    const tried = new Set<string>();
    for (let act = this.#next(tried); act; act = this.#next(tried)) {
      tried.add(act.id);
      const isAnswered = act.page === this.#page ? await this.#settle(act) : await this.#adopt(act);
      if (!isAnswered) return;
    }
  }

  #next(tried: ReadonlySet<string>): Act | undefined {
    this.#wasReady = this.#isReady();
    if (!this.#wasReady || this.#isResting) return undefined;
    return this.waiting.find(({ id }) => !tried.has(id));
  }

  /** Send an act of another page, if that page is gone. */
  async #adopt(act: Act): Promise<boolean> {
    const manager = locks();
    if (!manager) return this.#settle(act);
    return manager.request(this.#nameOf(act.page), { ifAvailable: true }, async (lock) => {
      const isLeft = lock !== null && this.waiting.some(({ id }) => id === act.id);
      return isLeft ? this.#settle(act) : true;
    });
  }

  /** Send an act, and say whether the server answered. */
  async #settle(act: Act): Promise<boolean> {
    try {
      await post(act, this.#owner);
      this.discard(act.id);
    } catch (error) {
      if (!(error instanceof Refused)) {
        this.#later();
        return false;
      }
      this.#mark(act.id, error.message);
    }
    this.#failures = 0;
    return true;
  }

  #mark(id: string, refused: string): void {
    this.#change((acts) => acts.map((act) => (act.id === id ? { ...act, refused } : act)));
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#isResting = true;
    this.#timer = setTimeout(this.#wake, DELAYS[Math.min(this.#failures++, DELAYS.length - 1)]);
    this.#tell();
  }

  #isReady(): boolean {
    return [...this.#gates].every((isReady) => isReady());
  }

  #change(change: (acts: readonly Act[]) => readonly Act[]): void {
    this.#store.write(change(this.#store.read()));
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #nameOf(page: string): string {
    return `concertation-page:${page}`;
  }

  readonly #wake = (): void => {
    this.#isResting = false;
    void this.deliver();
  };

  readonly #atOnce = (): void => {
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#wake();
  };

  readonly #elsewhere = ({ key }: StorageEvent): void => {
    if (key === this.#store.key) this.#tell();
  };

  readonly #warn = (event: BeforeUnloadEvent): void => {
    if (this.waiting.some(({ page }) => page === this.#page)) event.preventDefault();
  };
}

let box: Outbox | null = null;

/** The outbox of this page. */
export function outbox(): Outbox {
  return (box ??= new Outbox(ownerOfPage()));
}

/** Do an act at `address`, now or once that is possible; settles when it is done or refused, or has to wait. */
export function send(address: string, fields: Fields): Promise<void> {
  return outbox().add(address, fields);
}

async function post({ address, fields }: Act, owner: string): Promise<void> {
  const headers = { "X-CSRFToken": csrfToken(), "X-Delegate": owner, "HX-Request": "true" };
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(fields), signal: AbortSignal.timeout(PATIENCE_MS) });
  if (LATER.has(answer.status) || answer.status >= 500 || isSignIn(answer)) throw new Unanswered();
  if (answer.ok) return;
  const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain") ?? false;
  throw new Refused(isPlain ? await answer.text() : t("This was not done."));
}

/** The session ended: the answer is the page to sign in. */
function isSignIn({ redirected, url }: Response): boolean {
  return redirected && new URL(url).pathname.startsWith("/account/sign-in/");
}

function textOfPage(): string {
  return document.querySelector<HTMLElement>("text-editor")?.dataset["text"] ?? "";
}

/** Where pages are not served securely there are none, and two of them may send the same act: the server does it once. */
function locks(): LockManager | undefined {
  return (navigator as Partial<Navigator>).locks;
}
