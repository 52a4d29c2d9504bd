/** The rows that a network here trains on, from whatever source, ready for the engine. */
import { Random } from "../../data/random.ts";
import { points, type SetName, type SetOptions } from "../../data/sets2d.ts";

export interface Scaling {
  mean: number[];
  scale: number[];
}

export interface Dataset {
  /** Rows as they were given, row-major, and as the network takes them (the same if not scaled). */
  raw: Float64Array;
  X: Float64Array;
  columns: number;
  names: string[];
  /** Class from 0, or target; targets as the network takes them, and as they were given. */
  y: Float64Array;
  yRaw: Float64Array;
  task: "classification" | "regression";
  /** Names of the classes; empty for a regression. */
  classes: string[];
  /** Number of each class's colour and marker. */
  colours: number[];
  target: string;
  training: Int32Array;
  validation: Int32Array;
  /** What was subtracted and divided by; null where rows are taken as they are. */
  scaling: Scaling | null;
  /** The same of a regression's target, one number each. */
  targetScaling: Scaling | null;
  /** What inputs beside the plane are held at: the mean of the training rows. */
  at: Float64Array;
  /** Of a regression's targets as the network takes them: the mean, and the farthest from it. */
  middle: number;
  spread: number;
  /** Of the plane that is shown: ranges of the first two columns, as given. */
  x: [number, number];
  y2: [number, number];
}

interface Given {
  raw: Float64Array;
  columns: number;
  names: string[];
  y: Float64Array;
  classes: string[];
  colours?: number[];
  target?: string;
  validationShare: number;
  seed: number;
  scale?: boolean;
  /** Ranges to show; by default those of the rows. */
  ranges?: [[number, number], [number, number]];
}

/** The rows of a set of points that comes with the page. */
export function bundled(set: SetName, given: SetOptions, share: number): Dataset {
  const { X, y, classes } = points(set, given);
  return dataset({
    raw: X,
    columns: 2,
    names: ["x1", "x2"],
    y,
    classes: Array.from({ length: classes }, (_, of) => String(of)),
    validationShare: share,
    seed: given.seed,
  });
}

export function dataset(given: Given): Dataset {
  const { raw, columns, y } = given;
  const [training, validation] = split(y, given.classes.length, given.validationShare, given.seed);
  const scaling = given.scale ? scalingOf(raw, columns, training) : null;
  const regression = given.classes.length === 0;
  const targetScaling = given.scale && regression ? scalingOf(y, 1, training) : null;
  const targets = targetScaling === null ? y : scaled(y, 1, targetScaling);
  const middle = regression ? targets.reduce((sum, value) => sum + value, 0) / y.length : 0;
  const [x, y2] = given.ranges ?? [
    range(raw, columns, 0),
    range(raw, columns, columns > 1 ? 1 : 0),
  ];
  const X = scaling === null ? raw : scaled(raw, columns, scaling);
  return {
    raw,
    X,
    columns,
    names: given.names,
    y: targets,
    yRaw: y,
    task: regression ? "regression" : "classification",
    classes: given.classes,
    colours: given.colours ?? given.classes.map((_, of) => of),
    target: given.target ?? "y",
    training,
    validation,
    scaling,
    targetScaling,
    at: Float64Array.from(scalingOf(X, columns, training).mean),
    middle,
    spread: targets.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 1e-12),
    x,
    y2,
  };
}

/** Rows for validation, of each class its share, the same for the same seed; both in order. */
function split(
  y: Float64Array,
  classes: number,
  share: number,
  seed: number,
): [Int32Array, Int32Array] {
  const held = new Uint8Array(y.length);
  const random = new Random(seed ^ 0x5f3759df);
  for (let of = 0; of < Math.max(1, classes); of++) {
    const rows = [...y.keys()].filter((row) => classes === 0 || y[row] === of);
    const order = random.order(rows.length);
    // One row of every class at least is learnt from.
    const count = Math.min(Math.round(share * rows.length), rows.length - 1);
    for (let i = 0; i < count; i++) held[rows[order[i]]] = 1;
  }
  const rows = Int32Array.from(y.keys());
  return [rows.filter((row) => held[row] === 0), rows.filter((row) => held[row] === 1)];
}

/** As StandardScaler of scikit-learn: of the training rows, and 1 where a column is constant. */
function scalingOf(raw: Float64Array, columns: number, rows: Int32Array): Scaling {
  const mean = new Array<number>(columns).fill(0);
  const scale = new Array<number>(columns).fill(1);
  for (let column = 0; column < columns; column++) {
    for (const row of rows) mean[column] += raw[row * columns + column] / rows.length;
    let squares = 0;
    for (const row of rows) squares += (raw[row * columns + column] - mean[column]) ** 2;
    const deviation = Math.sqrt(squares / rows.length);
    if (deviation > 1e-12 * Math.abs(mean[column])) scale[column] = deviation;
  }
  return { mean, scale };
}

function scaled(raw: Float64Array, columns: number, { mean, scale }: Scaling): Float64Array {
  return raw.map((value, i) => (value - mean[i % columns]) / scale[i % columns]);
}

/** From the units of the rows as given to those of the network. */
export function toNetwork(data: Dataset, column: number, value: number): number {
  if (data.scaling === null) return value;
  return (value - data.scaling.mean[column]) / data.scaling.scale[column];
}

function range(raw: Float64Array, columns: number, column: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = column; i < raw.length; i += columns) {
    low = Math.min(low, raw[i]);
    high = Math.max(high, raw[i]);
  }
  if (low > high) return [-3, 3];
  const margin = 0.08 * (high - low || Math.abs(high) || 1);
  return [low - margin, high + margin];
}
