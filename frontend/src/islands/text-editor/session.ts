/**
 * One text on this page: its document, its socket and what is known to be saved. The server's database is the truth; the document
 * mirrors it and holds, until they are stored, the changes made here. All editors of a text on the page share one session.
 */
import type * as decoding from "lib0/decoding";
import { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type DocumentMessage, type Refusal, STORED, readStored, refusalOf } from "./protocol";
import { Layer } from "./layer";
import { SaveLedger } from "./save-ledger";
import { unsavedWords } from "./unsaved-words";
import { watchedWebSocket } from "./watched-socket";

/** Short enough that every browser is back within five seconds of a server restart. */
const LONGEST_BACKOFF_MS = 2000;
/** A change that the server has not acknowledged for so long means that the line is dead, whatever the socket says. */
const SILENCE_MS = 8000;
const SYNC = 0;
const AUTH = 2;

export interface SessionStatus {
  readonly connected: boolean;
  /** The document on this page has been complete at least once. */
  readonly loaded: boolean;
  readonly saved: boolean;
  readonly unsaved: number;
  readonly mayWrite: boolean;
  readonly refusal: Refusal | null;
  /** Words that the server refused or never got, kept for copying. */
  readonly lostWords: string;
  /** Changes that the server refused or never got, deletions included. */
  readonly lostChanges: number;
}

export interface SessionEvents {
  /** Anything in `status` may have changed. */
  status(): void;
  /** The document is about to change from elsewhere. */
  beforeRemote(): void;
  /** A document became complete; editors (re)bind to `session.doc`. */
  loaded(): void;
}

interface Line {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly provider: WebsocketProvider;
  readonly ledger: SaveLedger;
  loaded: boolean;
  /** This connection got as far as a complete document. */
  synced: boolean;
}

