/** Regions, lines, points and the sample on a plot. */
import { labelFont, type Painter } from "../../ui/painter.ts";
import { drawCells, mixed, packed } from "./cells.ts";
import { clipped, crossing, type Lines, type Piece } from "./lines.ts";
import type { Regions } from "./regions.ts";

/** Where the answers are ambiguous the colours are paler, and under a pattern. */
export function drawRegions(painter: Painter, regions: Regions, present: readonly number[]): void {
  const { panel, ink } = painter.colours;
  const colours = (share: number) =>
    present.map((of) => packed(mixed(classColour(painter, of), panel, share)));
  drawCells(painter, {
    shade: regions.winner,
    colours: colours(0.3),
    paler: colours(0.13),
    kind: regions.ambiguous > 0 ? regions.ambiguity : undefined,
    ink: packed(mixed(ink, panel, 0.55)),
  });
}

export function classColour(painter: Painter, of: number): string {
  return painter.colours.classes[of % painter.colours.classes.length];
}

export interface LineStyle {
  width: number;
  alpha: number;
}

/** A line as two: on each side the colour of the class that the model answers there. */
export function drawLine(
  painter: Painter,
  piece: Piece,
  sides: [string, string],
  style: LineStyle,
) {
  const { context } = painter;
  const [x0, y0] = [painter.toX(piece.from[0]), painter.toY(piece.from[1])];
  const [x1, y1] = [painter.toX(piece.to[0]), painter.toY(piece.to[1])];
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length === 0) return;
  // On the left of the way in the plane, where y points up, is on the left of it on the screen.
  const [left, up] = [(y1 - y0) / length, -(x1 - x0) / length];
  context.save();
  context.globalAlpha = style.alpha;
  context.lineWidth = style.width;
  [1, -1].forEach((side, i) => {
    const shift = (side * style.width) / 2;
    context.strokeStyle = sides[i];
    context.beginPath();
    context.moveTo(x0 + shift * left, y0 + shift * up);
    context.lineTo(x1 + shift * left, y1 + shift * up);
    context.stroke();
  });
  context.restore();
}

/** The lines of two-class models. */
export function zeroLines(lines: Lines, x: [number, number], y: [number, number]) {
  return Array.from(lines.b, (b, j) => crossing(lines.w1[j], lines.w2[j], b, x, y));
}

export interface Border extends Piece {
  left: number;
  right: number;
}

/** Where the two largest outputs are equal: the borders of softmax's regions. */
export function borders(lines: Lines, x: [number, number], y: [number, number]): Border[] {
  const found: Border[] = [];
  const count = lines.b.length;
  const less = (i: number, j: number): [number, number, number] => [
    lines.w1[i] - lines.w1[j],
    lines.w2[i] - lines.w2[j],
    lines.b[i] - lines.b[j],
  ];
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const whole = crossing(...less(i, j), x, y);
      if (whole === undefined) continue;
      const others = Array.from({ length: count }, (_, k) => k).filter((k) => k !== i && k !== j);
      const direction: [number, number] = [
        whole.to[0] - whole.from[0],
        whole.to[1] - whole.from[1],
      ];
      const piece = clipped(whole.from, direction, [
        ...others.map((k) => less(i, k)),
        [...direction, -direction[0] * whole.from[0] - direction[1] * whole.from[1]],
        [-direction[0], -direction[1], direction[0] * whole.to[0] + direction[1] * whole.to[1]],
      ]);
      if (piece) found.push({ ...piece, left: i, right: j });
    }
  return found;
}

/** Names in the middle of the regions: colour alone is not for everybody. */
export function drawNames(
  painter: Painter,
  regions: Regions,
  names: readonly string[],
  present: readonly number[],
  size: number,
): void {
  const { context } = painter;
  context.save();
  context.font = labelFont().replace(/^[\d.]+px/, `700 ${size}px`);
  context.textAlign = "center";
  context.textBaseline = "middle";
  regions.labels.forEach((place, i) => {
    if (place === undefined) return;
    const [left, top] = [painter.toX(place[0]), painter.toY(place[1])];
    context.lineWidth = 5;
    context.lineJoin = "round";
    context.strokeStyle = painter.colours.panel;
    context.globalAlpha = 0.85;
    context.strokeText(names[i], left, top);
    context.globalAlpha = 1;
    context.fillStyle = classColour(painter, present[i]);
    context.fillText(names[i], left, top);
  });
  context.restore();
}

export function drawSample(painter: Painter, x: number, y: number, size = 1): void {
  const { context } = painter;
  const [left, top] = [painter.toX(x), painter.toY(y)];
  for (const [colour, width] of [
    [painter.colours.panel, 5],
    [painter.colours.ink, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(left, top, 8 * size, 0, 2 * Math.PI);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      context.moveTo(left + 4 * size * dx, top + 4 * size * dy);
      context.lineTo(left + 14 * size * dx, top + 14 * size * dy);
    }
    context.stroke();
  }
}
