/** Helpers of the tests only. */

/** Returns the element of the page that `selector` names; throws when there is none. */
export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector} in the page.`);
  return found;
}
