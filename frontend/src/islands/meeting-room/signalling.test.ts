import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FromServer } from "./protocol";
import { RoomRefused, Signalling, type SignallingState } from "./signalling";

/** The browser's socket, played by hand. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  readonly sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(message: FromServer): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  drop(code: number): void {
    this.onclose?.({ code });
  }
}

const identity = { delegate: "d", name: "n", member: "FR", names: {}, capacity: "head" };
const WELCOME: FromServer = { type: "welcome", self: { id: "me", identity }, others: [], iceServers: [] };

function last(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket");
  return socket;
}

function start(): { signalling: Signalling; states: SignallingState[]; joining: Promise<void> } {
  const signalling = new Signalling("ws://localhost/room");
  const states: SignallingState[] = [];
  signalling.events.on("state", (state) => states.push(state));
  return { signalling, states, joining: signalling.join() };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe("signalling", () => {
  test("asks for a seat, and has joined when it is welcomed", async () => {
    const { states, joining } = start();
    last().open();
    expect(last().sent).toEqual([{ type: "join" }]);
    last().say(WELCOME);
    await joining;
    expect(states).toEqual(["connecting", "open"]);
  });

  test("a lost connection is made again within five seconds, and welcomed anew", () => {
    const { signalling, states } = start();
    const welcomes = vi.fn();
    signalling.events.on("welcome", welcomes);
    last().open();
    last().say(WELCOME);
    last().drop(1012);
    for (let second = 0; second < 20; second++) {
      vi.advanceTimersByTime(1000);
      if (FakeSocket.all.at(-1)?.onclose) last().drop(1006); // the server is still down
    }
    const tries = FakeSocket.all.length;
    let waited = 0;
    for (; FakeSocket.all.length === tries; waited += 100) vi.advanceTimersByTime(100);
    expect(waited).toBeLessThan(5000);
    last().open();
    last().say(WELCOME);
    expect(states.at(-1)).toBe("open");
    expect(welcomes).toHaveBeenCalledTimes(2);
  });

  test.each([
    [4401, "signed-out"],
    [4403, "not-allowed"],
    [4404, "unknown"],
    [4409, "closed"],
    [4410, "elsewhere"],
    [4423, "full"],
  ])("code %i is a refusal (%s), and nothing is tried again", async (code, refusal) => {
    const { states, joining } = start();
    const refused = expect(joining).rejects.toEqual(new RoomRefused(refusal as "full"));
    last().open();
    last().drop(code);
    await refused;
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(states.at(-1)).toBe("ended");
  });

  test.each([1001, 1006, 1009, 1012, 4408, 4429])("code %i is a lost connection", (code) => {
    const { states } = start();
    last().open();
    last().say(WELCOME);
    last().drop(code);
    expect(states.at(-1)).toBe("lost");
  });

  test("says how many seats a full room has", () => {
    const { signalling, joining } = start();
    joining.catch(() => undefined);
    last().open();
    last().say({ type: "full", seats: 6 });
    last().drop(4423);
    expect(signalling.seats).toBe(6);
  });

  test("silence after a ping is a lost connection", () => {
    const { states } = start();
    last().open();
    last().say(WELCOME);
    vi.advanceTimersByTime(8000);
    expect(last().sent.at(-1)).toEqual({ type: "ping" });
    last().say({ type: "pong" });
    vi.advanceTimersByTime(7900);
    expect(states.at(-1)).toBe("open");
    vi.advanceTimersByTime(4200);
    expect(states.at(-1)).toBe("lost");
  });

  test("waking tries at once", () => {
    const { signalling } = start();
    last().open();
    last().say(WELCOME);
    last().drop(1006);
    signalling.wake();
    expect(FakeSocket.all).toHaveLength(2);
  });

  test("leaving ends it for good, and later calls say nothing", () => {
    const { signalling, states } = start();
    last().open();
    last().say(WELCOME);
    signalling.leave();
    signalling.relay("peer", { kind: "subscribe", source: "mic", wanted: true });
    signalling.wake();
    vi.advanceTimersByTime(60_000);
    expect([FakeSocket.all.length, states.at(-1), last().sent.length]).toEqual([1, "ended", 1]);
  });
});
