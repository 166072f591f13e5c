/**
 * The toolbar: real buttons, one tab stop. Arrow keys, Home and End move between the tools; Escape goes back to the text. A tool that
 * cannot be used now stays reachable and says so (`aria-disabled`).
 */
import type { Editor } from "@tiptap/core";
import { drawing } from "./icons";
import type { Tool } from "./tools";

interface Placed {
  readonly tool: Tool;
  readonly button: HTMLButtonElement;
}

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
const STEPS = new Map<string, (at: number, count: number) => number>([
  ["ArrowRight", (at, count) => (at + 1) % count],
  ["ArrowLeft", (at, count) => (at + count - 1) % count],
  ["Home", () => 0],
  ["End", (_at, count) => count - 1],
]);

export class Toolbar {
  readonly element: HTMLElement;
  readonly #placed: readonly Placed[];
  readonly #editor: Editor;
  #frame = 0;
  #timer = 0;

  constructor(editor: Editor, controls: string, label: string, groups: readonly (readonly Tool[])[]) {
    this.#editor = editor;
    this.element = document.createElement("div");
    this.element.className = "editor-tools";
    this.element.role = "toolbar";
    this.element.ariaLabel = label;
    this.element.setAttribute("aria-controls", controls);
    this.#placed = groups.flatMap((group) => this.#place(group));
    this.element.addEventListener("keydown", this.#onKey);
    editor.on("transaction", this.#soon);
    this.#makeStop(0);
    this.#refresh();
  }

  /** Go to the tool that was used last. */
  focus(): void {
    this.#placed.find(({ button }) => button.tabIndex === 0)?.button.focus();
  }

  destroy(): void {
    this.#editor.off("transaction", this.#soon);
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.element.remove();
  }

  #place(group: readonly Tool[]): Placed[] {
    const row = document.createElement("div");
    row.className = "editor-tool-group";
    const placed = group.map((tool) => ({ tool, button: this.#buttonOf(tool) }));
    row.append(...placed.map(({ button }) => button));
    this.element.append(row);
    return placed;
  }

  #buttonOf(tool: Tool): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "editor-tool";
    button.dataset["tool"] = tool.name;
    // Who says what they see must be understood: the letter is part of the name.
    const letter = "letter" in tool.face && tool.face.letter !== tool.label() ? `${tool.face.letter} ` : "";
    button.ariaLabel = letter + tool.label();
    const keys = tool.keys.replace("Mod", IS_APPLE ? "Meta" : "Control");
    button.setAttribute("aria-keyshortcuts", keys);
    button.title = `${tool.label()} (${keys.replace("Control", "Ctrl").replace("Meta", "⌘")})`;
    button.append("drawing" in tool.face ? drawing(tool.face.drawing) : tool.face.letter);
    // The mouse must not take the focus, and with it the selection, from the text.
    button.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    button.addEventListener("click", () => {
      this.#run(tool, button);
    });
    return button;
  }

  #run(tool: Tool, button: HTMLButtonElement): void {
    this.#makeStop(this.#placed.findIndex((placed) => placed.button === button));
    if (button.ariaDisabled !== "true") tool.run(this.#editor);
  }

  #makeStop(at: number): void {
    for (const [index, { button }] of this.#placed.entries()) button.tabIndex = index === at ? 0 : -1;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      this.#editor.view.focus();
      return;
    }
    const step = STEPS.get(event.key);
    const at = this.#placed.findIndex(({ button }) => button === document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    this.#makeStop(step(at, this.#placed.length));
    this.focus();
  };

  /** Once a frame, however many people type, and after it: the letter is painted first. */
  readonly #soon = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(this.#refresh);
    });
  };

  readonly #refresh = (): void => {
    for (const { tool, button } of this.#placed) {
      if (tool.isOn) button.ariaPressed = String(tool.isOn(this.#editor));
      button.ariaDisabled = String(!tool.canRun(this.#editor));
    }
  };
}
