/**
 * The measuring page: the real engine and painters on a generated map, moved by script, one step a
 * frame. `measure(count)` answers frame intervals and painting times in milliseconds. No state, no host.
 */
import "@fontsource-variable/inter/index.css";
import "../src/style/tokens.css";
import { carried } from "../src/map/gestures/carry";
import { MapEngine } from "../src/map/mapEngine";
import type { SceneChange } from "../src/map/scene";
import { readTheme } from "../src/map/theme";
import { fitted, panned, zoomedAbout } from "../src/map/viewport";
import { bigScene } from "./bigScene";

export type Figures = { name: string; p50: number; p95: number };

const frames = 150;

async function measure(count: number): Promise<Figures[]> {
  const canvas = document.getElementById("map") as HTMLCanvasElement;
  await document.fonts.load('530 13px "Inter Variable"');
  const engine = new MapEngine(canvas, readTheme(canvas), { viewChanged: () => {}, shown: () => {} }, () => true);
  engine.resize(window.innerWidth, window.innerHeight, window.devicePixelRatio);
  const source = bigScene(count);
  const figures: Figures[] = [];
  const taken = time(() => engine.take(source));
  figures.push({ name: "take the map", p50: taken, p95: taken });
  figures.push(edits(source, engine));

  const box = engine.world.box;
  if (box === null) throw new Error("The generated map is empty.");
  const all = fitted(engine.view, box);
  const close = { ...zoomedAbout(engine.view, 1, { x: 0, y: 0 }), x: -300, y: -(box.bottom - box.top) / 2 };
  const wave = (frame: number) => (Math.floor(frame / 50) % 2 === 0 ? 1 : -1);

  engine.setView(close);
  figures.push(await run("pan close", (frame) => engine.setView(panned(engine.view, wave(frame) * 4, -17))));
  engine.setView(all);
  figures.push(
    await run("pan all in view", (frame) => engine.setView(panned(engine.view, wave(frame) * 7, wave(frame) * 3))),
  );
  engine.setView({ ...close, zoom: 0.3 });
  figures.push(await run("pan small cards", (frame) => engine.setView(panned(engine.view, wave(frame) * 4, -17))));
  engine.setView(close);
  const zoom = (frame: number) =>
    zoomedAbout(engine.view, engine.view.zoom * (frame < frames / 2 ? 0.965 : 1.036), { x: 700, y: 400 });
  figures.push(await run("zoom out and in", (frame) => engine.setView(zoom(frame))));
  engine.setView(close);
  const card = middleCard(engine);
  figures.push(
    await run("drag one card", (frame) => {
      const by = { dx: Math.sin(frame / 12) * 300, dy: Math.cos(frame / 9) * 200, guides: [], column: null };
      engine.hold(carried(engine.world.scene, [card], by));
    }),
  );
  engine.destroy();
  return figures;
}

/** The map's share of an edit: one card moved, its links routed again. */
function edits(source: SceneChange, engine: MapEngine): Figures {
  const card = source.cards[Math.floor(source.cards.length / 2)];
  if (card === undefined) throw new Error("The generated map is empty.");
  const nothing: SceneChange = { ...source, fresh: false, cards: [], links: [], columns: null };
  const times = Array.from({ length: 40 }, (_, round) =>
    time(() => engine.take({ ...nothing, cards: [{ ...card, y: card.y + (round % 2) * 10 }] })),
  );
  return { name: "one edit", p50: at(times, 0.5), p95: at(times, 0.95) };
}

function middleCard(engine: MapEngine): string {
  const { view } = engine;
  const at = { x: (view.width / 2 - view.x) / view.zoom, y: (view.height / 2 - view.y) / view.zoom };
  const near = { left: at.x - 300, right: at.x + 300, top: at.y - 200, bottom: at.y + 200 };
  return engine.world.cards.query(near)[0] ?? "t0";
}

/** Intervals between frames while `act` is called in each; the first ten warm up. */
function run(name: string, act: (frame: number) => void): Promise<Figures> {
  return new Promise((done) => {
    const intervals: number[] = [];
    let last = 0;
    let frame = 0;
    const next = (now: number) => {
      if (frame > 10) intervals.push(now - last);
      last = now;
      frame += 1;
      act(frame);
      if (frame < frames) requestAnimationFrame(next);
      else done({ name, p50: at(intervals, 0.5), p95: at(intervals, 0.95) });
    };
    requestAnimationFrame(next);
  });
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

Object.assign(window, { measure });
