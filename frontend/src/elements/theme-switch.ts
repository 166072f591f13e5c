/**
 * Light, dark, or as the system says. The form inside works without scripts; with them nothing reloads:
 *
 *     <theme-switch><form method="post" …><button name="theme" value="dark" aria-pressed="false">Dark</button> …</form></theme-switch>
 *
 * The choice is a cookie, which the server reads for the next page.
 */
const YEAR = 365 * 24 * 3600;

export class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#choose);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#choose);
  }

  #choose = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.name !== "theme") return;
    event.preventDefault();
    remember(button.value);
    for (const other of document.querySelectorAll<HTMLButtonElement>("theme-switch button")) {
      other.setAttribute("aria-pressed", String(other.value === button.value));
    }
  };
}

function remember(theme: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax${secure}`;
  if (theme) document.documentElement.dataset["bsTheme"] = theme;
  else delete document.documentElement.dataset["bsTheme"];
}

customElements.define("theme-switch", ThemeSwitch);
