// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { outbox } from "./outbox";
import "./outbox-forms";

const REPLY = '<form data-outbox="Reply to Ada"><input name="csrfmiddlewaretoken" value="secret"><input name="id" value="1"><textarea name="body"></textarea></form>';
const RESOLVE = '<form data-outbox="Resolve the comment of Ada"><input name="csrfmiddlewaretoken" value="secret"></form>';

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  for (const { id } of outbox().acts) outbox().discard(id);
});

/** Put `html` on the page and ask for its form as htmx does; says whether htmx would go on. */
function submit(html: string, path: string, body = ""): boolean {
  document.body.innerHTML = html;
  return again(path, body);
}

function again(path: string, body = ""): boolean {
  const form = document.querySelector("form");
  const words = form?.querySelector("textarea");
  if (words) words.value = body;
  const detail = { elt: form, path, formData: new FormData(form ?? undefined) };
  return form?.dispatchEvent(new CustomEvent("htmx:configRequest", { detail, bubbles: true, cancelable: true })) ?? true;
}

const kept = (): unknown[] => outbox().acts.map(({ address, fields, what }) => ({ address, fields, what }));

test("a form is kept with what it does and what was written, and sent by the outbox instead", () => {
  expect(submit(REPLY, "/texts/remarks/r1/reply/?show=all", "Now.")).toBe(false);
  expect(kept()).toEqual([{ address: "/texts/remarks/r1/reply/", fields: { id: "1", body: "Now." }, what: "Reply to Ada" }]);
});

test("a second reply has an id of its own and starts empty", () => {
  submit(`<details open><summary>Reply…</summary>${REPLY}</details>`, "/texts/remarks/r1/reply/", "One.");
  expect(document.querySelector("textarea")?.value).toBe("");
  expect(document.querySelector("details")?.open).toBe(false);
  expect(document.activeElement?.textContent).toBe("Reply…");
  again("/texts/remarks/r1/reply/", "Two.");
  const [one, two] = outbox().acts.map(({ fields }) => fields["id"]);
  expect(one).toBe("1");
  expect(two).toMatch(/^[0-9a-f-]{36}$/);
});

test("an act without words waits once, however often it is asked for", () => {
  expect(submit(RESOLVE, "/texts/remarks/r1/resolve/?show=open")).toBe(false);
  expect(again("/texts/remarks/r1/resolve/?show=open")).toBe(false);
  submit(RESOLVE, "/texts/remarks/r2/resolve/");
  expect(outbox().acts.map(({ address }) => address)).toEqual(["/texts/remarks/r1/resolve/", "/texts/remarks/r2/resolve/"]);
});

test("other forms are left to htmx", () => {
  expect(submit('<form><textarea name="body"></textarea></form>', "/texts/remarks/r1/reply/", "Now.")).toBe(true);
  expect(kept()).toEqual([]);
});
