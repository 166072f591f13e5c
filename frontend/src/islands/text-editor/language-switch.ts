/** Buttons for the language versions, when the editor shows one of several. */
import { languageName } from "./editor";
import { t } from "./words";

/** Return the switch, or null when there is nothing to choose. */
export function languageSwitch(languages: readonly string[], current: string, choose: (language: string) => void): HTMLElement | null {
  if (languages.length < 2) return null;
  const group = document.createElement("div");
  group.className = "editor-languages";
  group.role = "group";
  group.ariaLabel = t("Language of the text");
  for (const code of languages) {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = code;
    button.textContent = languageName(code);
    button.ariaPressed = String(code === current);
    button.addEventListener("click", () => {
      choose(code);
    });
    group.append(button);
  }
  return group;
}