export class TextSession {
  readonly #listeners = new Set<SessionEvents>();
  readonly layer: Layer;
  readonly #address: string;
  readonly #text: string;
  #line: Line;
  #mayWrite: boolean;
  #refusal: Refusal | null = null;
  #lostWords = "";
  #lostChanges = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, text: string, mayWrite: boolean) {
    this.#address = address;
    this.#text = text;
    this.#mayWrite = mayWrite;
    this.layer = new Layer(text);
    this.#line = this.#open();
    addEventListener("offline", this.#redial);
    addEventListener("online", this.#redial);
    addEventListener("beforeunload", this.#warn);
  }

  get text(): string {
    return this.#text;
  }

  get doc(): Y.Doc {
    return this.#line.doc;
  }

  get awareness(): Awareness {
    return this.#line.awareness;
  }

  get status(): SessionStatus {
    const { doc, provider, ledger, loaded } = this.#line;
    return {
      connected: provider.wsconnected && provider.synced,
      loaded,
      saved: ledger.isSaved(doc.clientID, Y.getState(doc.store, doc.clientID)),
      unsaved: ledger.unsaved,
      mayWrite: this.#mayWrite,
      refusal: this.#refusal,
      lostWords: this.#lostWords,
      lostChanges: this.#lostChanges,
    };
  }

  /** Call back on every change of status; returns the function that stops it. */
  listen(events: SessionEvents): () => void {
    this.#listeners.add(events);
    return () => this.#listeners.delete(events);
  }

  /** Take the rights that the page was rendered with; the socket is opened anew so that the server judges them too. */
  setMayWrite(mayWrite: boolean): void {
    if (mayWrite !== this.#mayWrite) {
      this.#refusal = null;
      this.#restart(mayWrite);
    } else if (this.#refusal !== null) {
      this.retry();
    }
  }

  /** Connect again after a refusal that the person can mend, such as signing in again; nothing unsaved is dropped. */
  retry(): void {
    this.#refusal = null;
    this.#line.provider.connect();
    this.#tell("status");
  }

  /** Forget the words that could not be saved, once the person has copied them. */
  forgetLost(): void {
    this.#lostWords = "";
    this.#lostChanges = 0;
    this.#tell("status");
  }

  destroy(): void {
    clearTimeout(this.#silence);
    removeEventListener("offline", this.#redial);
    removeEventListener("online", this.#redial);
    removeEventListener("beforeunload", this.#warn);
    this.#listeners.clear();
    this.layer.destroy();
    this.#close();
  }

  #open(): Line {
    const doc = new Y.Doc();
    const awareness = new Awareness(doc);
    const ledger = new SaveLedger();
    const socket = watchedWebSocket({
      mayWrite: this.#mayWrite,
      get client() {
        return doc.clientID;
      },
      documentMessageSent: (kind: DocumentMessage) => {
        ledger.sent(kind);
        this.#expectAnswer();
        this.#tell("status");
      },
    });
    const shouldReconnect = (event: CloseEvent): boolean => refusalOf(event.code) === null;
    const options = { awareness, connect: false, disableBc: true, maxBackoffTime: LONGEST_BACKOFF_MS, shouldReconnect, WebSocketPolyfill: socket };
    // The ledger listens before the provider does: a change is noted, then sent.
    doc.on("update", (_update: Uint8Array, origin: unknown) => {
      if (origin === provider || !this.#mayWrite) return;
      ledger.changed();
      this.#tell("status");
    });
    const provider = new WebsocketProvider(this.#address, this.#text, doc, options);
    const line = { doc, awareness, provider, ledger, loaded: false, synced: false };
    this.#follow(line);
    provider.connect();
    return line;
  }

  #follow(line: Line): void {
    const { provider, ledger } = line;
    provider.messageHandlers[STORED] = (_encoder: unknown, decoder: decoding.Decoder) => {
      ledger.stored(readStored(decoder));
      if (this.status.saved) clearTimeout(this.#silence);
      else this.#expectAnswer();
      this.#tell("status");
    };
    const sync = provider.messageHandlers[SYNC];
    provider.messageHandlers[SYNC] = (encoder, decoder, from, emitSynced, type) => {
      this.#tell("beforeRemote");
      sync?.(encoder, decoder, from, emitSynced, type);
    };
    // The close code that follows says the same, and the provider would print to the console.
    provider.messageHandlers[AUTH] = () => undefined;
    provider.on("status", ({ status }) => {
      if (status !== "connected") ledger.disconnected();
      if (status === "connecting") line.synced = false;
      this.#tell("status");
    });
    provider.on("sync", (synced: boolean) => {
      if (synced) line.synced = true;
      if (synced && line.loaded) this.layer.refresh(); // rows may have changed while the line was down
      if (synced && !line.loaded) {
        line.loaded = true;
        this.#tell("loaded");
      }
      this.#tell("status");
    });
    provider.on("closed", ({ code }) => { this.#refused(refusalOf(code) ?? "rights"); });
  }

  #refused(refusal: Refusal): void {
    this.#refusal = refusal;
    const withdrawn = refusal === "rights" || refusal === "frozen";
    if (withdrawn && this.#mayWrite) {
      this.#restart(false);
      return;
    }
    if (refusal === "unacceptable") this.#keepLost();
    // Everybody's socket is closed when a text is frozen; those who only read come back at once, unless they are refused again.
    if (withdrawn && this.#line.synced) this.#line.provider.connect();
    this.#tell("status");
  }

  #restart(mayWrite: boolean): void {
    this.#keepLost();
    this.#close();
    this.#mayWrite = mayWrite;
    this.#line = this.#open();
    this.#tell("status");
  }

  #keepLost(): void {
    const { doc, ledger } = this.#line;
    if (ledger.unsaved === 0) return;
    const words = unsavedWords(doc, doc.clientID, ledger.storedClock(doc.clientID));
    this.#lostWords = [this.#lostWords, words].filter((part) => part !== "").join("\n");
    this.#lostChanges += ledger.unsaved;
  }

  #close(): void {
    const { doc, awareness, provider } = this.#line;
    provider.destroy();
    awareness.destroy();
    doc.destroy();
  }

  #expectAnswer(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (!this.status.saved) this.#redial();
    }, SILENCE_MS);
  }

  readonly #redial = (): void => {
    const { provider } = this.#line;
    if (!provider.shouldConnect) return;
    provider.disconnect();
    provider.connect();
  };

  readonly #warn = (event: BeforeUnloadEvent): void => {
    if (this.#line.ledger.unsaved > 0 || this.#lostChanges > 0) event.preventDefault();
  };

  #tell(event: keyof SessionEvents): void {
    for (const listener of [...this.#listeners]) listener[event]();
  }
}
