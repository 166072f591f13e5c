import { expect, test, vi } from "vitest";
import { Notice } from "./notice";
import type { SessionStatus } from "./session";

const CALM: SessionStatus = {
  connected: true,
  loaded: true,
  saved: true,
  unsaved: 0,
  mayWrite: true,
  refusal: null,
  lostWords: "",
  lostChanges: 0,
};

function open(): { notice: Notice; retry: () => void; forgetLost: () => void } {
  const [retry, forgetLost] = [vi.fn(), vi.fn()];
  return { notice: new Notice({ retry, forgetLost }), retry, forgetLost };
}

const press = (notice: Notice, label: string): void => {
  [...notice.element.querySelectorAll("button")].find((button) => button.textContent === label)?.click();
};

test("says nothing when there is nothing to say", () => {
  const { notice } = open();
  notice.show("saved", "", CALM);
  expect(notice.element.hidden).toBe(true);
});

test("words that were refused stay visible to copy, until they are dismissed", () => {
  const { notice, forgetLost } = open();
  notice.show("refused", "You may no longer edit this text.", { ...CALM, refusal: "rights", lostWords: "our red line", lostChanges: 4 });
  expect(notice.element.hidden).toBe(false);
  expect(notice.element.querySelector("textarea")?.value).toBe("our red line");
  expect(notice.element.textContent).toContain("4 changes could not be saved.");
  press(notice, "Dismiss");
  expect(forgetLost).toHaveBeenCalledOnce();
});

test("refused deletions are told although there are no words to copy", () => {
  const { notice } = open();
  notice.show("frozen", "", { ...CALM, lostChanges: 1 });
  expect(notice.element.textContent).toContain("1 change could not be saved.");
  expect(notice.element.querySelector("textarea")).toBeNull();
});

test("somebody who signs in again can reconnect", () => {
  const { notice, retry } = open();
  notice.show("refused", "You are signed out.", { ...CALM, refusal: "signed-out" });
  press(notice, "Reconnect");
  expect(retry).toHaveBeenCalledOnce();
});

test("what did not change is not drawn again, so the selection in the words stays", () => {
  const { notice } = open();
  const status = { ...CALM, lostWords: "words", lostChanges: 1 };
  notice.show("frozen", "Frozen", status);
  const area = notice.element.querySelector("textarea");
  notice.show("frozen", "Frozen", status);
  expect(notice.element.querySelector("textarea")).toBe(area);
});
