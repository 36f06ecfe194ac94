/** Walks the keyboard over the panes of the window: every element with `data-pane`, in the order of the document. */

export function stepPane(step: -1 | 1): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  // What stands behind another view is out of reach.
  const panes = all.filter((pane) => pane.closest("[inert]") === null);
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  const from = current < 0 && step === -1 ? 0 : current;
  for (let hop = 1; hop <= panes.length; hop += 1) {
    const pane = panes[(from + step * hop + panes.length * hop) % panes.length];
    const target = pane && firstFocusable(pane);
    if (target) {
      target.focus();
      return;
    }
  }
}

/** What a pane is there for, else where it was left (its roving tab stop), else its first control, else the pane itself. */
function firstFocusable(pane: HTMLElement): HTMLElement | null {
  const core = pane.querySelector<HTMLElement>("[data-pane-core]");
  if (core !== null) return core;
  const selector = '[tabindex="0"], button:not([disabled], [tabindex="-1"]), input:not([disabled]), a[href]';
  return pane.querySelector<HTMLElement>(selector) ?? (pane.tabIndex >= 0 ? pane : null);
}
