/** What has been fetched of functions. It stays when the room is left, or when the server goes. */
import { untrack } from "svelte";
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

/** What the engine computes, and whether it is that of a formula's last parameters still. */
export interface Computable {
  spec: FunctionSpec;
  late: boolean;
}

const POLL = 1500;

class Library {
  catalogue: CatalogueRecord | undefined = $state.raw();
  /** Whether the last attempt to fetch it came to nothing. */
  failed = $state(false);
  readonly details = new SvelteMap<string, DetailsRecord | Refused>();
  readonly compiled = new SvelteMap<string, Compiled>();
  /** Of each formula what was compiled last, with whatever parameters. */
  readonly #last = new SvelteMap<string, Compiled>();
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
      ? this.#last.get(chosen.name)?.parameters
      : this.byName.get(chosen.name)?.parameters;
    return (records ?? []).map((record) => ({
      ...record,
      value: chosen.parameters[record.name] ?? (chosen.formula ? 1 : record.value),
    }));
  }

  /** Undefined while there is nothing that the engine could compute. */
  computable(chosen: Chosen): Computable | undefined {
    const kinks = this.kinksOf(chosen);
    if (!chosen.formula) {
      const record = this.byName.get(chosen.name);
      if (record && record.kind !== "elementwise") return undefined;
      const spec = { name: chosen.name, parameters: { ...chosen.parameters }, kinks };
      return { spec, late: false };
    }
    const own = this.compiled.get(keyOf(plain(chosen)));
    const compiled = own ?? this.#last.get(chosen.name);
    return compiled && { spec: { program: compiled.program, kinks }, late: own === undefined };
  }

  specOf(chosen: Chosen): FunctionSpec | undefined {
    const found = this.computable(chosen);
    return found?.late ? undefined : found?.spec;
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

  /** Whether what there is to say of a function is known, be it a refusal. */
  known(chosen: Chosen): boolean {
    return untrack(() => this.details.has(keyOf(chosen)));
  }

  async fetchDetails(chosen: Chosen): Promise<void> {
    const key = keyOf(chosen);
    if (this.known(chosen) || this.#asked.has(key)) return;
    this.#asked.add(key);
    const said = await this.#askDetails(chosen);
    this.#asked.delete(key);
    if (!("refused" in said) || said.final) this.details.set(key, said);
  }

  async #askDetails(chosen: Chosen): Promise<DetailsRecord | Refused> {
    if (chosen.formula) {
      const compiled = await this.compile(chosen); // its parameters are known then
      if ("refused" in compiled) return compiled;
    }
    return ask<DetailsRecord>("/api/functions/details", {
      name: chosen.name,
      parameters: this.#all(chosen),
      subgradient: chosen.subgradient,
    });
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
      for (const name of [chosen.name, said.name]) {
        this.compiled.set(keyOf(plain({ ...chosen, name })), { program, parameters });
        this.#last.set(name, { program, parameters });
      }
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
