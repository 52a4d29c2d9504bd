/** Draws the network: lines, the maps of units, and marks on those that are dead or saturated. */
import type { LayerState, Weights } from "../../engine/api.ts";
import type { Colours } from "../../ui/colours.ts";
import type { Dataset } from "./dataset.ts";
import type { Layout, Place } from "./geometry.ts";
import { greatest, Picture } from "./pictures.ts";
import type { Shown } from "./trainer.svelte.ts";

export interface Chosen {
  column: number; // of the picture; 0 are the inputs
  unit: number;
}

const MANY_LINES = 500; // in the whole network
const FAINT = 0.25; // lines below this share of the strongest are left out where there are many
const RAMP = 32; // points of an input's map along each side
const LEAST_SCALE = 0.05; // of a unit's map: what is hardly there stays pale

/** Pictures of the units of one network, kept from frame to frame. */
export class Maps {
  readonly inputs: Picture;
  readonly layers: Picture[];
  readonly outputs: Picture;

  #inputsIn: Colours | undefined;

  constructor(readonly units: number[]) {
    this.inputs = new Picture(2);
    this.layers = units.slice(1, -1).map((count) => new Picture(count));
    this.outputs = new Picture(units.at(-1)!);
  }

  /** Each input over the plane: only the two of the plane vary. Drawn once in each theme. */
  drawInputs(look: Colours): void {
    if (this.#inputsIn === look) return;
    this.#inputsIn = look;
    this.inputs.fit(RAMP);
    const ramp = (of: (column: number, row: number) => number) =>
      Float32Array.from({ length: RAMP ** 2 }, (_, i) => {
        const at = of(i % RAMP, Math.floor(i / RAMP));
        return (2 * at) / (RAMP - 1) - 1;
      });
    const across = ramp((column) => column);
    const up = ramp((_, row) => row);
    this.inputs.signed(across, 1, 0);
    this.inputs.signed(up, 1, 1);
    this.inputs.done();
  }

  draw(frame: Shown, data: Dataset): void {
    const points = frame.smallSide;
    this.layers.forEach((picture, layer) => {
      picture.fit(points);
      frame.units?.[layer]?.forEach((values, unit) => {
        picture.signed(values, greatest(values, LEAST_SCALE), unit);
      });
      picture.done();
    });
    const { small } = frame;
    if (small === undefined) return;
    this.outputs.fit(points);
    const count = this.outputs.count;
    if (data.task === "regression") this.outputs.signed(small, data.spread, 0, data.middle);
    else if (count === 1) this.outputs.probability(small, data.colours);
    else for (let k = 0; k < count; k++) this.outputs.share(small, data.colours, k);
    this.outputs.done();
  }
}

export function drawLines(
  context: CanvasRenderingContext2D,
  layout: Layout,
  weights: Weights,
  look: Colours,
  chosen: Chosen | undefined,
): void {
  const { columns, size } = layout;
  const lines = weights.coefs.reduce((sum, coef) => sum + coef.length, 0);
  const least = lines > MANY_LINES ? FAINT : 0;
  weights.coefs.forEach((coef, layer) => {
    const [from, to] = [columns[layer], columns[layer + 1]];
    const count = coef.length / to.length; // all inputs, though not all are shown
    const strongest = greatest(coef, 1e-12);
    for (let i = 0; i < Math.min(count, from.length); i++)
      for (let j = 0; j < to.length; j++) {
        const weight = coef[i * to.length + j];
        const share = Math.abs(weight) / strongest;
        if (!(share > least)) continue;
        const own =
          chosen === undefined ||
          (chosen.column === layer && chosen.unit === i) ||
          (chosen.column === layer + 1 && chosen.unit === j);
        context.globalAlpha = (0.2 + 0.8 * share) * (own ? 1 : 0.15);
        context.strokeStyle = look.classes[weight > 0 ? 1 : 0];
        context.lineWidth = 0.5 + 3.5 * share;
        context.setLineDash(weight > 0 ? [] : [6, 4]);
        line(context, from[i], to[j], size);
      }
  });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function line(context: CanvasRenderingContext2D, from: Place, to: Place, size: number): void {
  const middle = (from.x + size + to.x) / 2;
  const [y0, y1] = [from.y + size / 2, to.y + size / 2];
  context.beginPath();
  context.moveTo(from.x + size, y0);
  context.bezierCurveTo(middle, y0, middle, y1, to.x, y1);
  context.stroke();
}

export function drawUnits(
  context: CanvasRenderingContext2D,
  layout: Layout,
  maps: Maps,
  states: LayerState[] | undefined,
  look: Colours,
): void {
  const { columns, size } = layout;
  const last = columns.length - 1;
  columns.forEach((places, column) => {
    const picture =
      column === 0 ? maps.inputs : column === last ? maps.outputs : maps.layers[column - 1];
    const state = column > 0 && column < last ? states?.[column - 1] : undefined;
    places.forEach((place, unit) => {
      context.fillStyle = look.panel;
      context.fillRect(place.x, place.y, size, size);
      if (unit < picture.count)
        context.drawImage(
          picture.canvas,
          0,
          unit * picture.points,
          picture.points,
          picture.points,
          place.x,
          place.y,
          size,
          size,
        );
      const dead = state?.deadUnits?.includes(unit) ?? false;
      const saturated = state?.saturatedUnits?.includes(unit) ?? false;
      context.strokeStyle = dead ? look.bad : saturated ? look.warn : look.soft;
      context.lineWidth = dead || saturated ? 2.5 : 1;
      context.setLineDash(dead ? [4, 3] : []);
      context.strokeRect(place.x, place.y, size, size);
      context.setLineDash([]);
      if (dead || saturated) mark(context, place, size, dead ? "dead" : "saturated", look);
    });
  });
}

/** A cross for what is dead, a bar at the upper edge for what is saturated. */
function mark(
  context: CanvasRenderingContext2D,
  { x, y }: Place,
  size: number,
  kind: "dead" | "saturated",
  look: Colours,
): void {
  context.lineWidth = Math.max(2, size / 14);
  context.beginPath();
  if (kind === "dead") {
    const inset = size * 0.28;
    context.moveTo(x + inset, y + inset);
    context.lineTo(x + size - inset, y + size - inset);
    context.moveTo(x + size - inset, y + inset);
    context.lineTo(x + inset, y + size - inset);
  } else {
    context.lineWidth = Math.max(4, size / 8);
    context.moveTo(x, y + context.lineWidth / 2);
    context.lineTo(x + size, y + context.lineWidth / 2);
  }
  context.strokeStyle = kind === "dead" ? look.bad : look.warn;
  context.stroke();
}
