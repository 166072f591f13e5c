/**
 * What stands beside a text is fetched once the text can be used, so that the server makes the text's rows first:
 *
 *     <section hx-get="…" hx-trigger="load" data-after-text>
 *
 * `<text-editor>` says that it can be used by `data-drawn` and the event `text-drawn`.
 */
interface Request {
  readonly elt: Element;
  readonly issueRequest: (skipConfirmation: boolean) => void;
}

/** An editor that does not get its text must not keep the rest away. */
export const PATIENCE_MS = 3000;

export function fetchAfterText(): void {
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = (event as CustomEvent<Request>).detail;
    if (!elt.hasAttribute("data-after-text") || !isTextAwaited()) return;
    event.preventDefault();
    onceDrawn(() => { issueRequest(true); });
  });
}

function isTextAwaited(): boolean {
  return document.querySelector("text-editor") !== null && document.querySelector("text-editor[data-drawn]") === null;
}

function onceDrawn(act: () => void): void {
  const go = (): void => {
    clearTimeout(timer);
    document.removeEventListener("text-drawn", go);
    act();
  };
  const timer = setTimeout(go, PATIENCE_MS);
  document.addEventListener("text-drawn", go);
}
