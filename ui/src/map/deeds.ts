/**
 * What a finished gesture does: selects, links, moves, opens the picker. The only part of the map
 * that reaches for actions and state; each drop is one batch of edits, so one undo takes it back.
 */
import { askForTouchpoint } from "../actions/addUnlinked";
import { commitEdits, linkTouchpoints, nameOf, setEdit } from "../actions/edit";
import { linkRefusal, retarget, turnRefusal } from "../actions/linking";
import { beginRenaming } from "../actions/rename";
import { stageInHand } from "../actions/stageInHand";
import { fillSlot } from "../actions/takeSlot";
import { type LaneChange, toLane } from "../actions/toLane";
import type { Edit } from "../ipc";
import { evidence } from "../state/evidence.svelte";
import { frame } from "../state/frame.svelte";
import { gaps } from "../state/gaps.svelte";
import { intentions } from "../state/intentions.svelte";
import { lanes, lanesByWords } from "../state/lanes.svelte";
import { layout } from "../state/layout.svelte";
import { panes } from "../state/panes.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { slots } from "../state/slots.svelte";
import { toasts } from "../state/toasts.svelte";
import { carried, type Landing, landings, otherLane, restFor } from "./gestures/carry";
import type { Effect, World as GestureWorld } from "./gestures/gesture";
import { takenBy } from "./gestures/marquee";
import type { Hit } from "./hitTest";
import type { MapEngine } from "./mapEngine";
import { between } from "./painter/frame";
import { columnAt, type Point } from "./scene";
import { toMap, toScreen } from "./viewport";

/** Opens a context menu at a point of the window; the hit says what it is about. */
export type MenuOpener = (at: Point, hit: Hit) => void;

export function gestureWorld(): GestureWorld {
  const refusal: GestureWorld["refusal"] = (from, to, link) =>
    link === null ? linkRefusal(from, to) : turnRefusal(link, from, to);
  return { selected: selection.touchpoints, readOnly: !session.canEdit, refusal, laned };
}

function laned(cards: readonly string[], lane: number): { words: string; refused: boolean } {
  const { refusal } = laneChange(cards, lane);
  const found = lanes.list[lane];
  if (refusal !== null || frame.lanes === null || !found) return { words: refusal ?? "", refused: true };
  const said = found.name === null ? found.words : `${lanesByWords[frame.lanes]}: ${found.words}`;
  return { words: said, refused: false };
}

function laneChange(cards: readonly string[], lane: number | null): LaneChange {
  const found = lane === null ? undefined : lanes.list[lane];
  return frame.lanes === null || !found ? { edits: [], refusal: null } : toLane(cards, frame.lanes, found.name);
}

export class Deeds {
  #engine: MapEngine;
  #canvas: HTMLElement;
  #openMenu: MenuOpener;

  constructor(engine: MapEngine, canvas: HTMLElement, openMenu: MenuOpener) {
    this.#engine = engine;
    this.#canvas = canvas;
    this.#openMenu = openMenu;
  }

  perform(effect: Exclude<Effect, { do: "pan" }>): void {
    switch (effect.do) {
      case "select":
        select(effect);
        break;
      case "marquee":
        this.#marquee(effect);
        break;
      case "drop":
        this.#drop(effect);
        break;
      case "link":
        void linkTouchpoints(effect.from, effect.to);
        break;
      case "retarget":
        void retarget(effect.link, effect.end, effect.card);
        break;
      case "pick":
        this.#pick(effect);
        break;
      case "refused":
        toasts.show(effect.why);
        break;
      case "showGaps":
        showGaps(effect.card);
        break;
      case "fill":
        this.#fill(effect.slot);
        break;
      case "rename":
        beginRenaming(effect.card);
        break;
      case "add":
        askForTouchpoint(this.#stageAt(effect.at), this.#toWindow(toScreen(this.#engine.view, effect.at)));
        break;
      case "menu":
        if (effect.hit.on === "ground") this.#standOn(effect.at);
        this.#openMenu(this.#toWindow(effect.at), effect.hit);
        break;
    }
  }

  #fill(id: string): void {
    const slot = slots.byId(id);
    if (slot) void fillSlot(slot);
  }

