/** The verification code above the stage: twelve digits, and whether somebody compared them. */
import { button, icon, make } from "./dom";
import { titleOf } from "./identity";
import type { RoomSession } from "./session";
import type { VerificationState } from "./verification";
import { t } from "./words";

export class CodePanel {
  readonly element = make("details", { class: "room-code" });
  readonly #summary = make("summary");
  readonly #explanation = make("div", { class: "room-code-explanation" });
  readonly #session: RoomSession;
  #shown = "";

  constructor(session: RoomSession) {
    this.#session = session;
    this.element.append(this.#summary, this.#explanation);
  }

  update(): void {
    const state = this.#session.verification;
    if (JSON.stringify(state) === this.#shown) return;
    this.#shown = JSON.stringify(state);
    this.element.hidden = state.phase === "alone";
    this.element.dataset["verification"] = state.phase === "code" && state.compared ? "compared" : state.phase;
    this.#summary.replaceChildren(state.phase === "failed" ? icon("lock-open") : icon("lock"), ...summaryOf(state));
    this.#explanation.replaceChildren(...this.#explain(state));
  }

  #explain(state: VerificationState): Node[] {
    if (state.phase === "failed") return [make("p", { role: "alert" }, this.#alarm(state.peer))];
    const paragraphs = [
      make(
        "p",
        {},
        t(
          "Read these digits to each other, all of them, by voice. If everyone sees the same, nobody stands between your browsers. When somebody joins or leaves, the code changes.",
        ),
      ),
      make("p", {}, t("It cannot protect you from a server that sends an altered program.")),
    ];
    if (state.phase !== "code" || state.compared) return paragraphs;
    const compared = () => {
      this.#session.markCompared(state.code);
      this.element.open = false;
    };
    return [...paragraphs, button("btn btn-primary room-compared", t("Everyone sees the same"), compared, icon("check"))];
  }

  #alarm(peer: string): string {
    const person = this.#session.people.get(peer);
    const name = person ? titleOf(person.identity) : "?";
    return t(
      "The connection with {name} is not the one that was announced. Say nothing confidential here, and tell the secretariat by another way.",
      { name },
    );
  }
}

function summaryOf(state: VerificationState): Node[] {
  const lead = make("span", {}, t("end to end"));
  switch (state.phase) {
    case "failed":
      return [lead, make("span", { class: "badge badge-red" }, t("not verified"))];
    case "code": {
      const digits = make("span", { class: "room-code-digits", "aria-label": t("Verification code") + " " + state.code }, state.code);
      const badge = state.compared
        ? make("span", { class: "badge badge-green" }, t("compared"))
        : make("span", { class: "badge badge-gold" }, t("not compared"));
      return [lead, digits, badge];
    }
    case "alone":
    case "exchanging":
      return [lead, make("span", { class: "room-code-wait" }, t("agreeing on a code…"))];
  }
}
