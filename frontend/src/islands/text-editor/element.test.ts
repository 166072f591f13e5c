// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import "./index";
import { LineToServer, TextServer } from "./testing-server";

let server: TextServer;
let number = 0;

beforeEach(() => {
  server = new TextServer();
  server.write((doc) => {
    for (const [language, words] of [["en", "The leaders met."], ["fr", "Les dirigeants se sont réunis."]] as const) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText(words)]);
      doc.getXmlFragment(language).push([paragraph]);
    }
  });
  LineToServer.server = server;
  vi.stubGlobal("WebSocket", LineToServer);
  number += 1;
});

afterEach(() => {
  document.body.replaceChildren();
});

/** Put an editor on the page; every test has a text of its own, because sessions outlive their elements. */
function put(attributes = "", language = "en"): HTMLElement {
  const holder = document.createElement("div");
  holder.innerHTML = `<text-editor data-text="t${number}" data-language="${language}" data-may-edit="true" ${attributes}><p>as rendered</p></text-editor>`;
  document.body.append(holder);
  const element = holder.querySelector("text-editor");
  if (!(element instanceof HTMLElement)) throw new Error("not upgraded");
  return element;
}

async function reach(element: HTMLElement, state: string): Promise<void> {
  await vi.waitFor(() => {
    if (state === "saved") server.acknowledge();
    expect(element.dataset["state"]).toBe(state);
  });
}

const text = (element: HTMLElement): string | undefined => element.querySelector(".ProseMirror")?.textContent;

test("the server's rendering stands until the document is complete", async () => {
  const element = put();
  expect(element.dataset["state"]).toBe("loading");
  expect(element.getAttribute("aria-busy")).toBe("true");
  expect(element.querySelector(".editor-text")?.textContent).toBe("as rendered");
  await reach(element, "saved");
  expect(element.getAttribute("aria-busy")).toBe("false");
  expect(element.querySelector(".editor-text")?.textContent).toBe("The leaders met.");
});

test("it says once that its words and rows are on the screen", async () => {
  const rows = { state: "draft", can: { edit: true, suggest: false } };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(rows)));
  const drawn = vi.fn();
  document.body.addEventListener("text-drawn", drawn, { once: true });
  const element = put();
  expect(element.dataset["drawn"]).toBeUndefined();
  await reach(element, "saved");
  await vi.waitFor(() => { expect(element.dataset["drawn"]).toBe(""); });
  expect(text(element)).toBe("The leaders met.");
  expect(drawn).toHaveBeenCalledOnce();
});

test("two language versions share one line and one document", async () => {
  const [english, french] = [put(), put("", "fr")];
  await reach(english, "saved");
  await reach(french, "saved");
  expect(server.lines).toHaveLength(1);
  expect([text(english), text(french)]).toEqual(["The leaders met.", "Les dirigeants se sont réunis."]);
});

test("the language switch shows the other version in place", async () => {
  const element = put('data-languages="en fr"');
  await reach(element, "saved");
  const french = [...element.querySelectorAll("button")].find((button) => button.textContent === "French");
  french?.click();
  await reach(element, "saved");
  expect(text(element)).toBe("Les dirigeants se sont réunis.");
  expect(element.querySelector(".ProseMirror")?.getAttribute("lang")).toBe("fr");
  expect(server.lines).toHaveLength(1);
});

test("somebody who may not edit reads: no textbox, no tools", async () => {
  const element = put('data-frozen="false"');
  element.dataset["mayEdit"] = "false";
  await reach(element, "readonly");
  await vi.waitFor(() => {
    expect(text(element)).toBe("The leaders met.");
  });
  expect(element.querySelector("[role=textbox]")).toBeNull();
  expect(element.querySelector(".ProseMirror")?.getAttribute("contenteditable")).toBe("false");
  expect(element.querySelector<HTMLElement>("[role=toolbar]")?.hidden).toBe(true);
});

test("freezing and opening follow the attributes, without a new element", async () => {
  const element = put();
  await reach(element, "saved");
  element.dataset["frozen"] = "true";
  await reach(element, "frozen");
  await vi.waitFor(() => {
    expect(element.querySelector(".ProseMirror")?.getAttribute("contenteditable")).toBe("false");
  });
  element.dataset["frozen"] = "false";
  await reach(element, "saved");
  expect(element.querySelector(".ProseMirror")?.getAttribute("contenteditable")).toBe("true");
});

test("a text that the socket froze opens again when the page hears of a change", async () => {
  const element = put();
  await reach(element, "saved");
  server.close(4409);
  await reach(element, "frozen");
  document.body.dispatchEvent(new Event(`live:text:t${number}:state`));
  await reach(element, "saved");
});

test("an element that leaves gives back what the server rendered, and comes back alive", async () => {
  const element = put();
  await reach(element, "saved");
  const holder = element.parentElement;
  element.remove();
  expect(element.innerHTML).toBe("<p>as rendered</p>");
  holder?.append(element);
  await reach(element, "saved");
  expect(text(element)).toBe("The leaders met.");
  expect(server.lines).toHaveLength(1);
});

test("everything has a name, and nothing needs a style attribute", async () => {
  const element = put('data-languages="en fr"');
  await reach(element, "saved");
  expect(element.querySelector("[role=textbox]")?.getAttribute("aria-label")).toBe("Text in English");
  expect(element.querySelector("[role=textbox]")?.getAttribute("aria-describedby")).toBe(element.lastElementChild?.id);
  expect(element.querySelector("[style]")).toBeNull();
  expect(document.querySelector("style")).toBeNull();
});
