import { describe, expect, test } from "vitest";
import { SaveLedger } from "./save-ledger";

const ME = 7;
const OTHER = 9;

/** A ledger whose handshake is done: one step 2 sent and stored. */
function settled(): SaveLedger {
  const ledger = new SaveLedger();
  ledger.sent("step2");
  ledger.stored({ clocks: new Map(), messages: 1 });
  return ledger;
}

describe("saved", () => {
  test("is not said before the handshake is stored", () => {
    const ledger = new SaveLedger();
    expect(ledger.isSaved(ME, 0)).toBe(false);
    ledger.sent("step2");
    expect(ledger.isSaved(ME, 0)).toBe(false);
    ledger.stored({ clocks: new Map(), messages: 1 });
    expect(ledger.isSaved(ME, 0)).toBe(true);
  });

  test("waits for the message that carries the change", () => {
    const ledger = settled();
    ledger.changed();
    ledger.sent("update");
    ledger.changed();
    ledger.sent("update");
    expect(ledger.unsaved).toBe(2);
    ledger.stored({ clocks: new Map([[ME, 1]]), messages: 2 });
    expect([ledger.unsaved, ledger.isSaved(ME, 2)]).toEqual([1, false]);
    ledger.stored({ clocks: new Map([[ME, 2]]), messages: 3 });
    expect([ledger.unsaved, ledger.isSaved(ME, 2)]).toEqual([0, true]);
  });

  test("waits for a deletion, which moves no clock", () => {
    const ledger = settled();
    ledger.stored({ clocks: new Map([[ME, 5]]), messages: 1 });
    expect(ledger.isSaved(ME, 5)).toBe(true);
    ledger.changed();
    ledger.sent("update");
    expect(ledger.isSaved(ME, 5)).toBe(false);
    ledger.stored({ clocks: new Map([[ME, 5]]), messages: 2 });
    expect(ledger.isSaved(ME, 5)).toBe(true);
  });

  test("is not said of a message that was counted but not kept", () => {
    const ledger = settled();
    ledger.changed();
    ledger.sent("update");
    ledger.stored({ clocks: new Map([[OTHER, 50]]), messages: 2 });
    expect(ledger.isSaved(ME, 1)).toBe(false);
  });

  test("does not believe more acknowledgements than there were messages", () => {
    const ledger = settled();
    ledger.stored({ clocks: new Map([[ME, 99]]), messages: 50 });
    ledger.changed();
    ledger.sent("update");
    expect(ledger.isSaved(ME, 1)).toBe(false);
  });
});

describe("a lost connection", () => {
  test("leaves what was sent but not stored unsaved, until the next step 2 is stored", () => {
    const ledger = settled();
    ledger.changed();
    ledger.sent("update");
    ledger.disconnected();
    ledger.changed();
    expect([ledger.unsaved, ledger.isSaved(ME, 2)]).toEqual([2, false]);
    ledger.sent("step2");
    ledger.stored({ clocks: new Map([[ME, 2]]), messages: 1 });
    expect([ledger.unsaved, ledger.isSaved(ME, 2)]).toEqual([0, true]);
  });

  test("keeps offline work unsaved when only what is typed after it is stored", () => {
    const ledger = new SaveLedger();
    ledger.changed();
    ledger.changed();
    ledger.sent("update");
    ledger.stored({ clocks: new Map([[ME, 2]]), messages: 1 });
    expect([ledger.unsaved, ledger.isSaved(ME, 2)]).toEqual([1, false]);
  });

  test("forgets the counters of the old connection", () => {
    const ledger = settled();
    ledger.disconnected();
    ledger.changed();
    ledger.sent("step2");
    expect(ledger.isSaved(ME, 0)).toBe(false);
  });
});

test("clocks are merged by maximum, so a partial vector takes nothing back", () => {
  const ledger = settled();
  ledger.stored({ clocks: new Map([[ME, 8]]), messages: 1 });
  ledger.stored({ clocks: new Map([[OTHER, 3]]), messages: 1 });
  ledger.stored({ clocks: new Map([[ME, 5]]), messages: 1 });
  expect([ledger.storedClock(ME), ledger.storedClock(OTHER), ledger.storedClock(1)]).toEqual([8, 3, 0]);
});
