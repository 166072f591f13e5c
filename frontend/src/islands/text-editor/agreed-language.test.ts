// @vitest-environment jsdom
import type { Editor } from "@tiptap/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./agreed-language";
import { Layer } from "./layer";
import { paragraphAt, selectedPassage } from "./passages";
import { registeredActions } from "./selection-actions";
import { openDesk } from "./testing";

const TEXT = "00000000-0000-4000-8000-000000000001";
const RESULT = `<ol><li><button type="button" data-agreed-words="full and\nlasting peace" data-agreed-source="${TEXT}"
  data-agreed-position="4" data-agreed-reference="Joint statement, §4">Insert</button></li></ol>`;

interface Call {
  readonly address: string;
  readonly method: string;
  readonly body: string;
}

let calls: Call[] = [];
let refusal = "";
let toasts: string[] = [];

beforeEach(() => {
  calls = [];
  refusal = "";
  toasts = [];
  document.body.addEventListener("toast", hear);
  HTMLDialogElement.prototype.showModal = function showModal() { this.open = true; };
  HTMLDialogElement.prototype.show = function show() { this.open = true; };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
  vi.stubGlobal("fetch", (address: string, { method = "GET", body }: RequestInit = {}) => {
    calls.push({ address, method, body: body instanceof URLSearchParams ? body.toString() : "" });
    if (address.includes("layer")) return Promise.resolve(new Response("{}"));
    const isRefused = refusal !== "" && address.includes("references");
    const headers = { "Content-Type": isRefused ? "text/plain" : "text/html" };
    return Promise.resolve(new Response(isRefused ? refusal : RESULT, { status: isRefused ? 409 : 200, headers }));
  });
});

afterEach(() => {
  document.body.removeEventListener("toast", hear);
  document.querySelector("dialog")?.close();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function hear(event: Event): void {
  toasts.push((event as CustomEvent<{ message: string }>).detail.message);
}

/** Select words of the only paragraph, and call the action as the toolbar does. */
function look(editor: Editor, words: string): void {
  const from = editor.state.doc.textContent.indexOf(words) + 1;
  editor.commands.setTextSelection({ from, to: from + words.length });
  const paragraph = paragraphAt(editor.state.doc, from);
  const action = registeredActions().find(({ name }) => name === "agreed-language");
  if (!paragraph || !action) throw new Error("no action");
  action.run({ text: TEXT, language: "en", editor, layer: new Layer(TEXT), paragraph, passage: selectedPassage(editor.state) });
}

function editorWith(words: string): Editor {
  const { editor } = openDesk();
  editor.commands.setContent(`<p>${words}</p>`);
  return editor;
}

async function choose(): Promise<void> {
  await vi.waitFor(() => { expect(document.querySelector("[data-agreed-words]")).not.toBeNull(); });
  document.querySelector<HTMLElement>("[data-agreed-words]")?.click();
  await vi.waitFor(() => { expect(toasts).toHaveLength(1); });
}

test("the selected words are looked for beside the text", async () => {
  look(editorWith("We seek a just peace."), "just peace");
  await vi.waitFor(() => { expect(document.querySelector("dialog [data-agreed-words]")).not.toBeNull(); });
  expect(document.querySelector("dialog")?.open).toBe(true);
  expect(calls.at(-1)).toEqual({ address: `/texts/${TEXT}/agreed/?language=en&words=just+peace`, method: "GET", body: "" });
});

test("one click puts the agreed words in their place and has the reference noted", async () => {
  const editor = editorWith("We seek a just peace.");
  const id = paragraphAt(editor.state.doc, 1)?.id ?? "";
  look(editor, "just peace");
  await choose();
  expect(editor.getHTML()).toContain("We seek a full and<br>lasting peace.");
  expect(calls.at(-1)).toEqual({
    address: `/texts/${TEXT}/references/`,
    method: "POST",
    body: `language=en&paragraph=${id}&words=full+and%0Alasting+peace&source=${TEXT}&position=4`,
  });
  expect(toasts).toEqual(["Inserted: Joint statement, §4"]);
  expect(document.querySelector("dialog")).toBeNull();
});

test("who only proposes begins a proposal with the words, and no reference is noted", async () => {
  const editor = editorWith("We seek a just peace.");
  look(editor, "just peace");
  await vi.waitFor(() => { expect(document.querySelector("[data-agreed-words]")).not.toBeNull(); });
  const button = document.querySelector<HTMLElement>("[data-agreed-words]");
  if (button) button.dataset["agreedAct"] = "propose";
  button?.click();
  await vi.waitFor(() => { expect(document.querySelector(".composer, dialog")?.textContent).toContain("We seek a full and lasting peace."); });
  expect(document.querySelector(".agreed-panel")).toBeNull();
  expect(editor.state.doc.textContent).toBe("We seek a just peace.");
  expect(calls.filter(({ method }) => method === "POST")).toEqual([]);
});

test("words that moved meanwhile are replaced where they are, words that went are not", async () => {
  const editor = editorWith("We seek a just peace.");
  look(editor, "just peace");
  editor.commands.insertContentAt(1, "Today ");
  await choose();
  expect(editor.state.doc.textContent).toBe("Today We seek a full andlasting peace.");
  toasts = [];
  look(editor, "lasting peace");
  editor.commands.setContent("<p>Nothing.</p>");
  calls = [];
  await choose();
  expect(editor.state.doc.textContent).toBe("Nothing.");
  expect(toasts).toEqual(["The selected words are no longer there. Select again."]);
  expect(calls.filter(({ method }) => method === "POST")).toEqual([]);
});

test("a long selection travels in the body", async () => {
  const long = "peace and security ".repeat(50).trim();
  look(editorWith(long), long);
  await vi.waitFor(() => { expect(document.querySelector("dialog [data-agreed-words]")).not.toBeNull(); });
  expect(calls.at(-1)).toMatchObject({ address: `/texts/${TEXT}/agreed/`, method: "POST" });
});

test("Escape closes the panel and gives the caret back to the text", () => {
  const editor = editorWith("We seek a just peace.");
  look(editor, "just peace");
  document.querySelector("dialog")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(document.querySelector("dialog")).toBeNull();
  expect(selectedPassage(editor.state)?.words).toBe("just peace");
});
