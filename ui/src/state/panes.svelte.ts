/** How the window is arranged: what the centre shows, which tab stands on the right, what is folded, which theme. */
export type Theme = "system" | "light" | "dark";
export type RightTab = "inspector" | "gaps" | "conflicts" | "history";
/** What the centre shows. The map stays as it is behind the others, so that coming back finds it unmoved. */
export type CentreView = "map" | "coverage" | "rules";

const themeKey = "backcast.theme";

class Panes {
  view = $state.raw<CentreView>("map");
  tab = $state.raw<RightTab>("inspector");
  outlineShown = $state.raw(true);
  theme = $state.raw<Theme>("system");
  /** The theme that is on screen: "system" resolved. Grows into a repaint of the canvas. */
  shownTheme = $state.raw<"light" | "dark">("light");

  /** Takes the theme from the last time, and follows the system from then on. */
  restore(): void {
    const kept = localStorage.getItem(themeKey);
    if (kept === "light" || kept === "dark") this.theme = kept;
    this.#show();
    systemDark().addEventListener("change", () => this.#show());
  }

  chooseTheme(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(themeKey, theme);
    this.#show();
  }

  #show(): void {
    const system = systemDark().matches ? "dark" : "light";
    this.shownTheme = this.theme === "system" ? system : this.theme;
    document.documentElement.dataset.theme = this.shownTheme;
  }
}

function systemDark(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}

export const panes = new Panes();
