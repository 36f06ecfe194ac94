/** The open engine of draw.io, set up as its own examples set it up; live previews while dragging are on. */
import "@maxgraph/core/css/common.css";
import { Graph, type SelectionHandler } from "@maxgraph/core";
import type { Card, Line, OpenPeer } from "./peer";

export const openMaxGraph: OpenPeer = (ground, { cards, lines, cardWidth, cardHeight }) => {
  const graph = new Graph(ground);
  graph.setPanning(true);
  // Else the middle of a card would start an edge instead of being dragged.
  graph.setConnectable(false);
  const selection = graph.getPlugin<SelectionHandler>("SelectionHandler");
  if (selection) selection.maxLivePreview = 16;
  const vertex = ({ id, name, x, y }: Card) =>
    graph.insertVertex({ id, value: name, position: [x, y], size: [cardWidth, cardHeight], style: { rounded: true } });
  const cell = (id: string) => graph.getDataModel().getCell(id);
  const edge = ({ id, from, to }: Line) =>
    graph.insertEdge({ id, value: "", source: cell(from), target: cell(to), style: { curved: true } });
  const insert = (more: Card[], links: Line[]) =>
    graph.batchUpdate(() => {
      more.forEach(vertex);
      links.forEach(edge);
    });
  insert(cards, lines);
  const { view } = graph;
  const middle = { x: ground.clientWidth / 2, y: ground.clientHeight / 2 };
  let shift = { x: 0, y: 0 };
  return {
    centre: (id) => {
      const box = cell(id)?.getGeometry();
      if (!box) return;
      const [x, y] = [middle.x - box.x - box.width / 2, middle.y - box.y - box.height / 2];
      view.scaleAndTranslate(1, x, y);
    },
    fit: () => {
      const box = graph.getGraphBounds();
      const scale = Math.min(ground.clientWidth / box.width, ground.clientHeight / box.height) * view.scale;
      const [left, top] = [box.x / view.scale - view.translate.x, box.y / view.scale - view.translate.y];
      view.scaleAndTranslate(scale, -left, -top);
    },
    pan: (dx, dy) => {
      shift = { x: shift.x + dx, y: shift.y + dy };
      graph.panGraph(shift.x, shift.y);
    },
    rest: () => {
      const { scale, translate } = view;
      graph.panGraph(0, 0);
      view.setTranslate(translate.x + shift.x / scale, translate.y + shift.y / scale);
      shift = { x: 0, y: 0 };
    },
    zoom: (factor) => graph.zoom(factor, true),
    handle: (id) => {
      const drawn = cell(id);
      const state = drawn && view.getState(drawn);
      if (!state?.shape?.node) throw new Error(`maxGraph does not show ${id}.`);
      return state.shape.node;
    },
    add: (card, links) => insert([card], links),
  };
};
