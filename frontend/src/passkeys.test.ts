import "./elements/toast-list";
import { expect, test } from "vitest";
import { reportPasskeyFailures } from "./passkeys";

test("a refused passkey is said in the page", () => {
  document.body.innerHTML = "<toast-list></toast-list>";
  reportPasskeyFailures();
  const refused = document.dispatchEvent(new CustomEvent("allauth.error", { cancelable: true }));
  expect(refused).toBe(false);
  expect(document.querySelector("[role=alert]")?.textContent).toContain("The passkey was not used");
});
