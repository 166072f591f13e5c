import { describe, expect, test } from "vitest";
import { type Candidate, chooseStage, type Preferences } from "./stage";

const person = (key: string, isSelf = false): Candidate => ({ key, delegate: `d-${key}`, kind: "person", isSelf });
const TILES = [person("paris"), person("london"), person("kyiv"), person("me", true)];
const SCREEN: Candidate = { key: "london/screen", delegate: "d-london", kind: "screen", isSelf: false };
const NOTHING: Preferences = { pinned: null, floor: null, speaker: null, previous: null };

describe("stage", () => {
  test("nobody: nothing; alone: oneself; otherwise the first of the others", () => {
    expect(chooseStage([], NOTHING)).toBeNull();
    expect(chooseStage([person("me", true)], NOTHING)).toBe("me");
    expect(chooseStage(TILES, NOTHING)).toBe("paris");
  });

  test("each wish gives way to the stronger one", () => {
    const wishes = { ...NOTHING, previous: "london" };
    expect(chooseStage(TILES, wishes)).toBe("london");
    expect(chooseStage(TILES, { ...wishes, speaker: "kyiv" })).toBe("kyiv");
    expect(chooseStage(TILES, { ...wishes, speaker: "kyiv", floor: "d-paris" })).toBe("paris");
    expect(chooseStage([...TILES, SCREEN], { ...wishes, floor: "d-paris" })).toBe("london/screen");
    expect(chooseStage([...TILES, SCREEN], { ...wishes, floor: "d-paris", pinned: "kyiv" })).toBe("kyiv");
  });

  test("one's own voice does not put oneself on the stage, the floor does", () => {
    expect(chooseStage(TILES, { ...NOTHING, speaker: "me" })).toBe("paris");
    expect(chooseStage(TILES, { ...NOTHING, floor: "d-me" })).toBe("me");
  });

  test("a wish for somebody who is not there is passed over", () => {
    expect(chooseStage(TILES, { pinned: "rome", floor: "d-rome", speaker: "rome", previous: "rome" })).toBe("paris");
  });
});
