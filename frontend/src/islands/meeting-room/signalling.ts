/**
 * The room's socket: takes the seat, says who is there, carries relays to one named peer, and finds its way back.
 * After a lost connection everything begins again with a new `welcome`; after a refusal it is over.
 *
 *     idle → connecting → open → lost → connecting …        any → ended (left, or refused by the server)
 */
import { Emitter } from "./emitter";
import { type FromServer, type Refusal, type Relay, refusalOf, type ToServer, type Welcome } from "./protocol";
import type { Participant } from "./room";

export type SignallingState = "idle" | "connecting" | "open" | "lost" | "ended";

export interface SignallingEvents {
  welcome: Welcome;
  joined: Participant;
  left: string;
  relay: { from: string; body: Relay };
  state: SignallingState;
  refused: Refusal;
}

/** The server does not let this person in, or no longer. */
export class RoomRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 2000;
const PING_EVERY_MS = 8000;
const ANSWER_WITHIN_MS = 4000;

type Timer = ReturnType<typeof setTimeout>;

export class Signalling {
  readonly events = new Emitter<SignallingEvents>();
  /** How many seats the room has; known once it was found full. */
  seats = 0;
  #state: SignallingState = "idle";
  #socket: WebSocket | null = null;
  #delay = FIRST_DELAY_MS;
  #retry: Timer | undefined;
  #heartbeat: Timer | undefined;
  #overdue: Timer | undefined;

  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  get state(): SignallingState {
    return this.#state;
  }

  /** Connect and take a seat; keeps trying while the server cannot be reached, rejects when it refuses. */
  join(): Promise<void> {
    this.#connect();
    return new Promise((resolve, reject) => {
      const off = [
        this.events.on("welcome", () => finish(resolve)),
        this.events.on("refused", (refusal) => finish(() => reject(new RoomRefused(refusal)))),
      ];
      function finish(settle: () => void): void {
        for (const stop of off) stop();
        settle();
      }
    });
  }

  leave(): void {
    this.#end();
  }

  relay(to: string, body: Relay): void {
    this.#send({ type: "relay", to, body });
  }

  /** The network or the page is back: look at once instead of waiting for a timer. */
  wake(): void {
    if (this.#state === "lost") this.#connect();
    else if (this.#state === "open") this.#ping();
  }

  #connect(): void {
    this.#stopTimers();
    this.#setState("connecting");
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#expectAnswer();
    socket.onopen = () => this.#send({ type: "join" });
    socket.onmessage = ({ data }: MessageEvent<string>) => this.#take(JSON.parse(data) as FromServer);
    socket.onclose = ({ code }) => this.#closed(refusalOf(code));
  }

  #take(message: FromServer): void {
    clearTimeout(this.#overdue);
    if (message.type === "welcome") this.#welcome(message);
    else if (message.type === "joined") this.events.emit("joined", message.participant);
    else if (message.type === "left") this.events.emit("left", message.peer);
    else if (message.type === "relay") this.events.emit("relay", message);
    else if (message.type === "full") this.seats = message.seats;
  }

  #welcome(message: Welcome): void {
    this.#delay = FIRST_DELAY_MS;
    this.#heartbeat = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#setState("open");
    this.events.emit("welcome", message);
  }

  #ping(): void {
    this.#send({ type: "ping" });
    this.#expectAnswer();
  }

  /** A connection that nobody hung up is noticed by silence only. */
  #expectAnswer(): void {
    clearTimeout(this.#overdue);
    this.#overdue = setTimeout(() => this.#closed(null), ANSWER_WITHIN_MS);
  }

  #closed(refusal: Refusal | null): void {
    if (refusal) {
      this.#end();
      return this.events.emit("refused", refusal);
    }
    this.#hangUp();
    this.#setState("lost");
    this.#retry = setTimeout(() => this.#connect(), this.#delay * (0.75 + Math.random() / 2));
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
  }

  #end(): void {
    this.#hangUp();
    this.#setState("ended");
  }

  #hangUp(): void {
    this.#stopTimers();
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #stopTimers(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#heartbeat);
    clearTimeout(this.#overdue);
  }

  #send(message: ToServer): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #setState(state: SignallingState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.events.emit("state", state);
  }
}
