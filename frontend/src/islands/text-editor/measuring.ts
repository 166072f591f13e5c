/**
 * Blocks out of sight are neither laid out nor painted (`out-of-sight.css`): in a long text a key costs a third less. The browser takes for
 * their heights the last that it saw, so it is shown all of them for a moment when a text is drawn and when its width or most of it changes.
 */
const CALM_MS = 300;
const MEASURING = "is-measuring";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether most heights are others now: a line more or less is seen when its block is. */
export function isOther(before: Size | undefined, now: Size, screen: number): boolean {
  return before !== undefined && (before.width !== now.width || Math.abs(before.height - now.height) > screen);
}

export class Measuring {
  readonly #sizes = new Map<Element, Size>();
  readonly #timers = new Map<Element, number>();

  /** Take the new size of a text. */
  resized(text: Element, size: Size): void {
    if (!text.classList.contains(MEASURING) && isOther(this.#sizes.get(text), size, innerHeight)) this.soon(text);
    this.#sizes.set(text, size);
  }

  /** Show all of a text once nothing has changed for a moment. */
  soon(text: Element): void {
    this.#later(text, () => { this.show(text); });
  }

  /** Show all of a text for a moment: in a whole frame its heights are seen, and remembered at the end of that. */
  show(text: Element): void {
    text.classList.add(MEASURING);
    const end = (): void => {
      if (this.#timers.get(text) === timer) text.classList.remove(MEASURING);
    };
    const timer = this.#later(text, () => requestAnimationFrame(() => requestAnimationFrame(end)));
  }

  stop(): void {
    for (const [text, timer] of this.#timers) {
      clearTimeout(timer);
      text.classList.remove(MEASURING);
    }
  }

  #later(text: Element, act: () => void): number {
    clearTimeout(this.#timers.get(text));
    const timer = window.setTimeout(act, CALM_MS);
    this.#timers.set(text, timer);
    return timer;
  }
}

/** Whether a key may carry the caret to a place that is out of sight: there the browser knows no lines, and takes the beginning of a block. */
export function goesFar({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const far = ["Home", "End", "ArrowUp", "ArrowDown"];
  return (far.includes(key) && (ctrlKey || metaKey || altKey)) || [getSelection()?.anchorNode, getSelection()?.focusNode].some(isOutOfSight);
}

function isOutOfSight(node: Node | null | undefined): boolean {
  const element = node instanceof Element ? node : node?.parentElement;
  const block = element?.closest(".negotiated > *");
  if (!block) return true; // all of the text is selected
  const { top, bottom } = block.getBoundingClientRect();
  return bottom < 0 || top > innerHeight;
}
