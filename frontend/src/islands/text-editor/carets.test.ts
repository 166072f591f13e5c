// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { type Desk, join, openDesk } from "./testing";

afterEach(() => {
  document.body.replaceChildren();
});

/** Two desks on one text; what the second one knows reaches the first, stamped as the server would. */
function pair(): { mine: Desk; theirs: Desk } {
  const mine = openDesk();
  mine.editor.commands.insertContent("The leaders met.");
  const theirs = openDesk(new Y.Doc());
  join(mine.doc, theirs.doc);
  theirs.awareness.on("update", () => {
    applyAwarenessUpdate(mine.awareness, encodeAwarenessUpdate(theirs.awareness, [theirs.doc.clientID]), "network");
  });
  theirs.awareness.setLocalStateField("user", { delegate: "d2", name: "James Whitfield", member: "gb", colour: 1 });
  return { mine, theirs };
}

function stand({ editor }: Desk, from: number, to = from): void {
  editor.view.focus();
  editor.commands.setTextSelection({ from, to });
}

const caretIn = (desk: Desk): Element | null => desk.editor.view.dom.querySelector(".editor-caret");

test("a caret shows where somebody else stands, and goes when they leave", async () => {
  const { mine, theirs } = pair();
  stand(theirs, 4);
  await vi.waitFor(() => {
    expect(caretIn(mine)?.querySelector("[data-name]")?.getAttribute("data-name")).toBe("James Whitfield");
  });
  expect(caretIn(mine)?.previousSibling?.textContent).toBe("The");
  theirs.awareness.setLocalState(null);
  await vi.waitFor(() => {
    expect(caretIn(mine)).toBeNull();
  });
});

test("a selection is shown in the person's colour, without a style attribute", async () => {
  const { mine, theirs } = pair();
  stand(theirs, 5, 12);
  await vi.waitFor(() => {
    expect(mine.editor.view.dom.querySelector(".editor-selection")?.textContent).toBe("leaders");
  });
  expect(mine.editor.view.dom.querySelector(".editor-selection")?.className).toBe("editor-selection person-colour-1");
  expect(mine.editor.view.dom.querySelector("[style]")).toBeNull();
});

test("the caret stays with its words while others write before it", async () => {
  const { mine, theirs } = pair();
  stand(theirs, 4);
  await vi.waitFor(() => {
    expect(caretIn(mine)).not.toBeNull();
  });
  mine.editor.commands.insertContentAt(1, "Today. ");
  expect(caretIn(mine)?.previousSibling?.textContent).toBe("Today. The");
});

test("the change of somebody else does not make this person's caret travel again", async () => {
  const { mine, theirs } = pair();
  stand(mine, 4);
  await vi.waitFor(() => {
    expect(mine.awareness.getLocalState()?.["cursor"]).toBeTruthy();
  });
  const sent = vi.fn();
  mine.awareness.on("update", (_change: unknown, origin: unknown) => {
    if (origin === "local") sent();
  });
  for (let letter = 0; letter < 20; letter++) theirs.editor.commands.insertContentAt(17 + letter, "x");
  await new Promise((done) => setTimeout(done, 150));
  expect(sent).not.toHaveBeenCalled();
});

test("a caret in another language version is not drawn in this one", async () => {
  const { mine, theirs } = pair();
  const elsewhere = theirs.doc.getXmlFragment("fr");
  elsewhere.insert(0, [new Y.XmlElement("paragraph")]);
  const position = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(elsewhere, 0)) as unknown;
  theirs.awareness.setLocalStateField("cursor", { anchor: position, head: position });
  await new Promise((done) => setTimeout(done, 60));
  expect(caretIn(mine)).toBeNull();
});

test("nonsense in an awareness state draws nothing and breaks nothing", async () => {
  const { mine, theirs } = pair();
  for (const cursor of [null, 7, {}, { anchor: {}, head: {} }, { anchor: { type: "x" }, head: 3 }, { anchor: { tname: "zz" }, head: { item: {} } }]) {
    theirs.awareness.setLocalStateField("cursor", cursor);
    await new Promise((done) => setTimeout(done, 40));
    expect(caretIn(mine)).toBeNull();
  }
  mine.editor.commands.insertContentAt(1, "Still. ");
  expect(mine.editor.getText()).toBe("Still. The leaders met.");
});
