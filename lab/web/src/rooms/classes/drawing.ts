/** Regions, lines, points and the sample on a plot. */
import type { Point } from "../../state/codecs.ts";
import { channels } from "../../ui/colours.ts";
import type { Painter } from "../../ui/painter.ts";
import { labelFont } from "../../ui/painter.ts";
import { CLEAR, NONE, SEVERAL, TIED } from "./decisions.ts";
import { clipped, crossing, type Lines, type Piece } from "./lines.ts";
import { COLUMNS, ROWS, type Regions } from "./regions.ts";

export function drawRegions(painter: Painter, regions: Regions, present: readonly number[]): void {
  const paper = channels(painter.colours.panel);
  const share = [0.3, 0.13];
  const colours = present.map((of) => channels(classColour(painter, of)));
  const mixed = share.map((part) =>
    colours.map((own) => own.map((value, i) => paper[i] + (value - paper[i]) * part)),
  );
  painter.map(COLUMNS, ROWS, (cell, out, at) => {
    const colour = mixed[regions.ambiguity[cell] === CLEAR ? 0 : 1][regions.winner[cell]];
    out[at] = colour[0];
    out[at + 1] = colour[1];
    out[at + 2] = colour[2];
    out[at + 3] = 255;
  });
  if (regions.ambiguous === 0) return;
  for (const kind of [TIED, NONE, SEVERAL]) hatch(painter, regions.ambiguity, kind);
}

/** Fills the cells of one kind with its pattern: stripes, dots, or a lattice. */
function hatch(painter: Painter, ambiguity: Uint8Array, kind: number): void {
  if (!ambiguity.includes(kind)) return;
  const { context, area } = painter;
  const scale = context.getTransform().a;
  const mask = new OffscreenCanvas(COLUMNS, ROWS);
  const image = new ImageData(COLUMNS, ROWS);
  for (let cell = 0; cell < ambiguity.length; cell++) {
    const row = ROWS - 1 - Math.floor(cell / COLUMNS);
    if (ambiguity[cell] === kind) image.data[(row * COLUMNS + (cell % COLUMNS)) * 4 + 3] = 255;
  }
  mask.getContext("2d")!.putImageData(image, 0, 0);
  const [width, height] = [Math.ceil(area.width * scale), Math.ceil(area.height * scale)];
  const layer = new OffscreenCanvas(width, height);
  const inside = layer.getContext("2d")!;
  inside.drawImage(mask, 0, 0, width, height);
  inside.globalCompositeOperation = "source-in";
  inside.fillStyle = inside.createPattern(pattern(kind, painter.colours.ink, scale), "repeat")!;
  inside.fillRect(0, 0, width, height);
  context.drawImage(layer, area.left, area.top, area.width, area.height);
}

/** One tile of a pattern; also for the legend. */
export function pattern(kind: number, colour: string, scale: number): OffscreenCanvas {
  const side = Math.round(8 * scale);
  const tile = new OffscreenCanvas(side, side);
  const context = tile.getContext("2d")!;
  context.globalAlpha = 0.55;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.1 * scale;
  if (kind === NONE) {
    for (const at of [0.25, 0.75]) {
      context.beginPath();
      context.arc(at * side, at * side, 1.1 * scale, 0, 2 * Math.PI);
      context.fill();
    }
    return tile;
  }
  context.beginPath();
  for (const shift of [-side, 0, side]) {
    context.moveTo(shift - side, 2 * side);
    context.lineTo(shift + 2 * side, -side);
    if (kind === SEVERAL) {
      context.moveTo(shift - side, -side);
      context.lineTo(shift + 2 * side, 2 * side);
    }
  }
  context.stroke();
  return tile;
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

export function drawPoints(
  painter: Painter,
  points: readonly Point[],
  wrong: readonly boolean[],
  radius: number,
): void {
  const { context } = painter;
  points.forEach(({ x, y, of }, i) => {
    painter.point(x, y, of, radius);
    if (!wrong[i]) return;
    context.strokeStyle = painter.colours.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(painter.toX(x), painter.toY(y), radius + 3, 0, 2 * Math.PI);
    context.stroke();
  });
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

export function drawSample(painter: Painter, x: number, y: number): void {
  const { context } = painter;
  const [left, top] = [painter.toX(x), painter.toY(y)];
  for (const [colour, width] of [
    [painter.colours.panel, 5],
    [painter.colours.ink, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(left, top, 8, 0, 2 * Math.PI);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      context.moveTo(left + 4 * dx, top + 4 * dy);
      context.lineTo(left + 14 * dx, top + 14 * dy);
    }
    context.stroke();
  }
}
