/**
 * The page of the engines that Backcast's map is measured beside. The benchmark opens it in a bare web
 * view of the same library, hands it the same picture and moves it with the same hand. Never shipped.
 */
import { openMaxGraph } from "./maxGraph";
import type { Picture } from "./peer";
import { openSvelteFlow } from "./svelteFlow";

const engines = { maxGraph: openMaxGraph, svelteFlow: openSvelteFlow };

function openPeer(engine: keyof typeof engines, picture: Picture, width: number, height: number) {
  document.body.replaceChildren();
  document.body.style.margin = "0";
  const ground = document.createElement("div");
  ground.style.cssText = `position:relative;overflow:hidden;background:#fff;width:${width}px;height:${height}px`;
  document.body.append(ground);
  return engines[engine](ground, picture);
}

Object.assign(window, { openPeer });
