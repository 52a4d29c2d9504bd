/** Light, dark, or what the system asks for. */

export type Theme = "system" | "light" | "dark";

const KEY = "ogive-theme";

class Choice {
  theme: Theme = $state("system");
  /** Whether dark colours are shown now; canvases draw again when it changes. */
  dark = $state(false);
  #system = matchMedia("(prefers-color-scheme: dark)");

  constructor() {
    let kept: string | null = null;
    try {
      kept = localStorage.getItem(KEY);
    } catch {
      // Forbidden by the browser: the system's choice it is.
    }
    this.choose(kept === "light" || kept === "dark" ? kept : "system");
    this.#system.addEventListener("change", () => this.#apply());
  }

  choose(theme: Theme): void {
    this.theme = theme;
    try {
      if (theme === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // See above.
    }
    this.#apply();
  }

  #apply(): void {
    this.dark = this.theme === "system" ? this.#system.matches : this.theme === "dark";
    document.documentElement.dataset.theme = this.dark ? "dark" : "light";
  }
}

export const appearance = new Choice();
