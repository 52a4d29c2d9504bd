/** The rows over the map: drawn once, and again only when they or the picture's size change. */
import type { Painter } from "../../ui/painter.ts";
import { marker } from "../../ui/markers.ts";
import type { Dataset } from "./dataset.ts";
import { rampColour } from "./pictures.ts";

const MOST = 3000; // of a large table only so many are drawn

export class RowsPicture {
  #canvas: HTMLCanvasElement = document.createElement("canvas");
  #key: unknown[] = [];

  draw(painter: Painter, data: Dataset): void {
    const { context, area, colours } = painter;
    const scale = window.devicePixelRatio || 1;
    const key = [data, area.width, area.height, colours, scale];
    if (key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      this.#canvas.width = Math.max(1, Math.round(area.width * scale));
      this.#canvas.height = Math.max(1, Math.round(area.height * scale));
      const own = this.#canvas.getContext("2d")!;
      own.setTransform(scale, 0, 0, scale, -area.left * scale, -area.top * scale);
      drawRows(own, painter, data);
    }
    context.drawImage(this.#canvas, area.left, area.top, area.width, area.height);
  }
}

function drawRows(context: CanvasRenderingContext2D, painter: Painter, data: Dataset): void {
  const { raw, columns, yRaw, validation, task } = data;
  const held = new Set(validation);
  const count = raw.length / columns;
  const every = Math.ceil(count / MOST);
  const radius = count > 1000 ? 2.5 : count > 400 ? 3.2 : 4;
  for (let row = 0; row < count; row += every) {
    const of = task === "regression" ? 0 : data.colours[yRaw[row]];
    const colour =
      task === "regression"
        ? rampColour((data.y[row] - data.middle) / data.spread)
        : painter.colours.classes[of % painter.colours.classes.length];
    const [x, y] = [painter.toX(raw[row * columns]), painter.toY(raw[row * columns + 1])];
    marker(context, of, x, y, radius);
    const hollow = held.has(row);
    context.fillStyle = hollow ? painter.colours.panel : colour;
    context.fill();
    context.lineWidth = hollow ? 1.6 : 1;
    context.strokeStyle =
      task === "regression" ? painter.colours.ink : hollow ? colour : painter.colours.panel;
    context.stroke();
  }
}

/** The row whose point is nearest in the picture; -1 if none is within reach. */
export function rowAt(
  data: Dataset,
  x: number,
  y: number,
  ranges: { x: [number, number]; y: [number, number] },
): number {
  let best = -1;
  let nearest = 0.05 ** 2; // of the picture's width
  const wide = ranges.x[1] - ranges.x[0];
  const tall = ranges.y[1] - ranges.y[0];
  for (let row = 0; row * data.columns < data.raw.length; row++) {
    const dx = (data.raw[row * data.columns] - x) / wide;
    const dy = (data.raw[row * data.columns + 1] - y) / tall;
    const distance = dx * dx + dy * dy;
    if (distance < nearest) {
      nearest = distance;
      best = row;
    }
  }
  return best;
}
