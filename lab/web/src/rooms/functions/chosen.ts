/** A function with its parameters, as it is chosen, compared and written into the link. */
import type { Codec } from "../../state/link.svelte.ts";
import { SUBGRADIENTS, type Subgradient } from "./records.ts";

export interface Chosen {
  /** A name of the catalogue, or a formula. */
  name: string;
  formula: boolean;
  /** Those that differ from their defaults; of a formula those that are not 1. */
  parameters: Record<string, number>;
  subgradient: Subgradient;
}

export function named(name: string): Chosen {
  return { name, formula: false, parameters: {}, subgradient: "torch" };
}

export function typed(name: string, parameters: Record<string, number> = {}): Chosen {
  return { name, formula: true, parameters, subgradient: "torch" };
}

/** Equal keys: equal functions. */
export function keyOf(chosen: Chosen): string {
  return chosenCodec.write(chosen);
}

export function labelOf(chosen: Chosen): string {
  const given = parametersText(chosen);
  if (given === "") return chosen.name;
  return chosen.formula ? `${chosen.name}, ${given}` : `${chosen.name}(${given})`;
}

/** Those that differ from their defaults. */
export function parametersText({ parameters }: Chosen): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${Number(value.toPrecision(4))}`)
    .join(", ");
}

/** `leaky_relu~negative_slope:0.2~@right`, `=z*sigmoid(b*z)~b:2`: no formula has a ~ or a ;. */
export const chosenCodec: Codec<Chosen> = {
  write: ({ name, formula, parameters, subgradient }) =>
    [
      formula ? `=${name}` : name,
      ...Object.entries(parameters).map(([key, value]) => `${key}:${value}`),
      ...(subgradient === "torch" ? [] : [`@${subgradient}`]),
    ].join("~"),
  read: (text) => {
    const [first, ...rest] = text.split("~");
    const formula = first.startsWith("=");
    const name = formula ? first.slice(1) : first;
    if (name === "" || name.length > 1000) return undefined;
    const chosen: Chosen = { name, formula, parameters: {}, subgradient: "torch" };
    for (const part of rest) {
      if (part.startsWith("@")) {
        chosen.subgradient = SUBGRADIENTS.find((one) => one === part.slice(1)) ?? "torch";
        continue;
      }
      const [key, value] = part.split(":", 2);
      const number = Number(value);
      if (value === undefined || value.trim() === "" || !Number.isFinite(number)) return undefined;
      chosen.parameters[key] = number;
    }
    return chosen;
  },
};
