/** What is drawn in the plane. */
import { tint, type Painter } from "../../ui/painter.ts";
import { geometry, within, type Point, type Weights } from "./line.ts";
import { nameOf, type Sample } from "./samples.ts";
import type { Explained } from "./state.svelte.ts";

/** The shade is computed at so many places along each axis. */
export const SHADE = 48;

const STRONGEST = 0.5; // at a = 0 and 1: samples and labels must stand out against it
const MOST_NAMES = 30;

/** White at a = 0.5, and deeper in the colour of the nearer label towards 0 and 1. */
export function drawShade(painter: Painter, a: Float64Array): void {
  const { classes, panel } = painter.colours;
  const [zero, one] = [tint(classes[0], panel), tint(classes[1], panel)];
  painter.map(SHADE, SHADE, (i, out, at) => {
    const share = 2 * a[i] - 1;
    (share > 0 ? one : zero)(STRONGEST * Math.abs(share), out, at);
  });
}

export function drawLine(painter: Painter, line: Weights, optimum: Weights | undefined): void {
  const { x, y, colours } = painter;
  const best = optimum && within(optimum, x, y);
  if (best) painter.segment(...best[0], ...best[1], { colour: colours.good, dash: [8, 5] });
  const seen = within(line, x, y);
  if (seen) painter.segment(...seen[0], ...seen[1], { colour: colours.ink, width: 3 });
}

/** Above the samples, which may be many: the handles, and which side is which. */
export function drawOnLine(
  painter: Painter,
  line: Weights,
  ends: [Point, Point] | undefined,
  sides: { positive: string; negative: string },
): void {
  const { context, colours, x, y } = painter;
  const seen = within(line, x, y);
  if (seen) drawSides(painter, line, seen, sides);
  for (const [x1, x2] of ends ?? []) {
    context.beginPath();
    context.arc(painter.toX(x1), painter.toY(x2), 7, 0, 2 * Math.PI);
    context.fillStyle = colours.panel;
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = colours.ink;
    context.stroke();
  }
}

/** An arrow to where z grows, from the middle of the line, and a word on each side. */
function drawSides(
  painter: Painter,
  line: Weights,
  seen: [Point, Point],
  sides: { positive: string; negative: string },
): void {
  const { context, area, x, y, colours } = painter;
  // The gradient of z on the screen, where down is positive.
  const across = line[0] * ((x[1] - x[0]) / area.width);
  const down = -line[1] * ((y[1] - y[0]) / area.height);
  const length = Math.hypot(across, down);
  if (length === 0) return;
  const [u, v] = [across / length, down / length];
  const from = [
    (painter.toX(seen[0][0]) + painter.toX(seen[1][0])) / 2,
    (painter.toY(seen[0][1]) + painter.toY(seen[1][1])) / 2,
  ];
  const tip = [from[0] + 30 * u, from[1] + 30 * v];
  context.strokeStyle = context.fillStyle = colours.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(from[0], from[1]);
  context.lineTo(tip[0], tip[1]);
  context.stroke();
  context.beginPath();
  context.moveTo(tip[0] + 7 * u, tip[1] + 7 * v);
  context.lineTo(tip[0] - 5 * v, tip[1] + 5 * u);
  context.lineTo(tip[0] + 5 * v, tip[1] - 5 * u);
  context.fill();
  const write = (text: string, pixels: number) => {
    const place = [from[0] + pixels * u, from[1] + pixels * v];
    painter.label(text, x[0], y[0], {
      dx: place[0] - painter.toX(x[0]),
      dy: place[1] - painter.toY(y[0]),
      align: "center",
    });
  };
  write(sides.positive, 54);
  write(sides.negative, -24);
}

/** From the chosen sample straight to the line: z is this distance times a weight. */
export function drawChosen(painter: Painter, line: Weights, chosen: Sample): void {
  const { slope, intercept, at } = geometry(line);
  const stroke = { colour: painter.colours.ink, width: 1.5, dash: [3, 3] };
  const { x1, x2 } = chosen;
  if (line[1] !== 0) painter.segment(x1, x2, x1, slope * x1 + intercept, stroke);
  else if (line[0] !== 0) painter.segment(x1, x2, at, x2, stroke);
}

export function drawSamples(
  painter: Painter,
  samples: readonly Sample[],
  said: Explained | undefined,
  chosen: number,
): void {
  const radius = samples.length > MOST_NAMES ? 4.5 : 7;
  samples.forEach((one, i) => {
    const wrong = said?.samples === samples && isWrong(said, i);
    painter.point(one.x1, one.x2, one.label, radius);
    if (wrong) ringed(painter, one.x1, one.x2, radius);
    if (samples.length <= MOST_NAMES && one.key !== chosen) named(painter, one, radius);
  });
  const one = samples.find(({ key }) => key === chosen);
  if (!one) return;
  painter.ring(one.x1, one.x2, radius + 6, painter.colours.ink);
  named(painter, one, radius);
}

function named(painter: Painter, one: Sample, radius: number): void {
  painter.label(nameOf(one.key), one.x1, one.x2, { dx: radius + 8, dy: -radius - 4 });
}

/** a = 0.5 counts as label 0, as in the library. */
export function isWrong(said: Explained, i: number): boolean {
  return said.z[i] > 0 !== (said.samples[i].label === 1);
}

/** A cross through and a ring around what is on the wrong side. */
export function ringed(painter: Painter, x: number, y: number, radius: number): void {
  const { context, colours } = painter;
  const [left, top] = [painter.toX(x), painter.toY(y)];
  const arm = 0.55 * radius;
  context.strokeStyle = colours.panel;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(left - arm, top - arm);
  context.lineTo(left + arm, top + arm);
  context.moveTo(left - arm, top + arm);
  context.lineTo(left + arm, top - arm);
  context.stroke();
  const large = radius > 5;
  painter.ring(x, y, radius + (large ? 3 : 2), colours.bad, large ? 2.5 : 1.5);
}
