// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Desk, openDesk, shown } from "./testing";
import { Toolbar } from "./toolbar";
import { TOOLS } from "./tools";

let desk: Desk;
let toolbar: Toolbar;

beforeEach(() => {
  desk = openDesk(undefined, () => {
    toolbar.focus();
  });
  toolbar = new Toolbar(desk.editor, "text", "Editing tools", TOOLS);
  document.body.append(toolbar.element);
});

afterEach(() => {
  document.body.replaceChildren();
});

const tool = (name: string): HTMLButtonElement => {
  const button = toolbar.element.querySelector<HTMLButtonElement>(`[data-tool="${name}"]`);
  if (!button) throw new Error(name);
  return button;
};

function press(key: string, on: EventTarget = document.activeElement ?? document.body, more: KeyboardEventInit = {}): void {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset["tool"];

test("every tool is a button with a name and its keys", () => {
  for (const button of toolbar.element.querySelectorAll("button")) {
    expect(button.type).toBe("button");
    expect(button.getAttribute("aria-label")).toBeTruthy();
    expect(button.getAttribute("aria-keyshortcuts")).toMatch(/^Control\+/);
  }
  expect(toolbar.element.getAttribute("role")).toBe("toolbar");
});

test("the toolbar is one tab stop, and arrows move inside it", () => {
  const stops = (): string[] => [...toolbar.element.querySelectorAll<HTMLElement>("[tabindex='0']")].map((button) => button.dataset["tool"] ?? "");
  toolbar.focus();
  expect([focused(), stops()]).toEqual(["heading-1", ["heading-1"]]);
  press("ArrowRight");
  expect([focused(), stops()]).toEqual(["heading-2", ["heading-2"]]);
  press("ArrowLeft");
  press("ArrowLeft");
  expect(focused()).toBe("redo");
  press("ArrowRight");
  expect(focused()).toBe("heading-1");
  press("End");
  expect(focused()).toBe("redo");
  press("Home");
  expect([focused(), stops()]).toEqual(["heading-1", ["heading-1"]]);
});

test("Alt+F10 goes from the text to the tools, Escape back", () => {
  desk.editor.view.focus();
  press("F10", desk.editor.view.dom, { altKey: true });
  expect(focused()).toBe("heading-1");
  press("Escape");
  expect(document.activeElement).toBe(desk.editor.view.dom);
});

test("toggles say whether they are on, and others do not pretend to be toggles", async () => {
  desk.editor.commands.insertContent("words");
  desk.editor.commands.selectAll();
  expect(tool("bold").getAttribute("aria-pressed")).toBe("false");
  tool("bold").click();
  await vi.waitFor(() => {
    expect(tool("bold").getAttribute("aria-pressed")).toBe("true");
  });
  expect(shown(desk.editor)).toBe('<p data-numbered=""><strong>words</strong></p>');
  expect(tool("undo").hasAttribute("aria-pressed")).toBe(false);
});

test("a tool that cannot be used stays reachable, says so and does nothing", async () => {
  await vi.waitFor(() => {
    expect(tool("undo").getAttribute("aria-disabled")).toBe("true");
  });
  tool("undo").focus();
  expect(focused()).toBe("undo");
  desk.editor.commands.insertContent("words");
  await vi.waitFor(() => {
    expect(tool("undo").getAttribute("aria-disabled")).toBe("false");
  });
  tool("nest").click();
  expect(shown(desk.editor)).toBe('<p data-numbered="">words</p>');
});

test("headings, lists and numbering are reached from the tools", () => {
  desk.editor.commands.insertContent("words");
  tool("heading-2").click();
  expect(shown(desk.editor)).toBe("<h2>words</h2>");
  tool("heading-2").click();
  tool("numbering").click();
  expect(shown(desk.editor)).toBe('<p data-unnumbered="">words</p>');
  tool("numbering").click();
  tool("numbered-list").click();
  expect(shown(desk.editor)).toBe('<ol><li><p data-numbered="">words</p></li></ol>');
});

test("pressing a tool with the mouse leaves the selection in the text", () => {
  const press = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
  tool("italic").dispatchEvent(press);
  expect(press.defaultPrevented).toBe(true);
});
