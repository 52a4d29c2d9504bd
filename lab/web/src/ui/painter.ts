/** Draws in the coordinates of a plot. */
import { channels, colours, type Colours } from "./colours.ts";
import { marker } from "./markers.ts";

export interface Stroke {
  colour?: string;
  width?: number;
  dash?: number[];
}

export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

export class Painter {
  readonly colours: Colours = colours();

  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly area: Area,
    readonly x: [number, number],
    readonly y: [number, number],
  ) {}

  toX(x: number): number {
    return this.area.left + ((x - this.x[0]) / (this.x[1] - this.x[0])) * this.area.width;
  }

  toY(y: number): number {
    return this.area.top + this.area.height * (1 - (y - this.y[0]) / (this.y[1] - this.y[0]));
  }

  /** A line through points; it breaks where a number is not finite. */
  curve(xs: ArrayLike<number>, ys: ArrayLike<number>, stroke: Stroke = {}): void {
    const { context } = this;
    this.#set(stroke);
    context.beginPath();
    let drawing = false;
    for (let i = 0; i < xs.length; i++) {
      if (!Number.isFinite(ys[i]) || !Number.isFinite(xs[i])) {
        drawing = false;
        continue;
      }
      // Far outside, canvases round coordinates badly.
      const y = Math.min(1e5, Math.max(-1e5, this.toY(ys[i])));
      if (drawing) context.lineTo(this.toX(xs[i]), y);
      else context.moveTo(this.toX(xs[i]), y);
      drawing = true;
    }
    context.stroke();
    context.setLineDash([]);
  }

  segment(x0: number, y0: number, x1: number, y1: number, stroke: Stroke = {}): void {
    this.curve([x0, x1], [y0, y1], stroke);
  }

  /** A point of a class, with its shape and colour. */
  point(x: number, y: number, of = 0, radius = 5, filled = true): void {
    const { context } = this;
    const colour = this.colours.classes[of % this.colours.classes.length];
    marker(context, of, this.toX(x), this.toY(y), radius);
    context.fillStyle = filled ? colour : this.colours.panel;
    context.fill();
    context.lineWidth = filled ? 1 : 2;
    context.strokeStyle = filled ? this.colours.panel : colour;
    context.stroke();
  }

  /** A ring about a point. */
  ring(x: number, y: number, radius: number, colour: string, width = 2): void {
    const { context } = this;
    context.beginPath();
    context.arc(this.toX(x), this.toY(y), radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }

  label(
    text: string,
    x: number,
    y: number,
    options: { dx?: number; dy?: number; colour?: string; align?: CanvasTextAlign } = {},
  ): void {
    const { context } = this;
    context.font = labelFont();
    context.textAlign = options.align ?? "left";
    context.textBaseline = "middle";
    const left = this.toX(x) + (options.dx ?? 8);
    const top = this.toY(y) + (options.dy ?? 0);
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = this.colours.panel;
    context.strokeText(text, left, top);
    context.fillStyle = options.colour ?? this.colours.ink;
    context.fillText(text, left, top);
  }

  /**
   * A map of columns × rows colours over the whole plot, the first row at the lowest y.
   * `colour(i)` gives red, green, blue and opacity from 0 to 255.
   */
  map(
    columns: number,
    rows: number,
    colour: (index: number, out: Uint8ClampedArray, at: number) => void,
    smooth = true,
  ): void {
    const { canvas, image, context: own } = sheet(columns, rows);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        colour(row * columns + column, image.data, ((rows - 1 - row) * columns + column) * 4);
    own.putImageData(image, 0, 0);
    const { context, area } = this;
    context.imageSmoothingEnabled = smooth;
    context.drawImage(canvas, area.left, area.top, area.width, area.height);
  }

  #set(stroke: Stroke): void {
    const { context } = this;
    context.strokeStyle = stroke.colour ?? this.colours.accent;
    context.lineWidth = stroke.width ?? 2;
    context.lineJoin = "round";
    context.setLineDash(stroke.dash ?? []);
  }
}

interface Sheet {
  canvas: OffscreenCanvas;
  context: OffscreenCanvasRenderingContext2D;
  image: ImageData;
}

const MOST_SHEETS = 8;
const sheets = new Map<string, Sheet>();

/** Where maps of a size are put together: making a canvas takes longer than colouring it. */
function sheet(columns: number, rows: number): Sheet {
  const size = `${columns} ${rows}`;
  let found = sheets.get(size);
  if (found === undefined) {
    if (sheets.size >= MOST_SHEETS) sheets.clear();
    const canvas = new OffscreenCanvas(columns, rows);
    found = { canvas, context: canvas.getContext("2d")!, image: new ImageData(columns, rows) };
    sheets.set(size, found);
  }
  return found;
}

let font: string | undefined;
addEventListener("resize", () => (font = undefined)); // its size goes with the window's

export function labelFont(): string {
  if (font === undefined) {
    const style = getComputedStyle(document.documentElement);
    font = `${parseFloat(style.fontSize) * 0.8}px ${style.fontFamily}`;
  }
  return font;
}

let measure: OffscreenCanvasRenderingContext2D | null | undefined;

/** Width in pixels of the longest of some labels. */
export function widest(labels: readonly string[]): number {
  measure ??= new OffscreenCanvas(1, 1).getContext("2d");
  if (!measure) return 0;
  measure.font = labelFont();
  return Math.ceil(Math.max(0, ...labels.map((label) => measure!.measureText(label).width)));
}

/** Writes a mixture of the paper and the colour of a class: `share` from 0 to 1. */
export function tint(
  of: string,
  paper: string,
): (share: number, out: Uint8ClampedArray, at: number) => void {
  const [r, g, b] = channels(of);
  const [r0, g0, b0] = channels(paper);
  return (share, out, at) => {
    out[at] = r0 + (r - r0) * share;
    out[at + 1] = g0 + (g - g0) * share;
    out[at + 2] = b0 + (b - b0) * share;
    out[at + 3] = 255;
  };
}
