/** From what is written for a layer's activation to what the engine takes. */
import type { FunctionSpec } from "../../engine/api.ts";
import type { Text } from "../../text/text.svelte.ts";
import { isKnown, parametersOf } from "./catalogue.ts";
import { isFormula, named, written } from "./layers.ts";
import { compiled } from "./server.ts";
import { texts } from "./texts.ts";

export type Resolved = { spec: FunctionSpec } | { problem: Text } | { waiting: true };

const WAITING: Resolved = { waiting: true };

/** Formulas are compiled by the server, once each. */
export class Functions {
  #formulas: Record<string, Resolved> = $state.raw({});
  #asked = new Set<string>();

  resolve(activation: string): Resolved {
    if (isFormula(activation)) return this.#formulas[activation] ?? WAITING;
    const known = named(activation);
    if (known === undefined || !isKnown(known.name))
      return {
        problem: {
          en: `There is no function ${activation} here.`,
          zh: `这里没有函数 ${activation}。`,
        },
      };
    const parameters = { ...parametersOf(known.name), ...known.parameters };
    return { spec: { name: known.name, parameters } };
  }

  /** Has those compiled that are not yet; where the server did not answer, asks again. */
  ask(activations: string[], again = false): void {
    for (const activation of activations.filter(isFormula)) {
      if (this.#asked.has(activation) && !(again && !("spec" in this.resolve(activation))))
        continue;
      this.#asked.add(activation);
      void this.#compile(activation);
    }
  }

  async #compile(activation: string): Promise<void> {
    const answer = await compiled(activation.slice(1));
    let resolved: Resolved;
    if ("offline" in answer) resolved = { problem: texts.formulaOffline };
    else if ("error" in answer) resolved = { problem: answer.error };
    else if (answer.value.program !== undefined)
      resolved = { spec: { program: answer.value.program } };
    else resolved = this.resolve(written(answer.value.name, {}));
    this.#formulas = { ...this.#formulas, [activation]: resolved };
  }
}
