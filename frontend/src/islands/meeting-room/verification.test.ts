import { describe, expect, test } from "vitest";
import type { Commit, Reveal } from "./protocol";
import { codeOf, commitmentTo, Verification } from "./verification";

type Message = Commit | Reveal;
/** What the server does with a message on its way: pass it (perhaps changed), or hold it back (null). */
type Wire = (from: string, to: string, message: Message) => Message | null;

const FINGERPRINTS: Record<string, string> = { a: "a1".repeat(32), b: "b2".repeat(32), c: "c3".repeat(32), m: "99".repeat(32) };

/** A room whose server may be hostile: `wire` sees every message, `links` says what the browsers enforce. */
class Room {
  readonly people = new Map<string, Verification>();
  readonly sent: { from: string; to: string; message: Message }[] = [];
  wire: Wire = (_from, _to, message) => message;

  add(id: string): Verification {
    const person = new Verification(fingerprintOf(id), (to, message) => this.carry(id, to, message));
    this.people.set(id, person);
    return person;
  }

  carry(from: string, to: string, message: Message): void {
    this.sent.push({ from, to, message });
    const passed = this.wire(from, to, message);
    if (passed) this.people.get(to)?.receive(from, passed);
  }

  /** Tell everybody who is there, as an honest server does, and connect them. */
  async seat(...ids: string[]): Promise<void> {
    for (const id of ids) {
      const others = ids.filter((other) => other !== id);
      this.people.get(id)?.setRoster(id, others);
      for (const other of others) this.people.get(id)?.setLinkFingerprint(other, fingerprintOf(other));
    }
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) for (const person of this.people.values()) await person.settled();
  }

  code(id: string): string | null {
    const state = this.people.get(id)?.state;
    return state?.phase === "code" ? state.code : null;
  }

  phase(id: string): string | undefined {
    return this.people.get(id)?.state.phase;
  }
}

function fingerprintOf(id: string): string {
  return FINGERPRINTS[id] ?? "";
}

function roomOf(...ids: string[]): Room {
  const room = new Room();
  for (const id of ids) room.add(id);
  return room;
}

describe("with an honest server", () => {
  test("somebody alone has nothing to compare", async () => {
    const room = roomOf("a");
    await room.seat("a");
    expect(room.phase("a")).toBe("alone");
  });

  test("everybody sees one code of twelve digits", async () => {
    const room = roomOf("a", "b", "c");
    await room.seat("a", "b", "c");
    expect(room.code("a")).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect([room.code("b"), room.code("c")]).toEqual([room.code("a"), room.code("a")]);
  });

  test("a join and a leave each give a new code, not compared", async () => {
    const room = roomOf("a", "b", "c");
    await room.seat("a", "b");
    const two = room.code("a") ?? "";
    room.people.get("a")?.markCompared(two);
    expect(room.people.get("a")?.state).toEqual({ phase: "code", code: two, compared: true });
    await room.seat("a", "b", "c");
    const three = room.code("a");
    expect(room.people.get("a")?.state).toEqual({ phase: "code", code: three, compared: false });
    await room.seat("a", "b");
    expect(new Set([two, three, room.code("a")]).size).toBe(3);
    expect(room.code("b")).toBe(room.code("a"));
  });

  test("a mark for another code than the one shown does not count", async () => {
    const room = roomOf("a", "b");
    await room.seat("a", "b");
    room.people.get("a")?.markCompared("0000 0000 0000");
    expect(room.people.get("a")?.state).toMatchObject({ compared: false });
  });

  test("people who hear of a newcomer at different times still agree", async () => {
    const room = roomOf("a", "b", "c");
    await room.seat("a", "b");
    for (const id of ["c", "a", "b"]) {
      room.people.get(id)?.setRoster(id, ["a", "b", "c"].filter((other) => other !== id));
      await room.settle();
      expect(room.code("a")).toBe(id === "b" ? room.code("c") : id === "c" ? room.code("b") : null);
    }
    for (const id of ["a", "b", "c"]) {
      for (const other of ["a", "b", "c"]) if (other !== id) room.people.get(id)?.setLinkFingerprint(other, fingerprintOf(other));
    }
    await room.settle();
    expect(room.code("a")).toMatch(/\d/);
    expect([room.code("b"), room.code("c")]).toEqual([room.code("a"), room.code("a")]);
  });

  test("no code is shown before every link was seen", async () => {
    const room = roomOf("a", "b");
    room.people.get("a")?.setRoster("a", ["b"]);
    room.people.get("b")?.setRoster("b", ["a"]);
    await room.settle();
    expect(room.phase("a")).toBe("exchanging");
    room.people.get("a")?.setLinkFingerprint("b", fingerprintOf("b"));
    await room.settle();
    expect(room.phase("a")).toBe("code");
  });
});

