/** Keeps the keyboard where it was when htmx replaces what held it: the same control is found again by what it does. */
const TELLING = ["name", "value", "href", "hx-get", "hx-post", "aria-controls"];

export function describe(element: Element): string | undefined {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const told = TELLING.filter((name) => element.hasAttribute(name));
  if (told.length === 0) return describeByForm(element);
  const values = told.map((name) => `[${name}="${CSS.escape(element.getAttribute(name) ?? "")}"]`);
  return element.localName + values.join("");
}

/** A plain button does what its form does. */
function describeByForm(element: Element): string | undefined {
  const action = element instanceof HTMLButtonElement ? element.form?.getAttribute("action") : undefined;
  return action ? `form[action="${CSS.escape(action)}"] ${element.localName}` : undefined;
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

export class FocusKeeper {
  #selector: string | undefined;
  #wasInSight = false;

  /** Notes what has the focus inside `target`, which is about to be replaced. */
  note(target: Element): void {
    const active = document.activeElement;
    if (!active || active === document.body || !target.contains(active)) return;
    this.#selector = describe(active);
    this.#wasInSight = isInSight(active);
  }

  /** Gives the focus back within `fresh`, which has come instead, unless somebody took it in the meantime; seen before, it is seen again. */
  restore(fresh: Element): void {
    const selector = this.#selector;
    const taken = document.activeElement && document.activeElement !== document.body;
    const found = selector && !taken ? fresh.parentElement?.querySelectorAll<HTMLElement>(selector) : undefined;
    const same = [...(found ?? [])].find((element) => fresh.contains(element));
    if (same ?? taken) this.#selector = undefined;
    same?.focus({ preventScroll: true });
    if (this.#wasInSight) same?.scrollIntoView({ block: "nearest" });
  }
}
