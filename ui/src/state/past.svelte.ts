/**
 * The project's past as the history panel shows it: versions, backups, and the steps that were asked for. Held as they
 * came; asking for them is an action's part.
 */
import type { BackupView, LogView, VersionView } from "../ipc";

export type PastTab = "versions" | "backups" | "steps";

const noSteps: LogView = { steps: [], found: 0, all: 0, authors: [] };

class Past {
  tab = $state.raw<PastTab>("versions");
  versions = $state.raw<readonly VersionView[]>([]);
  backups = $state.raw<readonly BackupView[]>([]);
  log = $state.raw<LogView>(noSteps);
  /** Words that steps are looked for by. */
  text = $state.raw("");
  /** Whose steps; null: anybody's. */
  author = $state.raw<string | null>(null);
  /** The step whose deeds are unfolded. */
  unfolded = $state.raw<string | null>(null);
  /** A version is being given its name. */
  naming = $state.raw(false);

  /** Another project is shown. */
  forget(): void {
    this.versions = [];
    this.backups = [];
    this.log = noSteps;
    this.text = "";
    this.author = null;
    this.unfolded = null;
    this.naming = false;
  }
}

export const past = new Past();
