/**
 * The window's session: which screen is shown, which file, how it stands with saving and undo, and the catalogues
 * (frameworks, channels, rules) that the program ships. Not the project's content: that is `project`.
 */
import type { ChannelView, FrameworkView, HistoryView, RecentFile, RuleView, SaveStatus } from "../ipc";

export class Session {
  screen = $state.raw<"starting" | "start" | "map">("starting");
  appVersion = $state.raw("");
  fileName = $state.raw<string | null>(null);
  folder = $state.raw<string | null>(null);
  readOnly = $state.raw(false);
  status = $state.raw<SaveStatus>({ state: "kept", detail: null });
  history = $state.raw<HistoryView>({ undo: null, redo: null });
  recent = $state.raw<readonly RecentFile[]>([]);
  frameworks = $state.raw<readonly FrameworkView[]>([]);
  channels = $state.raw<readonly ChannelView[]>([]);
  rules = $state.raw<readonly RuleView[]>([]);
  #channelsById: ReadonlyMap<string, ChannelView> = $derived(
    new Map(this.channels.map((channel) => [channel.id, channel])),
  );

  /** Undefined for a channel that a planner typed freely. */
  channel(id: string | null): ChannelView | undefined {
    return id === null ? undefined : this.#channelsById.get(id);
  }

  framework(id: string | null): FrameworkView | undefined {
    return this.frameworks.find((framework) => framework.id === id);
  }

  rule(id: string): RuleView | undefined {
    return this.rules.find((rule) => rule.id === id);
  }

  get canEdit(): boolean {
    return this.screen === "map" && !this.readOnly;
  }
}

export const session = new Session();
