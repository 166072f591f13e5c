import { describe, expect, test } from "vitest";
import { ActiveSpeaker } from "./active-speaker";

/** Feed the same levels every 100 ms for `ms`, and return who speaks in the end. */
function listen(speaker: ActiveSpeaker, levels: Record<string, number>, from: number, ms: number): string | null {
  let found: string | null = null;
  for (let now = from; now <= from + ms; now += 100) found = speaker.update(new Map(Object.entries(levels)), now);
  return found;
}

describe("active speaker", () => {
  test("silence has no speaker", () => {
    expect(listen(new ActiveSpeaker(), { paris: -80, london: -100 }, 0, 3000)).toBeNull();
  });

  test("a voice counts after a moment, a cough does not", () => {
    const speaker = new ActiveSpeaker();
    expect(listen(speaker, { paris: -20 }, 0, 200)).toBeNull();
    expect(listen(speaker, { paris: -90 }, 300, 100)).toBeNull();
    expect(listen(speaker, { paris: -20 }, 500, 300)).toBe("paris");
  });

  test("a pause for breath keeps the speaker, a long silence does not", () => {
    const speaker = new ActiveSpeaker();
    listen(speaker, { paris: -20 }, 0, 500);
    expect(listen(speaker, { paris: -90 }, 600, 1500)).toBe("paris");
    expect(listen(speaker, { paris: -90 }, 2200, 1000)).toBeNull();
  });

  test("another voice takes over only when it is clearly louder, for long enough", () => {
    const speaker = new ActiveSpeaker();
    listen(speaker, { paris: -20, london: -60 }, 0, 500);
    expect(listen(speaker, { paris: -20, london: -19 }, 600, 2000)).toBe("paris");
    expect(listen(speaker, { paris: -30, london: -18 }, 2700, 200)).toBe("paris");
    expect(listen(speaker, { paris: -30, london: -18 }, 3000, 200)).toBe("london");
  });

  test("who speaks after the other fell silent need not shout", () => {
    const speaker = new ActiveSpeaker();
    listen(speaker, { paris: -20, london: -90 }, 0, 500);
    expect(listen(speaker, { paris: -90, london: -40 }, 600, 400)).toBe("london");
  });

  test("a voice that is gone is no speaker", () => {
    const speaker = new ActiveSpeaker();
    listen(speaker, { paris: -20 }, 0, 500);
    expect(listen(speaker, {}, 600, 0)).toBeNull();
  });
});
