import { expect, test } from "vitest";
import type { DocumentMessage } from "./protocol";
import { watchedWebSocket } from "./watched-socket";

const STEP_1 = new Uint8Array([0, 0, 1, 0]);
const STEP_2 = new Uint8Array([0, 1, 3, 1, 2, 3]);
const UPDATE = new Uint8Array([0, 2, 3, 1, 2, 3]);
const MINE = new Uint8Array([1, 4, 1, 7, 1, 0]);
const THEIRS = new Uint8Array([1, 4, 1, 9, 1, 0]);

class Wire {
  readonly sent: unknown[] = [];
  send(data: unknown): void {
    this.sent.push(data);
  }
}

function sendAll(mayWrite: boolean): { sent: unknown[]; counted: DocumentMessage[] } {
  const counted: DocumentMessage[] = [];
  const watch = { mayWrite, client: 7, documentMessageSent: (kind: DocumentMessage) => counted.push(kind) };
  const Socket = watchedWebSocket(watch, Wire as unknown as typeof WebSocket);
  const socket = new Socket("ws://localhost");
  for (const message of [STEP_1, MINE, THEIRS, STEP_2, UPDATE]) socket.send(message);
  return { sent: (socket as unknown as Wire).sent, counted };
}

test("a writer's document messages are sent and counted", () => {
  expect(sendAll(true)).toEqual({ sent: [STEP_1, MINE, STEP_2, UPDATE], counted: ["step2", "update"] });
});

test("a reader sends an empty step 2 and no update", () => {
  expect(sendAll(false)).toEqual({ sent: [STEP_1, MINE, new Uint8Array([0, 1, 2, 0, 0])], counted: [] });
});
