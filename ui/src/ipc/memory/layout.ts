/** A plain layout for the in-memory host: a column per stage, cards one below the other, pinned ones where they are.
 * It finds no ways for links. */
import type { ColumnView, LayoutView } from "../bindings";
import type { Records } from "./records";

const card = { width: 200, height: 64 };
const gap = 20;
const margin = 36;
const columnWidth = 304;
const headerHeight = 64;

export function layOut(records: Records): LayoutView {
  const stages: (string | null)[] = records.stages.map((stage) => stage.id);
  if (records.touchpoints.some((touchpoint) => touchpoint.stage === null)) stages.unshift(null);
  const columns: ColumnView[] = stages.map((stage, index) => ({ stage, x: index * columnWidth, width: columnWidth }));
  const cards = columns.flatMap((column) => stack(records, column));
  return { cardWidth: card.width, cardHeight: card.height, headerHeight, columns, cards, routes: [] };
}

function stack(records: Records, column: ColumnView) {
  const members = records.touchpoints.filter((touchpoint) => touchpoint.stage === column.stage);
  return members.map((touchpoint, index) => ({
    id: touchpoint.id,
    x: touchpoint.position?.[0] ?? column.x + (columnWidth - card.width) / 2,
    y: touchpoint.position?.[1] ?? margin + index * (card.height + gap),
    pinned: touchpoint.position !== null,
  }));
}
