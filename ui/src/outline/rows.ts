/** The outline as a flat list of rows: stages, and under each that is unfolded its touchpoints, top to bottom. */
import type { CardPosition, StageRecord, TouchpointRecord } from "../ipc";

export type StageRow = {
  kind: "stage";
  /** "" stands for touchpoints without a stage. */
  id: string;
  name: string;
  count: number;
  folded: boolean;
  position: number;
  size: number;
};
export type TouchpointRow = { kind: "touchpoint"; id: string; stage: string; position: number; size: number };
/** A ready slot, below the touchpoint that asks. */
export type SlotRow = { kind: "slot"; id: string; anchor: string; stage: string; position: number; size: number };
export type Row = StageRow | TouchpointRow | SlotRow;

export function rowKey(row: Row): string {
  return `${row.kind}:${row.id}`;
}

export function outlineRows(
  stages: readonly StageRecord[],
  touchpoints: ReadonlyMap<string, TouchpointRecord>,
  cards: ReadonlyMap<string, CardPosition>,
  folded: ReadonlySet<string>,
  slotsOf: (touchpoint: string) => readonly { id: string }[] = () => [],
): Row[] {
  const members = new Map<string, TouchpointRecord[]>(stages.map((stage) => [stage.id, []]));
  const loose: TouchpointRecord[] = [];
  for (const touchpoint of touchpoints.values()) (members.get(touchpoint.stage ?? "") ?? loose).push(touchpoint);
  const parents = stages.map((stage) => ({ id: stage.id, name: stage.name, list: members.get(stage.id) ?? [] }));
  if (loose.length > 0) parents.unshift({ id: "", name: "No stage", list: loose });
  return parents.flatMap((parent, index): Row[] => {
    const size = parent.list.length;
    const shut = folded.has(parent.id);
    const { id, name } = parent;
    const head: Row = { kind: "stage", id, name, count: size, folded: shut, position: index + 1, size: parents.length };
    if (shut) return [head];
    const height = (row: TouchpointRecord) => cards.get(row.id)?.y ?? 0;
    const sorted = [...parent.list].sort((a, b) => height(a) - height(b));
    return [
      head,
      ...sorted.flatMap((row, at): Row[] => {
        const slots = slotsOf(row.id);
        const below = slots.map((slot, place): Row => {
          return { kind: "slot", id: slot.id, anchor: row.id, stage: id, position: place + 1, size: slots.length };
        });
        return [{ kind: "touchpoint", id: row.id, stage: id, position: at + 1, size }, ...below];
      }),
    ];
  });
}
