/**
 * Fetches the file that a form asks for and says meanwhile that it is being made; without scripts the form does it alone.
 *
 *     <export-form><form method="get" action="…/export/">… <p role="status" class="export-progress"></p>
 *       <p role="alert" class="export-fault" hidden></p> <button>Export</button></form></export-form>
 */
import { t } from "../words";

const NAME = /filename="([^"]+)"/;

export class ExportForm extends HTMLElement {
  #running: AbortController | null = null;

  connectedCallback(): void {
    this.addEventListener("submit", this.#submit);
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.#submit);
    this.#running?.abort();
  }

  #submit = (event: SubmitEvent): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    if (this.#running) return;
    void this.#fetch(form);
  };

  async #fetch(form: HTMLFormElement): Promise<void> {
    this.#running = new AbortController();
    this.#say(t("The file is being made…"), "");
    form.setAttribute("aria-busy", "true");
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (typeof value === "string") address.searchParams.append(name, value);
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.#running.signal });
      if (answer.ok) await this.#save(answer);
      else this.#say("", await sentence(answer));
    } catch {
      this.#say("", t("The server cannot be reached. Nothing was changed."));
    } finally {
      form.removeAttribute("aria-busy");
      this.#running = null;
    }
  }

  async #save(answer: Response): Promise<void> {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = NAME.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "text";
    link.click();
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
    }, 60_000);
    this.#say(t("Saved: %(name)").replace("%(name)", link.download), "");
  }

  #say(progress: string, fault: string): void {
    const [status, alert] = [this.querySelector(".export-progress"), this.querySelector<HTMLElement>(".export-fault")];
    if (status) status.textContent = progress;
    if (!alert) return;
    alert.textContent = fault;
    alert.hidden = fault === "";
  }
}

/** Returns the server's own sentence when it sent one as plain text. */
async function sentence(answer: Response): Promise<string> {
  const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain") ?? false;
  if (isPlain) return (await answer.text()).trim();
  return answer.status === 404 ? t("This is no longer there.") : t("This was not done: the server failed.");
}

customElements.define("export-form", ExportForm);
