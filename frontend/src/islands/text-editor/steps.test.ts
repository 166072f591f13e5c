import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Awareness } from "y-protocols/awareness";
import { createEditor } from "./editor";
import { Layer, type Rows } from "./layer";
import { ago, sentenceOf, showCounts, steps } from "./steps";

const OUT = { paragraph: "first00001", language: "fr", cause: "en", label: "§5", at: "2026-01-06T09:58:00Z", by: ["IT"], seen: "abc" };

const rows = (out: readonly unknown[], lonely: readonly unknown[] = []): Rows => ({
  can: { confirm: true, edit: true },
  steps: { out, lonely },
});

let answer: Rows;
const posts: { address: string; body: string }[] = [];

beforeEach(() => {
  document.body.replaceChildren();
  posts.length = 0;
  vi.stubGlobal("fetch", (address: string, init?: RequestInit) => {
    if (init?.method === "POST") posts.push({ address, body: (init.body as URLSearchParams).toString() });
    return Promise.resolve(Response.json(answer));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function open(given: Rows): Promise<HTMLElement> {
  answer = given;
  const layer = new Layer("text-1");
  const doc = new Y.Doc();
  const mount = document.createElement("div");
  document.body.append(mount);
  const parts = [steps({ text: "text-1", language: "fr", layer })];
  createEditor({ mount, doc, awareness: new Awareness(doc), language: "fr", flags: "", editable: true, parts, help: "", toTools: () => undefined });
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.setAttribute("id", "first00001");
  paragraph.insert(0, [new Y.XmlText("Mots.")]);
  doc.getXmlFragment("fr").insert(0, [paragraph]);
  await vi.waitFor(() => { expect(layer.rows).toEqual(given); });
  return mount;
}

test("a paragraph out of step says what changed, and is confirmed for exactly what was seen", async () => {
  const mount = await open(rows([OUT]));
  await vi.waitFor(() => { expect(mount.querySelector(".step-out")?.textContent).toBe("Mots."); });
  const note = mount.querySelector(".step-note-out");
  expect(note?.textContent).toContain("English §5 changed");
  expect(note?.textContent).toContain("by Italy");
  note?.querySelector("button")?.click();
  await vi.waitFor(() => { expect(posts).toEqual([{ address: "/texts/text-1/languages/confirm/", body: "paragraph=first00001&language=fr&seen=abc" }]); });
});

test("a paragraph without a counterpart offers to add it", async () => {
  const mount = await open(rows([], [{ paragraph: "first00001", language: "fr", without: ["en"] }]));
  await vi.waitFor(() => { expect(mount.querySelector(".step-note-alone")?.textContent).toBe("no counterpart in English · add it"); });
  mount.querySelector<HTMLElement>(".step-act")?.click();
  await vi.waitFor(() => { expect(posts).toEqual([{ address: "/texts/text-1/counterparts/add/", body: "paragraph=first00001&source=fr&language=en" }]); });
});

test("what concerns other languages is not drawn, and nothing is offered to who may not", async () => {
  const mount = await open({ can: {}, steps: { out: [{ ...OUT, language: "uk" }], lonely: [{ paragraph: "first00001", language: "fr", without: ["en"] }] } });
  await vi.waitFor(() => { expect(mount.querySelector(".step-note")?.textContent).toBe("no counterpart in English"); });
  expect(mount.querySelector(".step-out, .step-act")).toBe(null);
});

test("how long ago is said in words", () => {
  const now = Date.parse("2026-01-06T10:00:00Z");
  expect(["09:59:50", "09:58:00", "07:00:00"].map((time) => ago(`2026-01-06T${time}Z`, now))).toEqual(["this minute", "2 minutes ago", "3 hours ago"]);
  expect(ago("2026-01-03T10:00:00Z", now)).toBe("3 days ago");
});

test("a change by nobody known names nobody", () => {
  expect(sentenceOf({ ...OUT, by: [] })).toMatch(/^English §5 changed (?!.* by )/);
});

test("the head of a column counts what is out of step in it", () => {
  document.body.innerHTML = '<i data-steps-of="fr"></i><i data-steps-of="en">old</i>';
  showCounts(rows([OUT, { ...OUT, paragraph: "second0002" }]));
  expect([...document.querySelectorAll("i")].map((head) => head.textContent)).toEqual(["2 paragraphs out of step", ""]);
});
