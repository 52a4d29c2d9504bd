/** What is drawn in the algebraic view: the logistic curve and the two losses, with the samples. */
import { tint, type Painter } from "../../ui/painter.ts";
import { isWrong, ringed } from "./drawing.ts";
import { nameOf } from "./samples.ts";
import type { Explained } from "./state.svelte.ts";

/** Values over a grid of z, from the engine. */
export interface Curves {
  z: Float64Array;
  a: Float64Array;
  /** Losses of label 0 and 1. */
  loss: [Float64Array, Float64Array];
}

const FAINT = 0.14;
const MOST_NAMES = 12;
const FEW = 30;

export function drawLogistic(painter: Painter, curves: Curves | undefined): void {
  const { colours, x } = painter;
  const { classes, panel } = colours;
  const [zero, one] = [tint(classes[0], panel), tint(classes[1], panel)];
  painter.map(1, 2, (i, out, at) => (i === 1 ? one : zero)(FAINT, out, at), false);
  painter.segment(x[0], 0.5, x[1], 0.5, { colour: colours.soft, width: 1.5, dash: [6, 4] });
  painter.segment(0, -1, 0, 2, { colour: colours.soft, width: 1.5, dash: [6, 4] });
  if (curves) painter.curve(curves.z, curves.a, { colour: colours.ink, width: 2.5 });
}

/** The samples on the curve; a bar from each to its label, where the loss would be 0. */
export function drawOnLogistic(painter: Painter, said: Explained, chosen: number): void {
  const { colours } = painter;
  const few = said.samples.length <= FEW;
  said.samples.forEach((one, i) => {
    painter.segment(said.z[i], said.a[i], said.z[i], one.label, {
      colour: isWrong(said, i) ? colours.bad : colours.good,
      width: few ? 3 : 1,
    });
  });
  put(painter, said, chosen, said.z, said.a);
}

export function drawLosses(
  painter: Painter,
  curves: Curves | undefined,
  over: "a" | "z",
  names: [string, string],
): void {
  if (!curves) return;
  const { colours, x, y } = painter;
  const xs = over === "a" ? curves.a : curves.z;
  const middle = over === "a" ? 0.5 : 0;
  painter.segment(middle, y[0], middle, y[1], { colour: colours.soft, width: 1.5, dash: [6, 4] });
  painter.curve(xs, curves.loss[0], { colour: colours.classes[0], width: 2.5, dash: [9, 4] });
  painter.curve(xs, curves.loss[1], { colour: colours.classes[1], width: 2.5 });
  const top = y[1] - 0.1 * (y[1] - y[0]);
  const inset = 0.13 * (x[1] - x[0]);
  painter.label(names[1], x[0] + inset, top, { dx: 0 });
  painter.label(names[0], x[1] - inset, top, { dx: 0, align: "right" });
}

export function drawOnLosses(
  painter: Painter,
  said: Explained,
  over: "a" | "z",
  chosen: number,
): void {
  const at = said.samples.findIndex((one) => one.key === chosen);
  const xs = over === "a" ? said.a : said.z;
  if (at >= 0)
    painter.segment(xs[at], 0, xs[at], said.loss[at], {
      colour: painter.colours.ink,
      width: 1.5,
      dash: [3, 3],
    });
  put(painter, said, chosen, xs, said.loss);
}

function put(
  painter: Painter,
  said: Explained,
  chosen: number,
  xs: Float64Array,
  ys: Float64Array,
): void {
  const radius = said.samples.length <= FEW ? 6 : 4;
  said.samples.forEach((one, i) => {
    painter.point(xs[i], ys[i], one.label, radius);
    if (isWrong(said, i)) ringed(painter, xs[i], ys[i], radius);
    if (said.samples.length > MOST_NAMES && one.key !== chosen) return;
    const { left, top, width } = painter.area;
    const right = painter.toX(xs[i]) > left + 0.8 * width;
    const high = painter.toY(ys[i]) < top + 25;
    painter.label(nameOf(one.key), xs[i], ys[i], {
      dx: right ? -radius - 9 : radius + 9,
      dy: high ? radius + 7 : -radius - 5,
      align: right ? "right" : "left",
    });
  });
  const at = said.samples.findIndex((one) => one.key === chosen);
  if (at >= 0) painter.ring(xs[at], ys[at], radius + 6, painter.colours.ink);
}
