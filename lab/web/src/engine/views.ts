/** What a network makes of its inputs: maps over the plane, one row in every detail, its layers. */
import type { Frame, FrameRequest, LayerState, SampleTrace } from "./api.ts";
import type { Core } from "./core.ts";
import type { Held } from "./networks.ts";
import { refuse } from "./refusals.ts";
import { fromFlat, Parts } from "./weights.ts";

const MOST_CELLS = 1_000_000;
const DEAD = 1;
const SATURATED = 2;

export function mapOf(
  core: Core,
  network: Held,
  map: NonNullable<FrameRequest["map"]>,
  units: boolean,
): Pick<Frame, "map" | "units"> {
  const { layers } = network;
  const cells = map.columns * map.rows;
  if (!(cells >= 1 && cells <= MOST_CELLS))
    refuse(`A map has from 1 to ${MOST_CELLS} cells.`, `图的格数应在 1 到 ${MOST_CELLS} 之间。`);
  const inputs = layers[0].inputs;
  if (map.at !== undefined && map.at.length !== inputs)
    refuse(`at must have ${inputs} numbers.`, `at 必须有 ${inputs} 个数。`);
  const outputs = layers.at(-1)!.units;
  const widths = layers.slice(1).map((layer) => layer.inputs); // of what hidden layers hand on
  const all = widths.reduce((sum, n) => sum + n, 0);
  return core.borrow((memory) => {
    const at = memory.floats(map.at ?? new Float64Array(inputs));
    const out = memory.take(4 * cells * outputs);
    const unitsAt = units ? memory.take(4 * cells * all) : 0;
    const { x, y } = map;
    core.exports.network_map(
      network.at,
      x[0],
      x[1],
      y[0],
      y[1],
      map.columns,
      map.rows,
      at,
      out,
      unitsAt,
    );
    const answer = { map: memory.float32(out, cells * outputs) };
    if (!units) return answer;
    let next = unitsAt;
    const one = (): Float32Array => memory.float32((next += 4 * cells) - 4 * cells, cells);
    return { ...answer, units: widths.map((n) => Array.from({ length: n }, one)) };
  });
}

export function sampleOf(core: Core, network: Held, row: number): SampleTrace {
  const { layers } = network;
  const { exports } = core;
  const hidden = layers.slice(0, -1);
  const handedOn = layers.map((layer, l) => layers[l + 1]?.inputs ?? layer.units);
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  const size =
    3 * units + handedOn.reduce((sum, n) => sum + n, 0) + exports.network_size(network.at) + 1;
  return core.borrow((memory) => {
    const out = memory.room(size);
    const input = memory.room(layers[0].inputs);
    exports.network_sample(network.at, row, out);
    exports.network_row(network.at, row, input);
    const parts = new Parts(memory.float64(out, size));
    return {
      input: memory.float64(input, layers[0].inputs),
      z: layers.map((layer) => parts.next(layer.units)),
      a: handedOn.map((n) => parts.next(n)),
      slope: hidden.map((layer) => parts.next(layer.units)),
      error: layers.map((layer) => parts.next(layer.units)),
      gradient: fromFlat(parts, layers),
      loss: parts.number(),
    };
  });
}

export function layersOf(core: Core, network: Held): LayerState[] {
  const { layers } = network;
  const hidden = layers.slice(0, -1);
  const size = 3 * layers.length + hidden.reduce((sum, layer) => sum + 2 + 2 * layer.units, 0);
  const parts = core.borrow((memory) => {
    const out = memory.room(size);
    core.exports.network_layers(network.at, out);
    return new Parts(memory.float64(out, size));
  });
  const states: LayerState[] = layers.map(() => {
    const [gradientRms, errorNorm, weightRms] = parts.next(3);
    return { gradientRms, errorNorm, weightRms };
  });
  hidden.forEach((layer, l) => {
    const [mean, std] = parts.next(2);
    const units = parts.next(2 * layer.units);
    const marked = (mark: number): number[] =>
      Array.from({ length: layer.units }, (_, j) => j).filter((j) => units[2 * j + 1] === mark);
    Object.assign(states[l], {
      mean,
      std,
      activeShare: Float64Array.from({ length: layer.units }, (_, j) => units[2 * j]),
      deadUnits: marked(DEAD),
      saturatedUnits: marked(SATURATED),
    });
  });
  return states;
}
