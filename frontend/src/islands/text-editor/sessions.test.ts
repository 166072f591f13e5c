import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { acquireSession, releaseSession } from "./sessions";
import { LineToServer, TextServer } from "./testing-server";

const ADDRESS = "ws://localhost/texts/sync";
let server: TextServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new TextServer();
  LineToServer.server = server;
  vi.stubGlobal("WebSocket", LineToServer);
});

afterEach(() => {
  vi.useRealTimers();
});

async function settle(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

test("an editor that is swapped finds the same document again", async () => {
  const before = acquireSession(ADDRESS, "swapped", true);
  await settle();
  releaseSession(ADDRESS, "swapped");
  await settle(500);
  const after = acquireSession(ADDRESS, "swapped", true);
  await settle(5000);
  expect(after).toBe(before);
  expect(server.calls).toBe(1);
});

test("a session without editors closes, and the next editor gets a new one", async () => {
  const before = acquireSession(ADDRESS, "left", true);
  await settle();
  releaseSession(ADDRESS, "left");
  await settle(2000);
  expect(server.lines.at(-1)?.readyState).toBe(3);
  expect(acquireSession(ADDRESS, "left", true)).not.toBe(before);
});

test("a session without editors stays until what was written in it is saved", async () => {
  const session = acquireSession(ADDRESS, "unsaved", true);
  await settle();
  server.isUp = false;
  server.close(1006);
  session.doc.getText("en").insert(0, "last words");
  releaseSession(ADDRESS, "unsaved");
  await settle(30_000);
  server.isUp = true;
  await settle(5000);
  expect(server.doc.getText("en").toJSON()).toBe("last words");
  server.acknowledge();
  await settle(2000);
  expect(server.lines.at(-1)?.readyState).toBe(3);
});
