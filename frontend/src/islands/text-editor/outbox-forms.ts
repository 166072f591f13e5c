/**
 * Forms of a fragment beside the text whose act goes through the outbox, once they were confirmed:
 *
 *     <form hx-post="/texts/remarks/…/reply/" data-outbox="Reply to Ada">
 *
 * `data-outbox` says what the form does, for the list of acts that wait. The fragment is fetched anew when the server tells of the change.
 * Without this script they are forms like others.
 */
import { outbox } from "./outbox";
import { newId } from "./outbox-store";

interface Request {
  readonly elt: Element;
  readonly path: string;
  readonly formData: FormData;
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, path, formData } = (event as CustomEvent<Request>).detail;
  const what = elt instanceof HTMLFormElement ? elt.dataset["outbox"] : undefined;
  if (!(elt instanceof HTMLFormElement) || what === undefined) return;
  event.preventDefault();
  const address = new URL(path, location.href).pathname;
  const written = [...formData].filter((entry): entry is [string, string] => entry[0] !== "csrfmiddlewaretoken" && typeof entry[1] === "string");
  if (written.length === 0 && outbox().waiting.some((act) => act.address === address)) return;
  void outbox().add(address, Object.fromEntries(written), what);
  empty(elt);
});

/** Make room for the next: with an id of its own, or the server would take it for the same again. */
function empty(form: HTMLFormElement): void {
  form.reset();
  const id = form.querySelector<HTMLInputElement>("input[name=id]");
  if (id) id.value = newId();
  const folded = form.closest("details");
  if (!folded) return;
  folded.open = false;
  folded.querySelector("summary")?.focus();
}
