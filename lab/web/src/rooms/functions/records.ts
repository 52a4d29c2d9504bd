/** What the server tells of functions; see ogive_lab/functions. Infinite numbers come as texts. */
import type { Program } from "../../engine/api.ts";
import type { Text } from "../../text/text.svelte.ts";

export type Told = number | "inf" | "-inf" | "nan" | null;

export function asNumber(value: Told | undefined): number {
  if (value === "inf") return Infinity;
  if (value === "-inf") return -Infinity;
  return typeof value === "number" ? value : NaN;
}

export interface SliderRange {
  min: number;
  max: number;
  scale: "linear" | "log";
}

export interface ParameterRecord {
  name: string;
  value: number;
  lower?: number;
  upper?: number;
  slider: SliderRange;
}

export interface RangeRecord {
  text: string;
  latex: string;
  decimal: string;
  exact: boolean;
  lower: Told;
  upper: Told;
  condition: string;
}

export const PROPERTIES = ["bounded", "monotone", "smooth", "zero_centered", "cheap"] as const;
export type Property = (typeof PROPERTIES)[number];

export type Properties = Record<Property, boolean | null> & {
  output_range: RangeRecord | null;
  derivative_range: RangeRecord | null;
  lipschitz: Told;
};

export interface FunctionRecord {
  name: string;
  title: Text;
  aliases: string[];
  family: string;
  kind: "elementwise" | "vector" | "gate";
  year: number | null;
  init: string;
  learnt: string[];
  parameters: ParameterRecord[];
  /** Two parameters of which the first must not be above the second. */
  ascending?: [string, string];
  /** Of a function of rows: one output as a formula of its own z. */
  component?: string;
  properties: Properties | null;
}

export interface CatalogueRecord {
  complete: boolean;
  families: ({ name: string } & Text)[];
  functions: FunctionRecord[];
}

export interface KinkRecord {
  at: Told;
  left: Told;
  right: Told;
  used: Told;
}

export interface JumpRecord {
  at: Told;
  left: Told;
  right: Told;
  value: Told;
}

export type Subgradient = "torch" | "left" | "right" | "mean";
export const SUBGRADIENTS: readonly Subgradient[] = ["torch", "left", "right", "mean"];

export interface DetailsRecord {
  name: string;
  label: string;
  kind: "elementwise" | "vector" | "gate";
  parameters: Record<string, number>;
  subgradient: Subgradient;
  latex: { numbers: Text[]; symbols?: Text[] };
  derivation: { sentence: Text; latex: string }[];
  note: Text | null;
  facts: {
    output_range: RangeRecord | null;
    derivative_range: RangeRecord | null;
    general_output_range: RangeRecord | null;
    general_derivative_range: RangeRecord | null;
    kinks: KinkRecord[];
    jumps: JumpRecord[];
    lipschitz: Told;
    saturation: Record<string, [Told, Told]>;
    limits: { value: Told; slope: Told }[];
    undecided: string[];
  };
  rows: { field: string; label: Text; text: Text }[];
  /** The slopes that each choice uses at kinks, where they are not the core's own. */
  slopes: Partial<Record<Subgradient, { z: number; slope: Told }[]>>;
  findings: { code: string; severity: string; title: Text; meaning: Text; remedy: Text }[];
  accuracy: {
    value_ulp: number;
    derivative_ulp: number;
    value_epsilons: number;
    derivative_epsilons: number;
  } | null;
  init: string;
  gain: number;
  strength: Text | null;
  weakness: Text | null;
  references: string[];
}

export type FormulaRecord =
  | { kind: "catalogue"; name: string }
  | { kind: "formula"; name: string; parameters: ParameterRecord[]; program: Program };
