/** What is drawn on the large plots. */
import type { Painter } from "../../ui/painter.ts";
import type { At } from "./curves.svelte.ts";
import { dashOf } from "./look.ts";
import type { Dot, Line } from "./sampling.ts";

export interface Drawn {
  line: Line;
  dots: Dot[];
  /** Place among the functions shown: its colour and dashes. */
  index: number;
  active: boolean;
}

export function drawAxes(painter: Painter): void {
  const { colours, x, y } = painter;
  const stroke = { colour: colours.soft, width: 1 };
  if (x[0] < 0 && x[1] > 0) painter.segment(0, y[0], 0, y[1], stroke);
  if (y[0] < 0 && y[1] > 0) painter.segment(x[0], 0, x[1], 0, stroke);
}

/** The active one last, over the others. */
export function drawLines(painter: Painter, drawn: Drawn[]): void {
  const { colours } = painter;
  const ordered = [...drawn].sort((a, b) => Number(a.active) - Number(b.active));
  for (const { line, dots, index, active } of ordered) {
    const colour = colours.classes[index % colours.classes.length];
    painter.curve(line.z, line.y, { colour, width: active ? 3 : 2, dash: dashOf(index) });
    for (const dot of dots) ring(painter, dot, colour);
  }
}

function ring(painter: Painter, { z, y, closed }: Dot, colour: string): void {
  const { context, colours } = painter;
  context.beginPath();
  context.arc(painter.toX(z), painter.toY(y), 4, 0, 2 * Math.PI);
  context.fillStyle = closed ? colour : colours.panel;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.stroke();
}

export function drawTangent(painter: Painter, { z, value, slope }: At): void {
  if (!Number.isFinite(value) || !Number.isFinite(slope)) return;
  const [low, high] = painter.x;
  painter.segment(low, value + slope * (low - z), high, value + slope * (high - z), {
    colour: painter.colours.ink,
    width: 1.5,
    dash: [2, 3],
  });
}

/** The height over the axis, or the depth under it, that a number stands for. */
export function drawPoint(painter: Painter, z: number, y: number, index: number): void {
  const { context, colours } = painter;
  painter.segment(z, painter.y[0], z, painter.y[1], {
    colour: colours.soft,
    width: 1,
    dash: [4, 4],
  });
  if (!Number.isFinite(y)) return;
  context.beginPath();
  context.arc(painter.toX(z), painter.toY(y), 7, 0, 2 * Math.PI);
  context.fillStyle = colours.classes[index % colours.classes.length];
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = colours.panel;
  context.stroke();
}
