// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from "vitest";
import { find } from "../../testing";
import { type Question, compose } from "./composer";

const QUESTION: Question = {
  title: "Comment on these words",
  quote: "<b>met</b>",
  language: "en",
  fields: [
    { name: "body", label: "Comment", kind: "lines", required: true, maxLength: 10, help: "Everybody sees it." },
    { name: "kind", label: "Kind", kind: "choice", value: "two", choices: [["one", "One"], ["two", "Two"]] },
    { name: "title", label: "Title", kind: "text", value: "Old" },
  ],
  action: "Send",
};

beforeEach(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function show(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement, value?: string) {
    if (value !== undefined) this.returnValue = value;
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
  document.body.innerHTML = '<button id="before">Before</button>';
  find("#before").focus();
});

afterEach(() => {
  document.body.replaceChildren();
});

const dialog = (): HTMLDialogElement => find("dialog") as HTMLDialogElement;

test("what was written and chosen is the answer, and the focus returns", async () => {
  const answer = compose(QUESTION);
  const field = find("textarea") as HTMLTextAreaElement;
  field.value = "Why?";
  dialog().close("done");
  expect(await answer).toEqual({ body: "Why?", kind: "two", title: "Old" });
  expect(document.querySelector("dialog")).toBeNull();
  expect(document.activeElement).toBe(find("#before"));
});

test("who gives up answers nothing", async () => {
  const answer = compose(QUESTION);
  find("button[type=button]").click();
  expect(await answer).toBeNull();
});

test("the quote is shown as words, and every field has its name, limit and help", () => {
  void compose(QUESTION);
  expect(find(".composer-quote").textContent).toBe("<b>met</b>");
  expect(find(".composer-quote").lang).toBe("en");
  const field = find("textarea") as HTMLTextAreaElement;
  expect([field.labels[0]?.textContent, field.maxLength, field.required, field.lang]).toEqual(["Comment", 10, true, "en"]);
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Everybody sees it.");
  expect(document.getElementById(dialog().getAttribute("aria-labelledby") ?? "")?.textContent).toBe("Comment on these words");
  expect(find("legend").textContent).toBe("Kind");
});
