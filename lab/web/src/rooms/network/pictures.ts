/** Numbers over a grid as pictures: written into typed arrays, four bytes a pixel at once. */
import { channels, colours, type Colours } from "../../ui/colours.ts";

const LEVELS = 256;

type Channels = [number, number, number];

function mixed(a: Channels, b: Channels, share: number): Channels {
  return a.map((value, i) => value + (b[i] - value) * share) as Channels;
}

function packed([r, g, b]: Channels): number {
  // As the bytes lie in memory: little-endian everywhere that WebAssembly runs.
  return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

/** From the colour of one class over paper to that of another. */
function rampOf(low: Channels, high: Channels, paper: Channels, strength: number): Uint32Array {
  return Uint32Array.from({ length: LEVELS }, (_, i) => {
    const at = (2 * i) / (LEVELS - 1) - 1;
    return packed(mixed(paper, at < 0 ? low : high, strength * Math.abs(at)));
  });
}

interface Palette {
  of: Colours;
  /** Low and negative to high and positive, as for weights. */
  strong: Uint32Array;
  soft: Map<number, Uint32Array>;
  line: number;
  paper: Channels;
  classes: Channels[];
}

let known: Palette | undefined;

/** Made once for each theme. */
function palette(): Palette {
  const look = colours();
  if (known?.of === look) return known;
  const paper = channels(look.panel);
  const classes = look.classes.map(channels);
  known = {
    of: look,
    strong: rampOf(classes[0], classes[1], paper, 1),
    soft: new Map(),
    line: packed(mixed(channels(look.ink), paper, 0.2)),
    paper,
    classes,
  };
  return known;
}

/** Between two classes, by the numbers of their colours. */
function between([low, high]: number[]): Uint32Array {
  const { soft, classes, paper } = palette();
  const key = 100 * low + high;
  let found = soft.get(key);
  if (found === undefined) {
    const [first, second] = [low, high].map((of) => classes[of % classes.length]);
    found = rampOf(first, second, paper, 0.72);
    soft.set(key, found);
  }
  return found;
}

function level(value: number): number {
  // NaN becomes the middle.
  const at = Math.round((value + 1) * 0.5 * (LEVELS - 1));
  return at > 0 ? (at < LEVELS ? at : LEVELS - 1) : 0;
}

/** The colour of a number from -1 to 1, for points of a regression. */
export function rampColour(value: number): string {
  const word = palette().strong[level(value)];
  return `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255})`;
}

/** A picture that is drawn again and again, the points of its side as they come; several below another. */
export class Picture {
  canvas!: OffscreenCanvas;
  points = 0;
  #image!: ImageData;
  #pixels!: Uint32Array;
  #context!: OffscreenCanvasRenderingContext2D;

  constructor(readonly count = 1) {
    this.fit(1);
  }

  /** Makes room for so many points a side. */
  fit(points: number): void {
    if (points === this.points) return;
    this.points = points;
    this.canvas = new OffscreenCanvas(points, points * this.count);
    this.#context = this.canvas.getContext("2d")!;
    this.#image = new ImageData(points, points * this.count);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
  }

  /** Where the first point of a row of the grid goes: the lowest row of it is the last one here. */
  #start(row: number, number: number): number {
    return (number * this.points + this.points - 1 - row) * this.points;
  }

  /** Values about `middle` by their size against `scale`, in place `number`. */
  signed(values: Float32Array, scale: number, number = 0, middle = 0): void {
    const { points } = this;
    const { strong } = palette();
    const factor = 1 / scale;
    for (let row = 0, at = 0; row < points; row++) {
      const start = this.#start(row, number);
      for (let column = 0; column < points; column++, at++)
        this.#pixels[start + column] = strong[level((values[at] - middle) * factor)];
    }
  }

  /** The probability of the second of two classes, with a line where it is one half. */
  probability(values: Float32Array, of: number[], number = 0): void {
    const { points } = this;
    const { line } = palette();
    const soft = between(of);
    for (let row = 0, at = 0; row < points; row++) {
      const start = this.#start(row, number);
      for (let column = 0; column < points; column++, at++) {
        const side = values[at] > 0.5;
        const edge =
          (column + 1 < points && values[at + 1] > 0.5 !== side) ||
          (row + 1 < points && values[at + points] > 0.5 !== side);
        this.#pixels[start + column] = edge ? line : soft[level(2 * values[at] - 1)];
      }
    }
  }

  /** Mixtures of the classes' colours, paler where no class is likely, with lines between. */
  mixture(values: Float32Array, of: number[]): void {
    const { points } = this;
    const { paper, line, classes: all } = palette();
    const classes = of.length;
    const own = of.map((one) => all[one % all.length]);
    const likely = new Uint8Array(points * points);
    for (let at = 0; at < likely.length; at++) {
      let best = 0;
      for (let k = 1; k < classes; k++)
        if (values[at * classes + k] > values[at * classes + best]) best = k;
      likely[at] = best;
    }
    for (let row = 0, at = 0; row < points; row++) {
      const start = this.#start(row, 0);
      for (let column = 0; column < points; column++, at++) {
        const edge =
          (column + 1 < points && likely[at + 1] !== likely[at]) ||
          (row + 1 < points && likely[at + points] !== likely[at]);
        if (edge) {
          this.#pixels[start + column] = line;
          continue;
        }
        let r = 0;
        let g = 0;
        let b = 0;
        for (let k = 0; k < classes; k++) {
          const share = values[at * classes + k];
          const colour = own[k];
          r += share * colour[0];
          g += share * colour[1];
          b += share * colour[2];
        }
        const sure = (values[at * classes + likely[at]] - 1 / classes) / (1 - 1 / classes);
        const strength = 0.2 + 0.5 * (sure > 0 ? sure : 0);
        this.#pixels[start + column] = packed(mixed(paper, [r, g, b], strength));
      }
    }
  }

  /** One class of several by its colour, in place of the same number. */
  share(values: Float32Array, of: number[], number: number): void {
    const { points } = this;
    const { paper, classes: all } = palette();
    const classes = of.length;
    const own = all[of[number] % all.length];
    const levels = Uint32Array.from({ length: LEVELS }, (_, i) =>
      packed(mixed(paper, own, i / (LEVELS - 1))),
    );
    for (let row = 0, at = 0; row < points; row++) {
      const start = this.#start(row, number);
      for (let column = 0; column < points; column++, at++)
        this.#pixels[start + column] = levels[level(2 * values[at * classes + number] - 1)];
    }
  }

  done(): OffscreenCanvas {
    this.#context.putImageData(this.#image, 0, 0);
    return this.canvas;
  }
}

/** The greatest size of finite numbers; at least `least`. */
export function greatest(values: Float32Array | Float64Array, least: number): number {
  let found = least;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > found && size < Infinity) found = size;
  }
  return found;
}
