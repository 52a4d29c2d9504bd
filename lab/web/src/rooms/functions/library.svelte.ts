/** What has been fetched of functions. It stays when the room is left, or when the server goes. */
import { SvelteMap } from "svelte/reactivity";
import type { FunctionSpec, Program } from "../../engine/api.ts";
import type { Text } from "../../text/text.svelte.ts";
import { keyOf, type Chosen } from "./chosen.ts";
import {
  asNumber,
  type CatalogueRecord,
  type DetailsRecord,
  type FormulaRecord,
  type FunctionRecord,
  type ParameterRecord,
} from "./records.ts";
import { ask, type Refused } from "./asking.ts";

export interface Compiled {
  program: Program;
  parameters: ParameterRecord[];
}

const POLL = 1500;

class Library {
  catalogue: CatalogueRecord | undefined = $state.raw();
  /** Whether the last attempt to fetch it came to nothing. */
  failed = $state(false);
  readonly details = new SvelteMap<string, DetailsRecord | Refused>();
  readonly compiled = new SvelteMap<string, Compiled>();
  #asked = new Set<string>();
  #timer = 0;

  readonly byName: Map<string, FunctionRecord> = $derived(
    new Map((this.catalogue?.functions ?? []).map((one) => [one.name, one])),
  );

  /** Fetches the catalogue; asks again until all properties have been derived. */
  async load(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.catalogue?.complete) return;
    const said = await ask<CatalogueRecord>("/api/catalogue");
    this.failed = "refused" in said;
    if ("refused" in said) return;
    this.catalogue = said;
    if (!said.complete) this.#timer = window.setTimeout(() => this.load(), POLL);
  }

  parametersOf(chosen: Chosen): ParameterRecord[] {
    const records = chosen.formula
      ? (this.compiled.get(keyOf(plain(chosen))) ?? this.#formulaOf(chosen.name))?.parameters
      : this.byName.get(chosen.name)?.parameters;
    return (records ?? []).map((record) => ({
      ...record,
      value: chosen.parameters[record.name] ?? (chosen.formula ? 1 : record.value),
    }));
  }

  /** The same formula with other parameters: its sliders are known. */
  #formulaOf(name: string): Compiled | undefined {
    for (const [key, compiled] of this.compiled)
      if (key === `=${name}` || key.startsWith(`=${name}~`)) return compiled;
    return undefined;
  }

  /** What the engine computes; undefined while a formula is not compiled yet. */
  specOf(chosen: Chosen): FunctionSpec | undefined {
    const kinks = this.kinksOf(chosen);
    if (!chosen.formula) {
      const record = this.byName.get(chosen.name);
      if (record && record.kind !== "elementwise") return undefined;
      return { name: chosen.name, parameters: { ...chosen.parameters }, kinks };
    }
    const compiled = this.compiled.get(keyOf(plain(chosen)));
    return compiled && { program: compiled.program, kinks };
  }

  /** The slopes chosen at kinks; none where they are the core's own or not known yet. */
  kinksOf(chosen: Chosen): { z: number; slope: number }[] | undefined {
    if (chosen.subgradient === "torch") return undefined;
    const known = this.detailsOf({ ...chosen, subgradient: "torch" }) ?? this.detailsOf(chosen);
    return known?.slopes[chosen.subgradient]?.map(({ z, slope }) => ({
      z,
      slope: asNumber(slope),
    }));
  }

  detailsOf(chosen: Chosen): DetailsRecord | undefined {
    const known = this.details.get(keyOf(chosen));
    return known === undefined || "refused" in known ? undefined : known;
  }

  refusalOf(chosen: Chosen): Text | undefined {
    const known = this.details.get(keyOf(chosen));
    return known !== undefined && "refused" in known ? known.refused : undefined;
  }

  async fetchDetails(chosen: Chosen): Promise<void> {
    const key = keyOf(chosen);
    if (this.detailsOf(chosen) || this.#asked.has(key)) return;
    this.#asked.add(key);
    const said = await ask<DetailsRecord>("/api/functions/details", {
      name: chosen.name,
      parameters: this.#all(chosen),
      subgradient: chosen.subgradient,
    });
    this.#asked.delete(key);
    if (!("refused" in said) || said.final) this.details.set(key, said);
  }

  /** Compiles a formula, unless it is compiled already. */
  async compile(chosen: Chosen): Promise<FormulaRecord | Refused> {
    const known = this.compiled.get(keyOf(plain(chosen)));
    if (known) return { kind: "formula", name: chosen.name, ...known };
    const said = await ask<FormulaRecord>("/api/formula", {
      text: chosen.name,
      parameters: chosen.parameters,
    });
    if (!("refused" in said) && said.kind === "formula") {
      const { program, parameters } = said;
      // Under what was asked as well: the formula may be written otherwise there.
      for (const name of [chosen.name, said.name])
        this.compiled.set(keyOf(plain({ ...chosen, name })), { program, parameters });
    }
    return said;
  }

  #all(chosen: Chosen): Record<string, number> {
    const all = this.parametersOf(chosen).map(({ name, value }) => [name, value] as const);
    return { ...Object.fromEntries(all), ...chosen.parameters };
  }
}

/** The slope at kinks does not change the program. */
function plain(chosen: Chosen): Chosen {
  return { ...chosen, subgradient: "torch" };
}

export const library = new Library();