  #marquee({ start, end, add }: Extract<Effect, { do: "marquee" }>): void {
    const { cards, links } = takenBy(this.#engine.world, between(start, end));
    if (add) selection.selectMany([...selection.touchpoints, ...cards], [...selection.links, ...links]);
    else selection.selectMany(cards, links);
  }

  #drop(drop: Extract<Effect, { do: "drop" }>): void {
    const { world, view } = this.#engine;
    const cards = carried(world.scene, drop.ids, restFor(world, drop, view.zoom));
    const lane = laneChange(drop.ids, otherLane(world.scene, drop.lead, cards));
    const edits = [...landings(world.scene, cards.values()).flatMap(landingEdits), ...lane.edits];
    if (edits.length === 0) {
      this.#engine.refuse();
      if (!frame.plain) toasts.show(lane.refusal ?? placedByItself());
      return;
    }
    this.#engine.hold(cards);
    this.#engine.awaitAnswer();
    void commitEdits(edits, `Move ${nameOf(drop.ids)}`).then((done) => {
      if (done === null) this.#engine.refuse();
    });
  }

  /** The ground under the pointer says the stage of what is picked, unless the hand has not left the card's column. */
  #pick({ card, side, at }: Extract<Effect, { do: "pick" }>): void {
    const { scene } = this.#engine.world;
    const column = columnAt(scene.columns, at.x);
    const own = scene.cards.get(card)?.stage;
    const stage = column === null || column.stage === own ? {} : { stage: column.stage };
    intentions.picker = {
      anchor: card,
      direction: side === "left" ? "upstream" : "downstream",
      mode: "add",
      at: this.#toWindow(toScreen(this.#engine.view, at)),
      ...stage,
    };
  }

  /** The stage whose column a place is in. Columns of distances are no stages: what is added there goes to the one in hand. */
  #stageAt({ x }: Point): string | null {
    if (frame.distances) return stageInHand();
    return columnAt(this.#engine.world.scene.columns, x)?.stage ?? null;
  }

  /** Actions on stages mean the one under the pointer. */
  #standOn(at: Point): void {
    const { world, view } = this.#engine;
    intentions.stage = columnAt(world.scene.columns, toMap(view, at).x)?.stage ?? null;
  }

  #toWindow(at: Point): Point {
    const box = this.#canvas.getBoundingClientRect();
    return { x: box.left + at.x, y: box.top + at.y };
  }
}

function select({ cards, links, how }: Extract<Effect, { do: "select" }>): void {
  const [card] = cards;
  const [link] = links;
  if (card !== undefined) how === "toggle" ? selection.toggle(card) : selection.select(card);
  else if (link === undefined) selection.clear();
  else if (how === "only") selection.selectLink(link);
  else toggleLink(link);
}

function toggleLink(link: string): void {
  const links = new Set(selection.links);
  if (!links.delete(link)) links.add(link);
  selection.selectMany(selection.touchpoints, links);
}

/** A badge shows its card's gaps: the worst one is lit on the map and stands in the list. */
export function showGaps(card: string): void {
  selection.select(card);
  panes.tab = "gaps";
  evidence.focused = gaps.byTouchpoint(card)[0]?.key ?? null;
}

function landingEdits({ id, x, y, stage }: Landing): Edit[] {
  const touchpoint = project.touchpoint(id);
  if (touchpoint === undefined) return [];
  const staged = stage === touchpoint.stage ? [] : [setEdit("touchpoint", id, "stage", stage)];
  if (frame.plain && !frame.isFolded(stage))
    return [...staged, setEdit("touchpoint", id, "position", [Math.round(layout.placeOf(x)), y])];
  // Where the program places cards, one that changes its stage lets go of the place it had in the other.
  const letsGo = staged.length > 0 && touchpoint.position !== null;
  return letsGo ? [...staged, setEdit("touchpoint", id, "position", null)] : staged;
}

/** Why a card goes back to where it was. */
function placedByItself(): string {
  return frame.lanes === null
    ? "Among distances, cards are placed by their links. Show stages as columns to place them by hand."
    : "In lanes, cards are placed by the program. Drag one to another stage or lane, or turn lanes off to place it by hand.";
}
