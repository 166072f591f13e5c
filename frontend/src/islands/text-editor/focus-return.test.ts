// @vitest-environment jsdom
import { expect, test } from "vitest";
import { find } from "../../testing";
import { focusReturn } from "./focus-return";

const EDITORS = ["en", "fr"].map((language) => `<text-editor data-language="${language}"><p role="textbox" tabindex="0" lang="${language}"></p></text-editor>`).join("");

test("the focus returns where it was", () => {
  document.body.innerHTML = `<button>Open</button>${EDITORS}`;
  find("button").focus();
  const giveBack = focusReturn();
  find("[lang=fr]").focus();
  giveBack();
  expect(document.activeElement).toBe(find("button"));
});

test("an editor that came anew beneath the dialog gets the focus of the one before, in its language", () => {
  document.body.innerHTML = EDITORS;
  const old = find("[lang=fr]");
  old.focus();
  const giveBack = focusReturn();
  document.body.innerHTML = EDITORS;
  giveBack();
  expect(document.activeElement).toBe(find("[lang=fr]"));
  expect(document.activeElement).not.toBe(old);
});

test("an editor that is not there yet gets the focus when it is, unless somebody took it", async () => {
  for (const taken of [false, true]) {
    document.body.innerHTML = `${EDITORS}<button>Other</button>`;
    find("[lang=fr]").focus();
    const giveBack = focusReturn();
    document.body.innerHTML = '<text-editor data-language="fr"></text-editor><button>Other</button>';
    giveBack();
    document.body.innerHTML = '<text-editor data-language="fr"></text-editor><button>Other</button>';
    if (taken) find("button").focus();
    find("text-editor").innerHTML = '<p role="textbox" tabindex="0"></p>';
    await Promise.resolve();
    expect(document.activeElement).toBe(find(taken ? "button" : "[role=textbox]"));
  }
});

test("what is gone for good leaves the focus as it is", () => {
  document.body.innerHTML = `<button>Open</button>${EDITORS}`;
  find("button").focus();
  const giveBack = focusReturn();
  document.body.innerHTML = EDITORS;
  giveBack();
  expect(document.activeElement).toBe(document.body);
});
