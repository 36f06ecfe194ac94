/** How the window is arranged: what the centre shows, which tab stands on the right, what is folded, which theme. */
export type Theme = "system" | "light" | "dark";
export type RightTab = "inspector" | "gaps" | "conflicts" | "history";
/** What the centre shows. The map stays as it is behind the others, so that coming back finds it unmoved. */
export type CentreView = "map" | "coverage" | "rules";

const themeKey = "backcast.theme";
const contrastKey = "backcast.contrast";

class Panes {
  view = $state.raw<CentreView>("map");
  tab = $state.raw<RightTab>("inspector");
  outlineShown = $state.raw(true);
  theme = $state.raw<Theme>("system");
  /** The theme that is on screen: "system" resolved. Grows into a repaint of the canvas. */
  shownTheme = $state.raw<"light" | "dark">("light");
  /** High contrast was asked for here. */
  contrast = $state.raw(false);
  /** High contrast is on screen: asked for here or by the system. */
  shownContrast = $state.raw(false);

  /** Takes the theme from the last time, and follows the system and other windows from then on. */
  restore(): void {
    this.#read();
    window.addEventListener("storage", ({ key }) => (key === themeKey || key === contrastKey) && this.#read());
    systemDark().addEventListener("change", () => this.#show());
    systemContrast().addEventListener("change", () => this.#show());
  }

  #read(): void {
    const kept = localStorage.getItem(themeKey);
    this.theme = kept === "light" || kept === "dark" ? kept : "system";
    this.contrast = localStorage.getItem(contrastKey) === "more";
    this.#show();
  }

  chooseTheme(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(themeKey, theme);
    this.#show();
  }

  chooseContrast(more: boolean): void {
    this.contrast = more;
    localStorage.setItem(contrastKey, more ? "more" : "usual");
    this.#show();
  }

  #show(): void {
    const system = systemDark().matches ? "dark" : "light";
    this.shownTheme = this.theme === "system" ? system : this.theme;
    this.shownContrast = this.contrast || systemContrast().matches;
    document.documentElement.dataset.theme = this.shownTheme;
    document.documentElement.dataset.contrast = this.shownContrast ? "more" : "usual";
  }
}

function systemDark(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}

function systemContrast(): MediaQueryList {
  return window.matchMedia("(prefers-contrast: more)");
}

export const panes = new Panes();
