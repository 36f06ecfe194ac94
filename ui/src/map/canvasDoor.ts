/** The map's side of the door that actions and the picker use: zoom, reveal, where a card is on screen. */
import { tick } from "svelte";
import { channelIconNode } from "../kit/channelIcon";
import type { Canvas, Newcomer, Point } from "../state/canvas.svelte";
import { frame } from "../state/frame.svelte";
import { layout } from "../state/layout.svelte";
import { selection } from "../state/selection.svelte";
import { expected } from "./expected";
import { cardAt } from "./hitTest";
import type { MapEngine } from "./mapEngine";
import { around, type Box, cardBox, type SceneCard, touches } from "./scene";
import { approaching, lookedAt, revealing, toMap, toScreen, type Viewport, visibleBox, zoomedAbout } from "./viewport";

const zoomStep = 1.25;

function cardOf(
  { id, name, kind, stage, channel }: Newcomer,
  width: number,
  height: number,
): Omit<SceneCard, "x" | "y"> {
  const plain = { cta: "", stopped: false, audiences: [], badge: null, pinned: false, noted: false };
  return { ...plain, id, name, kind, stage, icon: channelIconNode(channel), width, height };
}

export function canvasFor(engine: MapEngine, element: HTMLElement, view: () => Viewport): Canvas {
  const boxOf = (ids: Iterable<string>): Box | null =>
    around([...ids].map((id) => engine.boxOf(id)).filter((box) => box !== null));
  // About what is selected, or about the map, so that coming closer does not lose it.
  const zoomTo = (zoom: number) => {
    const { target } = engine;
    const selected = boxOf(selection.touchpoints);
    const isSeen = selected !== null && touches(selected, visibleBox(target));
    const next = zoomedAbout(target, zoom, lookedAt(target, isSeen ? selected : engine.world.all));
    engine.glideTo(isSeen && zoom > target.zoom ? revealing(next, selected) : next);
  };
  const inFrame = ({ x, y }: Point): Point => {
    const frame = element.getBoundingClientRect();
    return { x: x - frame.left, y: y - frame.top };
  };
  return {
    zoom: () => view().zoom,
    zoomToFit: () => engine.fit(),
    zoomToSelection: () => {
      const box = boxOf(selection.touchpoints);
      if (box !== null) engine.fit(box);
    },
    zoomTo100: () => zoomTo(1),
    zoomIn: () => zoomTo(engine.target.zoom * zoomStep),
    zoomOut: () => zoomTo(engine.target.zoom / zoomStep),
    reveal: (ids) => {
      // What stands in a folded stage is only there to be seen once that is unfolded and drawn.
      if (frame.unfoldFor(ids)) void tick().then(() => engine.reveal(ids));
      else engine.reveal(ids);
    },
    revealArea: (area) => engine.revealBox(cardBox(area)),
    revealStage: (stage) => {
      const column = layout.column(stage);
      if (column === undefined) return;
      const y = (view().height / 2 - view().y) / view().zoom;
      engine.revealBox(cardBox({ x: column.x, y, width: column.width, height: 1 }));
    },
    approach: (id) => {
      const come = () => {
        const box = engine.boxOf(id);
        if (box !== null) engine.glideTo(approaching(engine.target, box));
      };
      if (frame.unfoldFor([id])) void tick().then(come);
      else come();
    },
    screenRectangle: (id) => {
      const box = engine.boxOf(id);
      if (box === null) return null;
      const frame = element.getBoundingClientRect();
      const at = toScreen(view(), { x: box.left, y: box.top });
      const { zoom } = view();
      return {
        x: frame.left + at.x,
        y: frame.top + at.y,
        width: (box.right - box.left) * zoom,
        height: (box.bottom - box.top) * zoom,
      };
    },
    carry: (places) => {
      const cards = new Map<string, SceneCard>();
      for (const [id, place] of places) {
        const card = engine.world.scene.cards.get(id);
        if (card !== undefined) cards.set(id, { ...card, ...place });
      }
      engine.hold(cards);
    },
    settle: () => engine.awaitAnswer(),
    expect: (newcomer, ready) => {
      const { cardWidth: width, cardHeight: height } = layout;
      const place = ready && { x: ready.x, y: ready.y + (ready.height - height) / 2 };
      const { scene, cards } = engine.world;
      const { anchor, direction, to, from } = newcomer;
      const wish = { card: cardOf(newcomer, width, height), anchor, direction, to, from };
      // In lanes and among distances a card stands where only the program knows.
      const found = frame.plain && !frame.isFolded(newcomer.stage) ? expected(scene, cards, wish, place) : null;
      if (found !== null) engine.expect(found);
      if (found !== null && ready === null) engine.reveal([newcomer.id]);
      return () => engine.forget(newcomer.id);
    },
    touchpointAt: (at) => cardAt(toMap(view(), inFrame(at)), engine.world, 6)?.id ?? null,
    aim: (link) => {
      const gesture =
        link === null ? null : ({ kind: "linking", ...link, at: toMap(view(), inFrame(link.at)) } as const);
      engine.show({ gesture });
    },
    wheel: (event) => element.dispatchEvent(new WheelEvent("wheel", event)),
    focus: () => element.focus({ preventScroll: true }),
  };
}
