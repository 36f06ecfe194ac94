/**
 * Lucide icons as canvas paths. An icon's node list (24 × 24, stroked) becomes one Path2D, made when
 * it is first needed. Which icon a channel has is decided in kit/channelIcon.ts.
 */
import type { IconNode } from "../kit/channelIcon";

const paths = new WeakMap<IconNode, Path2D>();

export function iconPath(icon: IconNode): Path2D {
  const known = paths.get(icon);
  if (known !== undefined) return known;
  const path = new Path2D();
  for (const [tag, attributes] of icon) addShape(path, tag, (name) => Number(attributes[name] ?? 0), attributes);
  paths.set(icon, path);
  return path;
}

function addShape(path: Path2D, tag: string, number: (name: string) => number, attributes: IconNode[number][1]): void {
  switch (tag) {
    case "path":
      path.addPath(new Path2D(String(attributes.d)));
      break;
    case "circle":
      path.moveTo(number("cx") + number("r"), number("cy"));
      path.arc(number("cx"), number("cy"), number("r"), 0, Math.PI * 2);
      break;
    case "ellipse":
      path.moveTo(number("cx") + number("rx"), number("cy"));
      path.ellipse(number("cx"), number("cy"), number("rx"), number("ry"), 0, 0, Math.PI * 2);
      break;
    case "rect":
      path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx") || number("ry"));
      break;
    case "line":
      path.moveTo(number("x1"), number("y1"));
      path.lineTo(number("x2"), number("y2"));
      break;
    case "polyline":
    case "polygon":
      addPoints(path, String(attributes.points), tag === "polygon");
      break;
  }
}

function addPoints(path: Path2D, points: string, closed: boolean): void {
  const places = points
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  for (let at = 0; at + 1 < places.length; at += 2) path.lineTo(places[at] as number, places[at + 1] as number);
  if (closed) path.closePath();
}
