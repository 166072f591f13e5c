/**
 * Acts that are not done yet, kept in this browser until the server has them: a list a delegate, which nobody else who uses the machine
 * is shown. It is the one thing that pages keep in local storage, since an act survives the page, the browser and the server.
 */
export type Fields = Readonly<Record<string, string>>;

export interface Act {
  readonly id: string;
  readonly address: string;
  readonly fields: Fields;
  /** The text that it is about, as far as is known. */
  readonly text: string;
  /** The page that made it, and knows whether the words it refers to are stored. */
  readonly page: string;
  /** What it does, where neither its place nor its words say it. */
  readonly what?: string;
  /** The server's sentence once it refused the act; empty while it waits. */
  readonly refused: string;
}

/** Return a random UUID (version 4), also where the page is not served securely. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Return who this page is for: the delegate whose acts it sends. */
export function ownerOfPage(): string {
  return /delegate:([\w-]+)/.exec(document.body.dataset["live"] ?? "")?.[1] ?? "";
}

export class OutboxStore {
  readonly key: string;
  /** What could not be kept, because storage is full or forbidden, lives as long as the page. */
  #memory: readonly Act[] = [];
  #isKept = true;

  constructor(owner: string) {
    this.key = `concertation-outbox:${owner}`;
  }

  read(): readonly Act[] {
    if (!this.#isKept) return this.#memory;
    try {
      const found: unknown = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return Array.isArray(found) ? found.filter(isAct) : [];
    } catch {
      return this.#memory;
    }
  }

  write(acts: readonly Act[]): void {
    this.#memory = acts;
    try {
      if (acts.length === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(acts));
      this.#isKept = true;
    } catch {
      this.#isKept = false;
    }
  }
}

function isAct(value: unknown): value is Act {
  if (typeof value !== "object" || value === null) return false;
  const { id, address, fields, text, page, refused, what = "" } = value as Record<string, unknown>;
  const words = [id, address, text, page, refused, what];
  return words.every((word) => typeof word === "string") && typeof fields === "object" && fields !== null && String(address).startsWith("/");
}
