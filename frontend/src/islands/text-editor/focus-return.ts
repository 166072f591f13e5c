/** Gives the focus back when a dialog closes, also where what had it came anew meanwhile: a fragment is swapped beneath a dialog too. */

/** Return what gives the focus back to what has it now, or else to the editor that came in the place of its own. */
export function focusReturn(): () => void {
  const before = document.activeElement;
  const language = before?.closest<HTMLElement>("text-editor")?.dataset["language"];
  return () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    else if (language !== undefined) enterEditor(language);
  };
}

/** Give the focus to the editor of `language`, now or once it is there, unless somebody takes it before; it may come anew more than once. */
function enterEditor(language: string): void {
  const enter = (): void => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(`text-editor[data-language="${CSS.escape(language)}"] [role=textbox]`)?.focus();
    if (document.activeElement !== document.body) observer.disconnect();
  };
  const observer = new MutationObserver(enter);
  observer.observe(document.body, { childList: true, subtree: true });
  enter();
}
