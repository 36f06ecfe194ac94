/** A plain layout for the in-memory host: a column per stage, cards one below the other, pinned ones where they are.
 * With lanes, each cell is a pile of its own. It finds no ways for links, and knows one distance only. */
import type { CardPosition, ColumnView, FrameForm, LaneView, LayoutView } from "../bindings";
import type { TouchpointRecord } from "../rows";
import { channels } from "./catalogue";
import type { Records } from "./records";

const card = { width: 200, height: 64 };
const gap = 20;
const margin = 36;
const columnWidth = 304;
const headerHeight = 64;
const row = card.height + gap;

export function layOut(records: Records, frame: FrameForm = { lanes: null, distances: false }): LayoutView {
  const stages: (string | null)[] = frame.distances ? [null] : records.stages.map((stage) => stage.id);
  if (!frame.distances && records.touchpoints.some((touchpoint) => touchpoint.stage === null)) stages.unshift(null);
  const columns: ColumnView[] = stages.map((stage, index) => ({ stage, x: index * columnWidth, width: columnWidth }));
  const piles = columns.map((column) =>
    records.touchpoints.filter((touchpoint) => frame.distances || touchpoint.stage === column.stage),
  );
  const sizes = { cardWidth: card.width, cardHeight: card.height, headerHeight };
  if (frame.lanes !== null || frame.distances) {
    const names = namesOf(records, frame.lanes);
    let top = headerHeight;
    const lanes = names.map((name): LaneView => {
      const most = Math.max(...piles.map((pile) => pile.filter((one) => laneOf(one, frame.lanes) === name).length));
      const lane = { name, y: top, height: margin + most * row };
      top += lane.height;
      return lane;
    });
    const cards = columns.flatMap((column, at) =>
      lanes.flatMap(({ name, y }) =>
        (piles[at] ?? [])
          .filter((one) => laneOf(one, frame.lanes) === name)
          .map(({ id }, index) => put(id, column, y + margin / 2 + gap / 2 + index * row)),
      ),
    );
    return { ...sizes, columns, lanes: frame.lanes === null ? [] : lanes, cards, routes: [] };
  }
  const cards = columns.flatMap((column, at) =>
    (piles[at] ?? []).map(({ id, position }, index) => {
      const free = put(id, column, margin + index * row);
      return position === null ? free : { id, x: position[0], y: position[1], pinned: true };
    }),
  );
  return { ...sizes, columns, lanes: [], cards, routes: [] };
}

function put(id: string, column: ColumnView, y: number): CardPosition {
  return { id, x: column.x + (columnWidth - card.width) / 2, y, pinned: false };
}

function laneOf(touchpoint: TouchpointRecord, by: FrameForm["lanes"]): string | null {
  const channel = channels.find(({ id }) => id === touchpoint.channel);
  if (by === "audience") return touchpoint.audiences[0] ?? null;
  if (by === "channelGroup") return channel?.group ?? null;
  if (by === "ownership") return touchpoint.ownership ?? channel?.ownership ?? null;
  return by === "media" ? ((touchpoint.media ?? channel?.media)?.[0] ?? null) : null;
}

/** Those without stand last. */
function namesOf(records: Records, by: FrameForm["lanes"]): (string | null)[] {
  const names = new Set(records.touchpoints.map((touchpoint) => laneOf(touchpoint, by)));
  const known = by === "audience" ? records.audiences.map(({ id }) => id) : [...names];
  const named = known.filter((name) => name !== null && names.has(name));
  return names.has(null) ? [...named, null] : named;
}
