/** Points by pictures of their markers: copying is faster than drawing hundreds of shapes anew. */
import type { Point } from "../../state/codecs.ts";
import { marker } from "../../ui/markers.ts";
import type { Painter } from "../../ui/painter.ts";

const MOST_SETS = 24;
/** By size, scale and colours: a picture for each class, right (even) and wrong (odd). */
const known = new Map<string, Map<number, HTMLCanvasElement>>();

/** Those that are wrong are in a ring. */
export function drawPoints(
  painter: Painter,
  points: readonly Point[],
  wrong: readonly boolean[],
  radius: number,
): void {
  const { context } = painter;
  const scale = context.getTransform().a;
  const reach = Math.ceil(1.6 * radius + 2);
  const size = Math.round(radius * 10) / 10;
  const pictures = picturesOf(`${size} ${scale} ${painter.colours.panel}`);
  points.forEach(({ x, y, of }, i) => {
    const key = 2 * of + Number(wrong[i] ?? false);
    let picture = pictures.get(key);
    if (picture === undefined) {
      picture = pictureOf(painter, of, wrong[i] ?? false, size, reach);
      pictures.set(key, picture);
    }
    // On whole pixels they are copied, not resampled.
    const left = Math.round((painter.toX(x) - reach) * scale) / scale;
    const top = Math.round((painter.toY(y) - reach) * scale) / scale;
    context.drawImage(picture, left, top, picture.width / scale, picture.height / scale);
  });
}

function picturesOf(key: string): Map<number, HTMLCanvasElement> {
  let pictures = known.get(key);
  if (pictures === undefined) {
    if (known.size >= MOST_SETS) known.clear(); // while a window is resized
    known.set(key, (pictures = new Map()));
  }
  return pictures;
}

function pictureOf(
  { context: target, colours }: Painter,
  of: number,
  wrong: boolean,
  radius: number,
  reach: number,
): HTMLCanvasElement {
  const scale = target.getTransform().a;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(2 * reach * scale);
  const context = canvas.getContext("2d")!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  marker(context, of, reach, reach, radius);
  context.fillStyle = colours.classes[of % colours.classes.length];
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.panel;
  context.stroke();
  if (wrong) {
    context.strokeStyle = colours.ink;
    context.lineWidth = radius > 3 ? 1.5 : 1;
    context.beginPath();
    context.arc(reach, reach, 1.6 * radius, 0, 2 * Math.PI);
    context.stroke();
  }
  return canvas;
}
