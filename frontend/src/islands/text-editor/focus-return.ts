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

/** Give the focus to the editor of `language`, now or once it is there, unless somebody took it in the meantime. */
function enterEditor(language: string): void {
  const editor = document.querySelector(`text-editor[data-language="${CSS.escape(language)}"]`);
  if (!editor) return;
  const enter = (): void => {
    const words = editor.querySelector<HTMLElement>("[role=textbox]");
    if (!words) return;
    observer.disconnect();
    if (document.activeElement === document.body) words.focus();
  };
  const observer = new MutationObserver(enter);
  observer.observe(editor, { childList: true, subtree: true });
  enter();
}
