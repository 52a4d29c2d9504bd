/** Draws the box, the planes and the points of two variables. */
import { ticks } from "../../ui/ticks.ts";
import { labelFont, type Painter } from "../../ui/painter.ts";
import { show } from "../../state/numbers.ts";
import { spot } from "./drawing.ts";
import type { Range } from "./geometry.ts";
import type { Projected, Projection } from "./projection.ts";
import type { Standing } from "./race.svelte.ts";
import { colourOf, looks } from "./racers.ts";
import type { Rows } from "./table.svelte.ts";

export interface Scene {
  painter: Painter;
  /** Of x1, x2 and y. */
  ranges: readonly Range[];
  project: Projection;
}

type Corner = [number, number];
const CORNERS: Corner[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const MESH = 8;

/** The floor with its marks, and an upright axis for the target. */
export function box({ painter, ranges, project }: Scene, labels: string[]): void {
  const { context, colours } = painter;
  const [first, second, up] = ranges;
  const floor = (x1: number, x2: number) => project(x1, x2, up[0]);
  const grid = { colour: colours.grid, width: 1 };
  for (const at of ticks(first[0], first[1], 5))
    segment(painter, floor(at, second[0]), floor(at, second[1]), grid);
  for (const at of ticks(second[0], second[1], 5))
    segment(painter, floor(first[0], at), floor(first[1], at), grid);
  const corners = CORNERS.map(([i, j]) => floor(first[i], second[j]));
  corners.forEach((corner, i) =>
    segment(painter, corner, corners[(i + 1) % 4], { colour: colours.line, width: 1.5 }),
  );
  // Marks stand along the edges in front.
  const centre = floor((first[0] + first[1]) / 2, (second[0] + second[1]) / 2);
  const front = (a: Projected, b: Projected) => (a.depth >= b.depth ? 0 : 1);
  const near2 = second[front(floor(first[0], second[0]), floor(first[0], second[1]))];
  const near1 = first[front(floor(first[0], second[0]), floor(first[1], second[0]))];
  context.font = labelFont();
  const marks = (range: Range, place: (at: number) => Projected, label: string) => {
    for (const at of ticks(range[0], range[1], 4)) text(painter, place(at), centre, show(at), 0.07);
    const middle = place((range[0] + range[1]) / 2);
    nameAxis(painter, middle, centre, label);
  };
  marks(first, (at) => floor(at, near2), labels[0]);
  marks(second, (at) => floor(near1, at), labels[1]);
  const left = CORNERS.reduce((a, b) =>
    floor(first[b[0]], second[b[1]]).x < floor(first[a[0]], second[a[1]]).x ? b : a,
  );
  const upright = (y: number) => project(first[left[0]], second[left[1]], y);
  segment(painter, upright(up[0]), upright(up[1]), { colour: colours.line, width: 1.5 });
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = colours.soft;
  for (const at of ticks(up[0], up[1], 4)) {
    const { x, y } = upright(at);
    context.fillText(show(at), painter.toX(x) - 6, painter.toY(y));
  }
  const top = upright(up[1]);
  context.textAlign = "left";
  context.fillStyle = colours.ink;
  context.fillText(labels[2], Math.max(4, painter.toX(top.x) - 30), painter.toY(top.y) - 20);
}

/** The plane of a line's weights, see-through, with a mesh. */
export function surface(scene: Scene, line: Standing): void {
  const { painter, ranges } = scene;
  const { context } = painter;
  const colour =
    line.name === "exact" ? painter.colours.accent : colourOf(line.name, painter.colours);
  const corners = CORNERS.map(([i, j]) => on(scene, line, ranges[0][i], ranges[1][j]));
  context.save();
  context.beginPath();
  for (const { x, y } of corners) context.lineTo(painter.toX(x), painter.toY(y));
  context.closePath();
  context.fillStyle = colour;
  context.globalAlpha = 0.2;
  context.fill();
  context.globalAlpha = 0.35;
  for (let i = 1; i < MESH; i++) {
    const [at1, at2] = [0, 1].map((k) => part(ranges[k], i / MESH));
    const stroke = { colour, width: 1 };
    segment(
      painter,
      on(scene, line, at1, ranges[1][0]),
      on(scene, line, at1, ranges[1][1]),
      stroke,
    );
    segment(
      painter,
      on(scene, line, ranges[0][0], at2),
      on(scene, line, ranges[0][1], at2),
      stroke,
    );
  }
  context.restore();
}

/** The edge of a plane in the look of its line. */
export function outline(scene: Scene, line: Standing): void {
  const { painter, ranges } = scene;
  const corners = [...CORNERS, CORNERS[0]].map(([i, j]) =>
    on(scene, line, ranges[0][i], ranges[1][j]),
  );
  const { dash, width } = looks[line.name];
  painter.curve(
    corners.map(({ x }) => x),
    corners.map(({ y }) => y),
    { colour: colourOf(line.name, painter.colours), dash, width },
  );
}

/** The points above (or not above) the plane of a line, with their residuals; the nearest last. */
export function points(
  scene: Scene,
  { X, y }: Rows,
  line: Standing | undefined,
  residuals: boolean,
  above: boolean,
): void {
  const { painter, project } = scene;
  const { colours } = painter;
  const radius = y.length > 300 ? 2.5 : 5;
  const shown = Array.from(y, (height, i) => {
    const [x1, x2] = [X[2 * i], X[2 * i + 1]];
    const foot = line ? line.intercept + line.coef[0] * x1 + line.coef[1] * x2 : NaN;
    return { at: project(x1, x2, height), foot: project(x1, x2, foot), over: height > foot };
  })
    .filter(({ over }) => (line === undefined ? above : over === above))
    .sort((a, b) => a.at.depth - b.at.depth);
  const colour = !line || line.name === "exact" ? colours.bad : colourOf(line.name, colours);
  for (const { at, foot } of shown) {
    if (residuals && line) segment(painter, at, foot, { colour, width: 1.5 });
    // Below the plane hollow, above it full: told apart without colour.
    if (above) spot(painter, at.x, at.y, radius, colours.ink);
    else spot(painter, at.x, at.y, radius, colours.panel, colours.ink);
  }
}

function on({ project }: Scene, line: Standing, x1: number, x2: number): Projected {
  return project(x1, x2, line.intercept + line.coef[0] * x1 + line.coef[1] * x2);
}

function part([low, high]: Range, share: number): number {
  return low + share * (high - low);
}

function segment(
  painter: Painter,
  from: Projected,
  to: Projected,
  stroke: { colour: string; width: number },
): void {
  painter.segment(from.x, from.y, to.x, to.y, stroke);
}

/** The name of an axis beyond its marks, on the side away from the floor, within the canvas. */
function nameAxis(painter: Painter, at: Projected, centre: Projected, name: string): void {
  const { context, area } = painter;
  const left = at.x < centre.x;
  const width = context.measureText(name).width;
  const x = painter.toX(at.x + (left ? -0.2 : 0.2));
  const y = painter.toY(at.y - 0.24);
  context.fillStyle = painter.colours.ink;
  context.textBaseline = "middle";
  context.textAlign = left ? "right" : "left";
  context.fillText(name, left ? Math.max(width + 2, x) : Math.min(area.width - width - 2, x), y);
}

/** A text outside the floor, away from its centre. */
function text(
  painter: Painter,
  at: Projected,
  centre: Projected,
  written: string,
  out: number,
): void {
  const { context } = painter;
  const far = Math.hypot(at.x - centre.x, at.y - centre.y) || 1;
  const x = at.x + ((at.x - centre.x) / far) * out;
  const y = at.y + ((at.y - centre.y) / far) * out;
  context.fillStyle = painter.colours.soft;
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillText(written, painter.toX(x), painter.toY(y));
}
