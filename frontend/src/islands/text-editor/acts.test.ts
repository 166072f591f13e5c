// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { actKeys, actTools, placeFor } from "./acts";
import type { Layer } from "./layer";
import { type Action, type Place, registerAction, registeredActions } from "./selection-actions";
import { type Desk, openDesk } from "./testing";
import { TOOLS } from "./tools";

const layer = { rows: { can: { act: true } } } as unknown as Layer;
const setup = { text: "t1", language: "en", layer };
const ran = vi.fn<(place: Place) => void>();
const action: Action = {
  name: "test-act",
  label: () => "Act",
  drawing: "quote",
  keys: "Mod+Alt+K",
  needs: "words",
  isOffered: ({ rows }) => (rows["can"] as { act: boolean }).act,
  run: ran,
};
let desk: Desk;

registerAction(action);

beforeEach(() => {
  ran.mockReset();
  desk = openDesk();
  desk.editor.commands.insertContent("We met today.");
});

afterEach(() => {
  document.body.replaceChildren();
});

test("an action is registered once, however often its module is read", () => {
  registerAction({ ...action, label: () => "Another" });
  expect(registeredActions().filter(({ name }) => name === "test-act")).toEqual([action]);
});

test("two actions cannot have the same keys", () => {
  expect(() => { registerAction({ ...action, name: "other-act" }); }).toThrow("Mod+Alt+K already calls “test-act”");
  expect(registeredActions().some(({ name }) => name === "other-act")).toBe(false);
});

test("an action on words is there only while words of one paragraph are selected", () => {
  expect(placeFor(action, desk.editor, setup)).toBeNull();
  desk.editor.commands.setTextSelection({ from: 4, to: 7 });
  const place = placeFor(action, desk.editor, setup);
  expect(place?.passage).toMatchObject({ start: 3, end: 6, words: "met" });
  expect(place?.paragraph.id).toBe(place?.passage?.paragraph);
  desk.editor.chain().focus("end").splitBlock().insertContent("More.").selectAll().run();
  expect(placeFor(action, desk.editor, setup)).toBeNull();
});

test("an action on a paragraph needs the caret only, and nothing is there for who may not", () => {
  const onParagraph = { ...action, needs: "paragraph" } as const;
  expect(placeFor(onParagraph, desk.editor, setup)?.passage).toBeNull();
  const forbidden = { rows: { can: { act: false } } } as unknown as Layer;
  expect(placeFor(onParagraph, desk.editor, { ...setup, layer: forbidden })).toBeNull();
});

test("the tool of an action runs it at the place, and says when it cannot", () => {
  const tool = actTools(setup).find(({ name }) => name === "test-act");
  expect([tool?.canRun(desk.editor), tool?.run(desk.editor)]).toEqual([false, false]);
  desk.editor.commands.setTextSelection({ from: 1, to: 3 });
  expect([tool?.canRun(desk.editor), tool?.run(desk.editor)]).toEqual([true, true]);
  expect(ran.mock.calls.map(([place]) => place.passage?.words)).toEqual(["We"]);
});

test("every action and tool has a key of its own", async () => {
  await import("./agreed-language");
  await import("./agree");
  await import("./workspace");
  const keys = [...registeredActions(), ...TOOLS.flat()].map((one) => one.keys);
  expect(keys.length).toBeGreaterThan(20);
  expect(keys.filter((one, at) => keys.indexOf(one) !== at)).toEqual([]);
});

test("an action has its key in the editor", () => {
  const shortcuts = actKeys(setup).config.addKeyboardShortcuts as unknown as (this: { editor: Desk["editor"] }) => Record<string, () => boolean>;
  const run = shortcuts.call({ editor: desk.editor })["Mod-Alt-k"];
  expect(run?.()).toBe(false);
  desk.editor.commands.setTextSelection({ from: 1, to: 3 });
  expect(run?.()).toBe(true);
  expect(ran).toHaveBeenCalledTimes(1);
});
