/**
 * Gets the map's code ready while the start screen waits for a hand. A web view compiles code when it has run a few
 * times, so the first map that is opened would pay for all of them. What is drawn here is nobody's map, in a canvas
 * that is never shown; nothing of it is kept, and nothing of the project is read.
 */
import { channelIconNode } from "../kit/channelIcon";
import { MapEngine } from "./mapEngine";
import type { LinkFacts, SceneCard, SceneChange, SceneColumn } from "./scene";
import type { MapTheme } from "./theme";

const columns = 4;
const rows = 14;
const card = { width: 212, height: 64 };
const pitch = { x: 300, y: 96 };
/** Each time another map is taken in whole; between them the window may do other things. */
const rounds = 8;
/** Steps of a frame: together they take about as long as one. */
const atOnce = 2;

type Place = { x: number; y: number; zoom: number };
const places: readonly Place[] = [
  { x: 0, y: 0, zoom: 1 },
  { x: -20, y: -60, zoom: 1 },
  { x: 12, y: -160, zoom: 1 },
  { x: 0, y: 0, zoom: 0.4 },
];

/** `wanted`: asked before each step; no more is done once nobody waits for a first map. */
export async function warmUp(theme: MapTheme, wanted: () => boolean): Promise<void> {
  const engine = new MapEngine(
    document.createElement("canvas"),
    theme,
    { viewChanged: () => undefined, shown: () => undefined },
    () => true,
  );
  engine.resize(columns * pitch.x, 700, 1);
  try {
    for (let step = 0; step < rounds * places.length && wanted(); step++) {
      if (step % places.length === 0) engine.take(someMap());
      const { x, y, zoom } = places[step % places.length] as Place;
      engine.setView({ ...engine.view, x, y, zoom });
      engine.paintNow();
      if (step % atOnce === 0) await nextFrame();
    }
  } finally {
    engine.destroy();
  }
}

/** With a timer beside it: a window that is not seen has no frames. */
function nextFrame(): Promise<void> {
  return new Promise((done) => {
    const timer = window.setTimeout(done, 100);
    requestAnimationFrame(() => {
      window.clearTimeout(timer);
      window.setTimeout(done, 0);
    });
  });
}

function someMap(): SceneChange {
  const cards = Array.from({ length: columns * rows }, (_, at) => someCard(at));
  const links = cards.flatMap((_, at) => [1, 5].map((step) => someLink(at, at + rows + step)));
  const stages: SceneColumn[] = Array.from({ length: columns }, (_, at) => ({
    stage: `stage ${at}`,
    x: at * pitch.x,
    width: pitch.x,
  }));
  return {
    fresh: true,
    cards,
    removedCards: [],
    links: links.filter(({ to }) => Number(to) < cards.length),
    removedLinks: [],
    columns: stages,
    lanes: [],
  };
}

function someCard(at: number): SceneCard {
  const column = Math.floor(at / rows);
  return {
    ...card,
    id: String(at),
    x: column * pitch.x + 44,
    y: (at % rows) * pitch.y,
    stage: `stage ${column}`,
    name: `Somewhere people are met ${at}`,
    cta: "Look inside",
    kind: column === columns - 1 ? "ultimate" : at % 2 === 0 ? "direct" : "indirect",
    stopped: false,
    icon: channelIconNode(at % 3 === 0 ? "email" : "tv"),
    audiences: [at % 3],
    badge: at % 4 === 0 ? { severity: "medium", count: 2 } : null,
    pinned: false,
    noted: false,
  };
}

function someLink(from: number, to: number): LinkFacts {
  return { id: `${from} to ${to}`, from: String(from), to: String(to), label: "Come and see", points: [] };
}
