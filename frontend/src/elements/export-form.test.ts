import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./export-form";

beforeEach(() => {
  document.body.innerHTML = `<export-form><form action="http://localhost/texts/1/export/">
    <input type="radio" name="format" value="pdf" checked>
    <input type="checkbox" name="languages" value="en" checked><input type="checkbox" name="languages" value="fr" checked>
    <p class="export-progress" role="status"></p><p class="export-fault" role="alert" hidden></p><button>Export</button>
  </form></export-form>`;
  URL.createObjectURL = () => "blob:made";
  URL.revokeObjectURL = () => undefined;
});

afterEach(() => {
  vi.restoreAllMocks();
});

const press = (): void => document.querySelector("form")?.requestSubmit();
const progress = (): string => document.querySelector(".export-progress")?.textContent ?? "";
const fault = (): HTMLElement | null => document.querySelector(".export-fault");

test("it fetches what the form asks for, says so meanwhile, and saves the file under its name", async () => {
  let finish: (answer: Response) => void = () => undefined;
  const fetched = vi.spyOn(globalThis, "fetch").mockReturnValue(new Promise((resolve) => (finish = resolve)));
  const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue();
  press();
  press();
  expect(fetched.mock.calls.map(([address]) => String(address as URL))).toEqual([
    "http://localhost/texts/1/export/?format=pdf&languages=en&languages=fr",
  ]);
  expect(progress()).toBe("The file is being made…");
  expect(document.querySelector("form")?.getAttribute("aria-busy")).toBe("true");
  finish(new Response("%PDF", { headers: { "Content-Disposition": 'attachment; filename="joint-statement-en.pdf"' } }));
  await vi.waitFor(() => {
    expect(progress()).toBe("Saved: joint-statement-en.pdf");
  });
  expect(saved).toHaveBeenCalledOnce();
  expect(document.querySelector("form")?.hasAttribute("aria-busy")).toBe(false);
});

test("it shows the server's own sentence when there is no file", async () => {
  const plain = { "Content-Type": "text/plain; charset=utf-8" };
  vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response("A PDF needs the library Pango.", { status: 503, headers: plain }));
  press();
  await vi.waitFor(() => {
    expect(fault()?.textContent).toBe("A PDF needs the library Pango.");
  });
  expect(fault()?.hidden).toBe(false);
  expect(progress()).toBe("");
});

test("it says when the server cannot be reached", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("network"));
  press();
  await vi.waitFor(() => {
    expect(fault()?.textContent).toBe("The server cannot be reached. Nothing was changed.");
  });
});
