/** What an action is: one thing a planner can do, the same from menu, keyboard, context menu and palette. */

/** Where its key works: on the map; on the map and in the outline (it acts on the selection); anywhere. */
export type Scope = "map" | "selection" | "window";

export type Group = "File" | "Edit" | "Add" | "Arrange" | "Walk" | "Stages" | "Gaps" | "View" | "Help";

export type Action = {
  /** The id that native menu items carry. */
  id: string;
  /** Sentence case, a verb first; `…` when more input follows. */
  label: string;
  group: Group;
  /** As shown: "Ctrl+Shift+Z". Matched on the character typed, not on the key's place. */
  key: string | null;
  /** Further keys that do the same. */
  otherKeys?: readonly string[];
  scope: Scope;
  /** The key works while text is being typed, too. */
  whileTyping?: boolean;
  enabled(): boolean;
  run(): void | Promise<void>;
};
