// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { blockOf, linearOf, nodeOf } from "./blocks";
import { type Proposal, placed } from "./proposals";
import { type Desk, openDesk } from "./testing";

const ANCHOR = "6f1c2a34-0000-4000-8000-00000000000";

afterEach(() => {
  document.body.replaceChildren();
});

function deskWith(...paragraphs: readonly string[]): Desk {
  const desk = openDesk();
  const content = paragraphs.map((words) => ({ type: "paragraph", content: [{ type: "text", text: words }] }));
  desk.editor.commands.setContent(content);
  return desk;
}

function anchor({ editor }: Desk, number: number, from: number, to: number): string {
  const id = `${ANCHOR}${number}`;
  editor.view.dispatch(editor.state.tr.addMark(from, to, editor.schema.mark("anchor", { id })));
  return id;
}

const idAt = ({ editor }: Desk, at: number): string => String(editor.state.doc.child(at).attrs["id"]);

const NOTHING = { language: "en", paragraph: "", after: "", member: "DE", by: "A", colour: 0, isOwn: false, supporters: [], block: null, hunks: [] };

function change(id: string, anchor: string, words: string): Proposal {
  return { ...NOTHING, id, kind: "change", hunks: [{ anchor, words, changes: [] }] };
}

test("a proposal stands where its anchor does, over exactly its words", () => {
  const desk = deskWith("We will act");
  const id = anchor(desk, 1, 4, 8);
  const [one] = placed(desk.editor.state.doc, [change("1", id, "will")]);
  expect(one).toMatchObject({ ranges: [{ from: 4, to: 8 }], isOutOfDate: false, conflict: 0 });
  desk.editor.commands.insertContentAt(6, "x");
  expect(placed(desk.editor.state.doc, [change("1", id, "will")])[0]).toMatchObject({ ranges: [], isOutOfDate: true });
});

test("proposals for the same words are in conflict, those beside them are not", () => {
  const desk = deskWith("We will act");
  const proposals = [change("1", anchor(desk, 1, 1, 8), "We will"), change("2", anchor(desk, 2, 4, 8), "will"), change("3", anchor(desk, 3, 9, 12), "act")];
  expect(placed(desk.editor.state.doc, proposals).map(({ conflict }) => conflict)).toEqual([2, 2, 0]);
});

test("what is to go is in conflict with what is to change, move or follow it", () => {
  const desk = deskWith("First", "Second");
  const [first, second] = [idAt(desk, 0), idAt(desk, 1)];
  const gone: Proposal = { ...NOTHING, id: "1", kind: "delete", paragraph: first };
  const other: Proposal = { ...NOTHING, id: "2", kind: "delete", paragraph: first };
  const moved: Proposal = { ...NOTHING, id: "3", kind: "move", paragraph: second, after: first };
  const changed = change("4", anchor(desk, 1, 1, 6), "First");
  const conflicts = (...proposals: Proposal[]): number[] => placed(desk.editor.state.doc, proposals).map(({ conflict }) => conflict);
  expect(conflicts(gone, other)).toEqual([0, 0]);
  expect(conflicts(gone, moved)).toEqual([2, 2]);
  expect(conflicts(gone, changed)).toEqual([2, 2]);
  expect(conflicts(moved, changed)).toEqual([0, 0]);
});

test("a proposal about a paragraph that is gone is out of date", () => {
  const desk = deskWith("First");
  const insert: Proposal = { ...NOTHING, id: "1", kind: "insert", paragraph: "new0000000", after: "gone000000" };
  expect(placed(desk.editor.state.doc, [insert])[0]?.isOutOfDate).toBe(true);
});

test("a paragraph as a block and back is the same", () => {
  const { editor } = openDesk();
  editor.commands.setContent("<ul><li><p>land <strong>and</strong></p><ol><li><p>sea<br>air</p></li></ol></li></ul>");
  const node = editor.state.doc.child(0);
  const block = blockOf(node);
  expect(linearOf(block)).toBe("land and\nsea\nair");
  expect(blockOf(nodeOf(editor.schema, block))).toEqual(block);
});
