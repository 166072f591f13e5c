import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Signals } from "./signals";
import { Live, topicsOfPage, type LiveState } from "./live";

class FakeSocket {
  static OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  send(data: string): void {
    this.sent.push(data);
  }
  close(): void {
    this.readyState = 3;
  }
  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  ends(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

let live: Live;
let heard: string[];
let states: LiveState[];
function newest(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("No socket was opened.");
  return socket;
}

function hear(topic: string): void {
  document.body.addEventListener(`live:${topic}`, () => heard.push(topic));
}
function noteState(event: Event): void {
  states.push((event as CustomEvent<LiveState>).detail);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  document.head.innerHTML = '<meta name="server-time" content="1752152400.5">';
  document.body.replaceWith(document.createElement("body"));
  document.body.innerHTML = '<p data-live="coalition meeting:1"></p><p data-live="coalition"></p>';
  heard = [];
  states = [];
  hear("coalition");
  hear("meeting:1");
  document.addEventListener("live-state", noteState);
  live = new Live("ws://test/live/", new Signals().tell);
  live.start();
});
afterEach(() => {
  live.stop();
  document.removeEventListener("live-state", noteState);
});

test("it follows each topic of the page once, and says when the page was made", () => {
  newest().opens();
  expect(topicsOfPage()).toEqual(["coalition", "meeting:1"]);
  expect(newest().sent).toEqual(['{"follow":["coalition","meeting:1"],"since":1752152400.5}']);
});

test("changes that come shortly after one another are told together, each once", () => {
  const told = vi.fn();
  live.stop();
  live = new Live("ws://test/live/", told);
  live.start();
  newest().opens();
  for (const topic of ["meeting:1", "coalition", "meeting:1"]) {
    newest().onmessage?.({ data: JSON.stringify({ changed: topic }) });
    vi.advanceTimersByTime(3);
  }
  vi.advanceTimersByTime(3);
  expect(told.mock.calls).toEqual([["live:meeting:1", "live:coalition"]]);
});

test("a topic that a swap brings is followed too", () => {
  newest().opens();
  document.body.insertAdjacentHTML("beforeend", '<p data-live="text:2"></p>');
  live.follow();
  live.follow();
  expect(newest().sent.slice(1)).toEqual([JSON.stringify({ follow: ["text:2"], since: Date.now() / 1000 - 30 })]);
});

test("it names no more topics in one message than the server takes", () => {
  document.body.innerHTML = `<p data-live="${Array.from({ length: 51 }, (_, n) => `text:${n}`).join(" ")}"></p>`;
  newest().opens();
  expect(newest().sent.map((message) => (JSON.parse(message) as { follow: string[] }).follow.length)).toEqual([50, 1]);
});

test("it comes back within a second, and asks for everything again", () => {
  newest().opens();
  newest().ends();
  expect(states).toEqual(["in-step", "lost"]);
  vi.advanceTimersByTime(300);
  expect(FakeSocket.all.length).toBe(2);
  newest().opens();
  expect(newest().sent).toEqual(['{"follow":["coalition","meeting:1"],"since":0}']);
  expect(states).toEqual(["in-step", "lost", "in-step"]);
});

test("it keeps trying, never more than five seconds apart", () => {
  const tries: number[] = [];
  for (let n = 0; n < 12; n++) {
    const before = Date.now();
    newest().ends();
    vi.advanceTimersToNextTimer();
    while (FakeSocket.all.length < n + 2) vi.advanceTimersToNextTimer();
    tries.push(Date.now() - before);
  }
  expect(Math.max(...tries)).toBeLessThan(5000);
  expect(Math.max(...tries.slice(0, 3))).toBeLessThanOrEqual(1000);
});

test("it tries at once when the network is back", () => {
  newest().ends();
  window.dispatchEvent(new Event("online"));
  expect(FakeSocket.all.length).toBe(2);
});

test("it gives up when the server says that nobody is signed in", () => {
  newest().opens();
  newest().ends(4401);
  vi.advanceTimersByTime(60_000);
  expect(states.at(-1)).toBe("signed-out");
  expect(FakeSocket.all.length).toBe(1);
});

test("a hidden page hears of a change when it is looked at again, once", () => {
  newest().opens();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  newest().onmessage?.({ data: '{"changed": "coalition"}' });
  vi.advanceTimersByTime(10);
  expect(heard).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(heard).toEqual(["coalition"]);
});

test("a computer that slept opens a new socket, since the old one may be dead without knowing", () => {
  newest().opens();
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(5000);
  expect(FakeSocket.all.length).toBe(2);
});

test("it is silent once stopped", () => {
  newest().opens();
  live.stop();
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all.length).toBe(1);
});
