// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Fields, Outbox } from "./outbox";
import { OutboxPanel, writtenIn } from "./outbox-panel";

const TEXT = "0d7cfe25-5e0c-4d3e-8f9e-0e1d7f1a9a01";
const COMMENT = { id: "1", language: "en", paragraph: "first00001", start: "3", end: "6", words: "met", body: "Why?" };
let box: Outbox;
let panel: OutboxPanel;
let selected: Fields | null;
let answer: () => Promise<Response>;
let sent: string[];

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sent = [];
  answer = () => Promise.reject(new TypeError("offline"));
  vi.stubGlobal("fetch", (_url: string, { body }: { body: URLSearchParams }) => {
    sent.push(body.toString());
    return answer();
  });
  selected = null;
  box = new Outbox("ada");
  panel = new OutboxPanel({ box, text: TEXT, language: "en", selected: () => selected });
  document.body.append(panel.element);
});

afterEach(() => {
  panel.destroy();
  box.destroy();
  vi.useRealTimers();
});

const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const buttons = (): string[] => [...panel.element.querySelectorAll("button")].map(({ textContent }) => textContent);
const press = (label: string): void => {
  [...panel.element.querySelectorAll("button")].find(({ textContent }) => textContent === label)?.click();
};
const refuse = (sentence: string) => (): Promise<Response> => Promise.resolve(new Response(sentence, { status: 409, headers: { "Content-Type": "text/plain" } }));

async function add(fields: Fields, address = `/texts/${TEXT}/comment/`): Promise<void> {
  void box.add(address, fields);
  await settle(750);
}

test("acts that wait are counted and can be copied or given up", async () => {
  expect(panel.element.hidden).toBe(true);
  await add(COMMENT);
  await add({ ...COMMENT, id: "2" });
  expect(panel.element.querySelector("[role=status]")?.textContent).toBe("2 acts wait for the connection.");
  expect(panel.element.querySelector(".outbox-words")?.textContent).toBe("“met”");
  expect(buttons()).toEqual(["Copy", "Discard", "Copy", "Discard"]);
  press("Discard");
  expect(panel.element.querySelector("[role=status]")?.textContent).toBe("1 act waits for the connection.");
});

test("an act that is done at once makes no line come and go", async () => {
  answer = () => Promise.resolve(new Response(null, { status: 204 }));
  await add(COMMENT);
  expect(panel.element.hidden).toBe(true);
  expect(panel.element.querySelector("li")).toBeNull();
});

test("a refused act shows the sentence, and goes where words are selected", async () => {
  answer = refuse("The words changed meanwhile.");
  await add(COMMENT);
  expect(panel.element.querySelector(".outbox-refused")?.textContent).toBe("The words changed meanwhile.");
  expect(buttons()).toEqual(["Try again at the selection", "Try again", "Copy", "Discard"]);
  press("Try again at the selection");
  expect(panel.element.querySelector("[role=alert]")?.textContent).toBe("Select the words in the text first.");
  expect(sent).toHaveLength(1);
  selected = { paragraph: "second0001", start: "0", end: "2", words: "We" };
  answer = () => Promise.resolve(new Response(null, { status: 204 }));
  press("Try again at the selection");
  await settle();
  expect(sent.at(-1)).toBe("id=1&language=en&paragraph=second0001&start=0&end=2&words=We&body=Why%3F");
  expect(panel.element.hidden).toBe(true);
});

test("an act that has no words says what it does", async () => {
  void box.add("/texts/remarks/r1/resolve/", {}, "Resolve the comment of Ada");
  await settle(750);
  expect(panel.element.querySelector(".outbox-what")?.textContent).toBe("Resolve the comment of Ada");
  expect(buttons()).toEqual(["Discard"]);
});

test("only the acts of this text in this language are shown", async () => {
  await add({ ...COMMENT, language: "fr" });
  await add(COMMENT, "/texts/0d7cfe25-5e0c-4d3e-8f9e-0e1d7f1a9a02/comment/");
  expect(panel.element.hidden).toBe(true);
});

test("what is written is shown as words, whatever they are", async () => {
  await add({ ...COMMENT, body: "<img src=x onerror=alert(1)>" });
  expect(panel.element.querySelector("img")).toBeNull();
  expect(panel.element.querySelector(".outbox-written")?.textContent).toBe("<img src=x onerror=alert(1)>");
});

test("places, ids and codes are not what the person wrote", () => {
  expect(writtenIn({ ...COMMENT, body: "No", bracket: "0d7cfe25-5e0c-4d3e-8f9e-0e1d7f1a9a01", alternative: "stand ready" })).toBe("No\nstand ready");
});
