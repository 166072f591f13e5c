/** What the browser or the person refused while a passkey was made or used, said instead of only logged. */
import { toast } from "./elements/toast-list";
import { t } from "./words";

export function reportPasskeyFailures(): void {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    toast(t("The passkey was not used: it was cancelled, or this device does not know it."), "error");
  });
}
