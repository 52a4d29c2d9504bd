/** Hidden layers as they are chosen and as they stand in the link: `8:tanh;4:=z*sigmoid(z)`. */
import type { Codec } from "../../state/link.svelte.ts";

export interface HiddenLayer {
  units: number;
  /** A name of the catalogue, with parameters as `elu(alpha=0.5)`; a formula begins with "=". */
  activation: string;
}

export const MOST_LAYERS = 6;
export const MOST_UNITS = 16;
const LONGEST_FORMULA = 300;
const NAMED = /^([a-z][a-z0-9_]*)(?:\(([^()]*)\))?$/;

export interface NamedActivation {
  name: string;
  parameters: Record<string, number>;
}

export function isFormula(activation: string): boolean {
  return activation.startsWith("=");
}

/** The name and parameters that a text stands for; undefined if it is neither. */
export function named(activation: string): NamedActivation | undefined {
  const found = NAMED.exec(activation);
  if (found === null) return undefined;
  const parameters: Record<string, number> = {};
  for (const part of (found[2] ?? "").split(",").filter((one) => one.trim() !== "")) {
    const [key, value, ...rest] = part.split("=").map((one) => one.trim());
    if (rest.length > 0 || value === undefined || value === "") return undefined;
    if (!/^[a-z_0-9]+$/.test(key) || !Number.isFinite(Number(value))) return undefined;
    parameters[key] = Number(value);
  }
  return { name: found[1], parameters };
}

export function written(name: string, parameters: Record<string, number>): string {
  const parts = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return parts.length === 0 ? name : `${name}(${parts.join(",")})`;
}

/** What fits under a column of units. */
export function shortName(activation: string): string {
  return isFormula(activation) ? activation.slice(1) : activation.split("(")[0];
}

export const layersCodec: Codec<HiddenLayer[]> = {
  write: (layers) => layers.map((layer) => `${layer.units}:${layer.activation}`).join(";"),
  read: (text) => {
    if (text === "") return [];
    const parts = text.split(";");
    if (parts.length > MOST_LAYERS) return undefined;
    const layers: HiddenLayer[] = [];
    for (const part of parts) {
      const at = part.indexOf(":");
      const units = Number(part.slice(0, at));
      const activation = part.slice(at + 1).trim();
      const known = isFormula(activation)
        ? activation.length <= LONGEST_FORMULA
        : named(activation) !== undefined;
      if (at < 1 || !known || !Number.isInteger(units)) return undefined;
      if (units < 1 || units > MOST_UNITS) return undefined;
      layers.push({ units, activation });
    }
    return layers;
  },
};
