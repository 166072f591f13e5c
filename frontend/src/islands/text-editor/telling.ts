/** Tells a person why an act on the text was not done. */
import { toast } from "../../elements/toast-list";
import { t } from "./words";

export function tell(error: unknown): void {
  toast(error instanceof Error && error.message !== "" ? error.message : t("This was not done."), "error");
}