describe("commit, then reveal", () => {
  test("nobody reveals while a commitment is missing", async () => {
    const room = roomOf("a", "b", "c");
    room.wire = (from, to, message) => (message.kind === "commit" && from === "c" && to === "a" ? null : message);
    await room.seat("a", "b", "c");
    expect(room.sent.filter(({ from, message }) => from === "a" && message.kind === "reveal")).toEqual([]);
    expect(room.phase("a")).toBe("exchanging");
  });

  test("every round draws a new nonce", async () => {
    const room = roomOf("a", "b");
    await room.seat("a", "b");
    await room.seat("a", "b");
    const nonces = room.sent.flatMap(({ from, message }) => (from === "a" && message.kind === "reveal" ? [message.nonce] : []));
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(nonces.length).toBeGreaterThan(1);
  });

  test("a reveal of an earlier round is not taken", async () => {
    const room = roomOf("a", "b");
    const held: Message[] = [];
    room.wire = (from, _to, message) => {
      if (from !== "b" || message.kind !== "reveal" || held.length > 0) return message;
      held.push(message);
      return null;
    };
    await room.seat("a", "b");
    expect(room.phase("a")).toBe("exchanging");
    await room.seat("a", "b");
    const code = room.code("a");
    for (const late of held) room.people.get("a")?.receive("b", late);
    await room.settle();
    expect(code).toMatch(/\d/);
    expect(room.code("a")).toBe(code);
  });
});

describe("with a hostile server", () => {
  /** The middle-man keeps an honest protocol with each side, as somebody else to each, with its own certificate. */
  async function swapped(): Promise<[string, string]> {
    const [left, right] = [roomOf("a"), roomOf("b")];
    for (const [room, victim, mask] of [[left, "a", "b"], [right, "b", "a"]] as const) {
      const middle = new Verification(fingerprintOf("m"), (to, message) => room.carry(mask, to, message));
      room.people.set(mask, middle);
      for (const [id, other] of [[victim, mask], [mask, victim]] as const) room.people.get(id)?.setRoster(id, [other]);
      room.people.get(victim)?.setLinkFingerprint(mask, fingerprintOf("m"));
      middle.setLinkFingerprint(victim, fingerprintOf(victim));
      await room.settle();
    }
    return [left.code("a") ?? "", right.code("b") ?? ""];
  }

  test("fingerprints swapped on both sides give each side another code", async () => {
    const [paris, london] = await swapped();
    expect(paris).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(london).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(paris).not.toBe(london);
  });

  test("fingerprints swapped in the descriptions only are refused", async () => {
    const room = roomOf("a", "b");
    await room.seat("a", "b");
    room.people.get("a")?.setLinkFingerprint("b", fingerprintOf("m"));
    await room.settle();
    expect(room.people.get("a")?.state).toEqual({ phase: "failed", peer: "b" });
  });

  test("a link whose fingerprint cannot be told is refused", async () => {
    const room = roomOf("a", "b");
    await room.seat("a", "b");
    room.people.get("a")?.setLinkFingerprint("b", null);
    await room.settle();
    expect(room.phase("a")).toBe("failed");
  });

  test.each<[string, (reveal: Reveal) => Partial<Reveal>]>([
    ["another fingerprint", () => ({ fingerprint: "99".repeat(32) })],
    ["another nonce", () => ({ nonce: "99".repeat(32) })],
    ["another border", ({ fingerprint, nonce }) => ({ fingerprint: fingerprint + nonce.slice(0, 2), nonce: nonce.slice(2) })],
  ])("a reveal with %s than was committed is refused", async (_name, change) => {
    const room = roomOf("a", "b");
    room.wire = (from, _to, message) =>
      from === "b" && message.kind === "reveal" ? { ...message, ...change(message) } : message;
    await room.seat("a", "b");
    expect(room.phase("a")).toBe("failed");
  });

  test("a commitment changed within a round is refused", async () => {
    const room = roomOf("a", "b");
    await room.seat("a", "b");
    const commit = room.sent.findLast(({ from, message }) => from === "b" && message.kind === "commit")?.message as Commit;
    room.people.get("a")?.receive("b", { ...commit, commitment: await commitmentTo(fingerprintOf("m"), "00".repeat(32)) });
    await room.settle();
    expect(room.phase("a")).toBe("failed");
  });

  test("a failure is not wiped away by a new round", async () => {
    const room = roomOf("a", "b", "c");
    await room.seat("a", "b");
    room.people.get("a")?.setLinkFingerprint("b", fingerprintOf("m"));
    await room.settle();
    await room.seat("a", "b", "c");
    expect(room.phase("a")).toBe("failed");
  });

  test("somebody shown to one side only leaves the other without a code", async () => {
    const room = roomOf("a", "b", "c");
    room.people.get("a")?.setRoster("a", ["b"]);
    room.people.get("a")?.setLinkFingerprint("b", fingerprintOf("b"));
    for (const [id, others] of [["b", ["a", "c"]], ["c", ["a", "b"]]] as const) room.people.get(id)?.setRoster(id, others);
    await room.settle();
    expect(room.phase("a")).toBe("exchanging");
  });
});

test("the code does not depend on the order of the participants, and hangs on every digit", async () => {
  const [one, two] = [
    { fingerprint: "1".repeat(64), nonce: "2".repeat(64) },
    { fingerprint: "3".repeat(64), nonce: "4".repeat(64) },
  ];
  expect(await codeOf([one, two])).toBe(await codeOf([two, one]));
  expect(await codeOf([one, two])).not.toBe(await codeOf([one, { ...two, nonce: `${"4".repeat(63)}5` }]));
});
