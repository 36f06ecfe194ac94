/**
 * The window's session: which screen is shown, which file, how it stands with saving and undo, and the catalogues
 * (frameworks, channels) that the program ships. Not the project's content: that is `project`.
 */
import type { ChannelView, FrameworkView, HistoryView, RecentFile, SaveStatus } from "../ipc";

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
  #channelsById: ReadonlyMap<string, ChannelView> = $derived(
    new Map(this.channels.map((channel) => [channel.id, channel])),
  );

  /** Undefined for a channel that a planner typed freely. */
  channel(id: string | null): ChannelView | undefined {
    return id === null ? undefined : this.#channelsById.get(id);
  }

  get canEdit(): boolean {
    return this.screen === "map" && !this.readOnly;
  }
}

export const session = new Session();
