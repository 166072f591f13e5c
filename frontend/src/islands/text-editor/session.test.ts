import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type * as Y from "yjs";
import { TextSession } from "./session";
import { LineToServer, TextServer } from "./testing-server";

let server: TextServer;
let session: TextSession;

beforeEach(() => {
  vi.useFakeTimers();
  server = new TextServer();
  LineToServer.server = server;
  vi.stubGlobal("WebSocket", LineToServer);
});

afterEach(() => {
  session.destroy();
  vi.useRealTimers();
});

async function open(mayWrite = true): Promise<void> {
  session = new TextSession("ws://localhost/texts/sync", "t1", mayWrite);
  await settle();
}

async function settle(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

const words = (doc: Y.Doc): string => doc.getText("en").toJSON();
const write = (text: string): void => {
  session.doc.getText("en").insert(session.doc.getText("en").length, text);
};

function unloads(): boolean {
  return window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

describe("saved", () => {
  test("is said when the server has acknowledged, not before", async () => {
    await open();
    expect(session.status).toMatchObject({ connected: true, loaded: true, saved: false, unsaved: 0 });
    server.acknowledge();
    expect(session.status.saved).toBe(true);
    write("peace");
    expect(session.status).toMatchObject({ saved: false, unsaved: 1 });
    server.acknowledge();
    expect(session.status).toMatchObject({ saved: true, unsaved: 0 });
    expect(words(server.doc)).toBe("peace");
  });

  test("is not said of a deletion before it is acknowledged", async () => {
    await open();
    write("peace");
    server.acknowledge();
    session.doc.getText("en").delete(0, 1);
    expect(session.status.saved).toBe(false);
    server.acknowledge();
    expect(session.status.saved).toBe(true);
  });

  test("does not wait for what others write", async () => {
    await open();
    server.acknowledge();
    server.write((doc) => {
      doc.getText("en").insert(0, "theirs");
    });
    expect(session.status.saved).toBe(true);
    expect(words(session.doc)).toBe("theirs");
  });
});

describe("a lost line", () => {
  test("keeps what is written, and sends it on return", async () => {
    await open();
    server.acknowledge();
    server.isUp = false;
    server.close(1012);
    write("offline words");
    session.doc.getText("en").delete(0, 3);
    expect(session.status).toMatchObject({ connected: false, saved: false, unsaved: 2 });
    expect(unloads()).toBe(false);
    server.isUp = true;
    await settle(5000);
    expect(session.status.connected).toBe(true);
    expect(words(server.doc)).toBe("line words");
    server.acknowledge();
    expect(session.status).toMatchObject({ saved: true, unsaved: 0 });
    expect(unloads()).toBe(true);
  });

  test("is noticed when the server falls silent over a change", async () => {
    await open();
    server.acknowledge();
    write("into the void");
    const first = server.lines.length;
    await settle(8000);
    expect(server.lines.length).toBe(first + 1);
  });

  test("is noticed too when the silence falls after an earlier acknowledgement", async () => {
    await open();
    write("one");
    server.isDeaf = true;
    write("two");
    server.acknowledge();
    const first = server.lines.length;
    await settle(8000);
    expect(server.lines.length).toBe(first + 1);
  });

  test("is found again within five seconds of a restart, however long it took", async () => {
    await open();
    server.isUp = false;
    server.close(1006);
    await settle(60_000);
    server.isUp = true;
    await settle(2500);
    expect(session.status.connected).toBe(true);
  });
});

describe("a refusal", () => {
  test.each([
    [4403, "rights"],
    [4409, "frozen"],
  ] as const)("%i takes the pen, keeps the unsaved words and follows as a reader", async (code, refusal) => {
    await open();
    write("saved. ");
    server.acknowledge();
    server.isDeaf = true;
    write("lost words");
    server.isDeaf = false;
    server.close(code);
    await settle(5000);
    expect(session.status).toMatchObject({ mayWrite: false, refusal, lostWords: "lost words", lostChanges: 1, connected: true });
    expect(words(session.doc)).toBe("saved. ");
    expect(unloads()).toBe(false);
    session.forgetLost();
    expect(unloads()).toBe(true);
  });

  test("a reader comes back once after everybody's line was closed, and stops when refused again", async () => {
    await open(false);
    server.close(4409);
    await settle(5000);
    expect(server.lines).toHaveLength(1);
    server.refuses = 4403;
    server.calls = 0;
    server.close(4409);
    await settle(30_000);
    expect(server.calls).toBe(1);
    expect(session.status.refusal).toBe("rights");
  });

  test("signed out: nothing is dropped, and the person reconnects by hand", async () => {
    await open();
    write("kept");
    server.close(4401);
    await settle(30_000);
    expect(server.lines).toHaveLength(0);
    expect(session.status).toMatchObject({ refusal: "signed-out", mayWrite: true });
    session.retry();
    await settle();
    server.acknowledge();
    expect(session.status).toMatchObject({ refusal: null, saved: true });
    expect(words(server.doc)).toBe("kept");
  });

  test.each([4404, 4400, 1009])("%i ends it", async (code) => {
    await open();
    server.close(code);
    await settle(30_000);
    expect(server.lines).toHaveLength(0);
  });

  test("a text that is open again is written in again", async () => {
    await open();
    server.close(4409);
    await settle();
    session.setMayWrite(true);
    await settle();
    write("again");
    expect(words(server.doc)).toBe("again");
  });
});

test("a reader sends nothing, whatever happens in their document", async () => {
  await open(false);
  write("a repair by the binding");
  await settle(100);
  expect(words(server.doc)).toBe("");
  expect(session.status.unsaved).toBe(0);
});

test("editors hear of a change before it is applied, and of a complete document once", async () => {
  const heard: string[] = [];
  session = new TextSession("ws://localhost/texts/sync", "t1", true);
  session.listen({
    status: () => undefined,
    loaded: () => heard.push("loaded"),
    beforeRemote: () => heard.push(`before ${words(session.doc)}`),
  });
  await settle();
  heard.length = 0;
  server.write((doc) => {
    doc.getText("en").insert(0, "theirs");
  });
  expect(heard).toEqual(["before "]);
});
