/** Unfold whatever hides `element`, bring it into sight and give it the focus. */
export function reveal(element: HTMLElement): void {
  for (let holder = element.closest("details"); holder; holder = holder.parentElement?.closest("details") ?? null) holder.open = true;
  element.scrollIntoView({ block: "nearest" });
  element.focus({ preventScroll: true });
}
