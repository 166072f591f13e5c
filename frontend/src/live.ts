/**
 * The live socket: the page names the topics it shows (`data-live="coalition meeting:…"`), the server says which one
 * changed, and the body hears `live:<topic>`; fragments then fetch themselves (`hx-trigger="live:coalition from:body"`).
 * The server is told when the page was made, and names what changed since then; after a lost connection, everything.
 */
import { pageMade, serverNow } from "./clock";

export type LiveState = "in-step" | "lost" | "signed-out";

const DELAYS = [300, 600, 1000, 2000, 3000, 4000]; // milliseconds: nobody is out of step for five seconds
const SIGNED_OUT = 4401;
const MOST_TOPICS = 50; // in one message, the server's limit
const SWAP_SECONDS = 30; // no fragment that brings a new topic was made longer ago than its request may last
const GATHER = 10; // milliseconds in which the topics of one act arrive
const BEAT = 5_000;
const ASLEEP = 30_000; // a beat so late means that the computer slept, and the socket may be dead without knowing

export class Live {
  readonly #url: string;
  readonly #tell: (...signals: string[]) => void;
  #socket: WebSocket | undefined;
  #followed = new Set<string>();
  #unheard = new Set<string>();
  #since = pageMade();
  #attempts = 0;
  #retry = 0;
  #gathering = 0;
  #pulse = 0;
  #lastBeat = 0;

  constructor(url: string, tell: (...signals: string[]) => void) {
    this.#url = url;
    this.#tell = tell;
  }

  start(): void {
    document.addEventListener("visibilitychange", this.#tellUnheard);
    window.addEventListener("online", this.#connectNow);
    this.#lastBeat = Date.now();
    this.#pulse = window.setInterval(this.#beat, BEAT);
    this.#connectNow();
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.#tellUnheard);
    window.removeEventListener("online", this.#connectNow);
    window.clearInterval(this.#pulse);
    window.clearTimeout(this.#retry);
    this.#drop();
  }

  /** Follows the topics that the page shows now; call it after each swap. */
  follow(since = serverNow() / 1000 - SWAP_SECONDS): void {
    const fresh = topicsOfPage().filter((topic) => !this.#followed.has(topic));
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    for (let from = 0; from < fresh.length; from += MOST_TOPICS) {
      this.#socket.send(JSON.stringify({ follow: fresh.slice(from, from + MOST_TOPICS), since }));
    }
    for (const topic of fresh) this.#followed.add(topic);
  }

  #connectNow = (): void => {
    window.clearTimeout(this.#retry);
    this.#drop();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#opened();
    };
    socket.onmessage = ({ data }) => {
      this.#changed(changedTopic(data));
    };
    socket.onclose = ({ code }) => {
      this.#closed(code);
    };
  };

  #opened(): void {
    this.#attempts = 0;
    this.follow(this.#since);
    this.#since = 0;
    announceState("in-step");
  }

  #closed(code: number): void {
    this.#followed.clear();
    announceState(code === SIGNED_OUT ? "signed-out" : "lost");
    if (code === SIGNED_OUT) return;
    const delay = DELAYS[Math.min(this.#attempts++, DELAYS.length - 1)] ?? 0;
    this.#retry = window.setTimeout(this.#connectNow, delay * (0.8 + 0.2 * Math.random()));
  }

  #drop(): void {
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = undefined;
    this.#followed.clear();
  }

  #changed(topic: string | undefined): void {
    if (!topic) return;
    this.#unheard.add(topic);
    this.#gathering ||= window.setTimeout(this.#tellUnheard, GATHER);
  }

  #tellUnheard = (): void => {
    this.#gathering = 0;
    if (document.hidden) return;
    const topics = [...this.#unheard];
    this.#unheard.clear();
    this.#tell(...topics.map((topic) => `live:${topic}`));
  };

  #beat = (): void => {
    const late = Date.now() - this.#lastBeat > ASLEEP;
    this.#lastBeat = Date.now();
    if (late) this.#connectNow();
  };
}

export function topicsOfPage(): string[] {
  const named = [...document.querySelectorAll<HTMLElement>("[data-live]")];
  return [...new Set(named.flatMap((element) => (element.dataset["live"] ?? "").split(/\s+/).filter(Boolean)))];
}

function changedTopic(data: unknown): string | undefined {
  const message: unknown = typeof data === "string" ? JSON.parse(data) : undefined;
  const topic = (message as { changed?: unknown } | undefined)?.changed;
  return typeof topic === "string" ? topic : undefined;
}

function announceState(state: LiveState): void {
  document.dispatchEvent(new CustomEvent<LiveState>("live-state", { detail: state }));
}
