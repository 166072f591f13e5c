/**
 * The state that the editor shows, from what the session knows. Pure.
 *
 * loading → saved ⇄ saving, → offline and back; proposing where delegations only propose; readonly and frozen for those who follow; refused when the server says no for good.
 */
import type { Refusal } from "./protocol";
import type { SessionStatus } from "./session";
import { t } from "./words";

export type EditorState = "loading" | "saved" | "saving" | "offline" | "proposing" | "readonly" | "frozen" | "refused";

export interface Rights {
  readonly mayEdit: boolean;
  readonly mayPropose: boolean;
  readonly frozen: boolean;
}

export function stateOf(status: SessionStatus, { mayEdit, mayPropose, frozen }: Rights): EditorState {
  if (status.refusal !== null && status.refusal !== "frozen") return "refused";
  if (!status.loaded) return "loading";
  if (!status.connected && status.refusal === null) return "offline";
  if (frozen || status.refusal === "frozen") return "frozen";
  if (!mayEdit || !status.mayWrite) return mayPropose ? "proposing" : "readonly";
  return status.saved ? "saved" : "saving";
}

/** Whether the person may type now: offline too, never after a refusal. */
export function isEditable(status: SessionStatus, { mayEdit, frozen }: Rights): boolean {
  return mayEdit && !frozen && status.mayWrite && status.loaded && status.refusal === null;
}

/** Whether typing makes proposals: offline too, as long as the text on the screen is complete. */
export function isProposing(status: SessionStatus, { mayEdit, mayPropose, frozen }: Rights): boolean {
  return mayPropose && !mayEdit && !frozen && status.loaded && status.refusal === null;
}

interface Sentence {
  readonly label: string;
  /** What it means for the person; empty when the label says it all. */
  readonly detail: string;
}

const frozenText = (): Sentence => ({
  label: t("Frozen"),
  detail: t("Frozen: the text is proposed for adoption, nobody can change it."),
});

const REFUSED: Readonly<Record<Refusal, () => Sentence>> = {
  rights: () => ({ label: t("No longer editable"), detail: t("You may no longer edit this text.") }),
  "signed-out": () => ({
    label: t("Signed out"),
    detail: t("You are signed out. Sign in again in another window, then reconnect here: nothing you wrote is lost."),
  }),
  missing: () => ({ label: t("Not available"), detail: t("This text is not, or no longer, open to you.") }),
  unacceptable: () => ({
    label: t("Not saved"),
    detail: t("The server could not take your last changes. Copy what you need, then load the page again."),
  }),
  frozen: frozenText,
};

export function sentenceOf(state: EditorState, status: SessionStatus, rights: Rights): Sentence {
  switch (state) {
    case "loading":
      return { label: t("Connecting…"), detail: "" };
    case "saved":
      return { label: t("Saved"), detail: "" };
    case "saving":
      // Nothing of this page is on its way: only the handshake is.
      return { label: status.unsaved === 0 ? t("Connecting…") : t("Saving…"), detail: "" };
    case "offline":
      return { label: t("Offline"), detail: offlineDetail(status, rights) };
    case "proposing":
      return { label: t("Proposals only"), detail: t("What you type becomes a proposal; the text itself does not change.") };
    case "readonly":
      return { label: t("Read only"), detail: t("Read only: you follow this text without editing it.") };
    case "frozen":
      return frozenText();
    case "refused":
      return REFUSED[status.refusal ?? "rights"]();
  }
}

function offlineDetail({ unsaved }: SessionStatus, { mayEdit, frozen }: Rights): string {
  if (!mayEdit || frozen) return t("Offline: this is the text as it was when the connection was lost.");
  if (unsaved === 0) return t("Offline: everything you wrote is saved. You can go on writing; keep this page open.");
  return t(
    "Offline: {n} change is only on this screen. Keep this page open; it is sent when the connection returns. | Offline: {n} changes are only on this screen. Keep this page open; they are sent when the connection returns.",
    { n: unsaved },
  );
}
