/** What is chosen in this room; all of it is in the link. */
import { linked, list, number, oneOf, text, whole, type Linked } from "../../state/link.svelte.ts";
import type { Factor, Options, Table, Task, Wanted } from "./types.ts";

export const FACTORS: Factor[] = ["activation", "depth", "width", "init", "learning_rate", "model"];
/** The room's own first comparison: quick enough to be watched to its end. */
const FIRST = "iris";
const MOST = 100;
const NONE = "";
const several = () => list(text, MOST, ";");

export type View = "setup" | "result" | "history";

export class Choices {
  readonly view = linked<View>("view", oneOf("setup", "result", "history"), "setup");
  /** Number of the run that is looked at; 0 for none. */
  readonly run = linked("run", whole(0, 2 ** 31 - 1), 0);
  readonly table = linked("data", text, FIRST);
  /** Empty: the column that a table suggests. */
  readonly target = linked("target", text, "");
  readonly task = linked<Task | "auto">(
    "task",
    oneOf("auto", "classification", "regression"),
    "auto",
  );
  readonly ignore = linked("without", list(text, 500, ";"), []);
  readonly vary = linked<Factor[]>("vary", list(oneOf(...FACTORS), FACTORS.length), ["activation"]);
  /** The values of what varies; empty for the usual ones. */
  readonly values: Record<Factor, Linked<string[]>> = {
    activation: linked("f", several(), []),
    depth: linked("depth", several(), []),
    width: linked("width", several(), []),
    init: linked("init", several(), []),
    learning_rate: linked("rate", several(), []),
    model: linked("model", several(), []),
  };
  /** Of all networks, where the activation does not vary. */
  readonly activation = linked("hidden", text, "relu");
  readonly layers = linked("layers", list(whole(1, 1024), 10), [64, 32]);
  readonly rates = linked("rates", list(number(1e-9, 1e5), 8), [0.001, 0.003, 0.01]);
  readonly folds = linked("folds", whole(2, 20), 5);
  readonly repeats = linked("repeats", whole(1, 20), 2);
  readonly epochs = linked("epochs", whole(1, 100_000), 100);
  /** Empty: the usual one of the task. */
  readonly scoring = linked("score", text, "");
  /** Seconds for which repeats are added; 0 for as many as are asked for. */
  readonly budget = linked("seconds", whole(0, 86_400), 0);
  /** Which figure of the result is shown. */
  readonly figure = linked("figure", text, "scores");
  readonly seed = linked("seed", whole(0, 2 ** 32 - 1), 0);

  /** Takes up another table: what was chosen of the one before has no meaning in it. */
  take(id: string): void {
    this.table.value = id;
    this.target.value = "";
    this.task.value = "auto";
    this.ignore.value = [];
    this.scoring.value = "";
  }

  /** The column to predict, if there is one. */
  targetIn(table: Table): string | null {
    const chosen = this.target.value;
    return table.columns.some((column) => column.name === chosen) ? chosen : table.target;
  }

  /** The task that the table poses with its target. */
  taskIn(table: Table): Task {
    if (this.task.value !== "auto") return this.task.value;
    const target = this.targetIn(table);
    return table.columns.find((column) => column.name === target)?.task ?? "classification";
  }

  /** The values of a factor, the usual ones where nothing was chosen; `NONE` stands for none. */
  valuesOf(factor: Factor, options: Options, task: Task): string[] {
    const chosen = this.values[factor].value;
    if (chosen.length === 0) return usualOf(factor, options, task);
    return chosen.filter((value) => value !== NONE);
  }

  /** Chooses values of a factor. */
  setValues(factor: Factor, values: string[]): void {
    this.values[factor].value = values.length > 0 ? values : [NONE];
  }

  /** What varies and has no value yet. */
  lacking(options: Options, task: Task): Factor | undefined {
    return this.vary.value.find((one) => this.valuesOf(one, options, task).length === 0);
  }

  /** What to compare, as the server takes it; undefined while there is no target or no value. */
  wanted(table: Table, options: Options): Wanted | undefined {
    const target = this.targetIn(table);
    if (target === null) return undefined;
    const task = this.taskIn(table);
    if (this.lacking(options, task) !== undefined) return undefined;
    const vary: Wanted["vary"] = {};
    for (const factor of this.vary.value) {
      const values = this.valuesOf(factor, options, task);
      const usual = usualOf(factor, options, task);
      // The usual ones go unsaid, as on the command line.
      vary[factor] = same(values, usual) ? [] : values;
    }
    const alone = this.vary.value.length === 1;
    const onlyModels = alone && vary.model !== undefined && !this.usesNetworks(options, task);
    return {
      table: table.id,
      target,
      ...(this.task.value === "auto" ? {} : { task: this.task.value }),
      ignore: this.ignore.value.filter((name) => name !== target && known(table, name)),
      vary,
      ...("activation" in vary || onlyModels ? {} : { activation: this.activation.value }),
      ...(same(this.layers.value, options.defaults.hidden_layer_sizes)
        ? {}
        : { hidden_layer_sizes: this.layers.value }),
      ...("learning_rate" in vary || same(this.rates.value, options.defaults.learning_rates)
        ? {}
        : { learning_rates: this.rates.value }),
      n_splits: this.folds.value,
      n_repeats: this.repeats.value,
      max_iter: this.epochs.value,
      ...(this.scoring.value === "" ? {} : { scoring: this.scoring.value }),
      ...(this.budget.value === 0 ? {} : { budget: this.budget.value }),
      random_state: this.seed.value,
    };
  }

  /** Whether there is a network among the candidates. */
  usesNetworks(options: Options, task: Task): boolean {
    if (!this.vary.value.includes("model")) return true;
    return this.valuesOf("model", options, task).includes("mlp");
  }
}

export function usualOf(factor: Factor, options: Options, task: Task): string[] {
  if (factor === "activation") return options.usual_activations;
  if (factor === "model")
    return options.models[task].filter((model) => model.usual).map((model) => model.name);
  return options.factors.find((one) => one.name === factor)?.usual ?? [];
}

function known(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name);
}

function same<T>(left: T[], right: T[]): boolean {
  return left.length === right.length && left.every((value, i) => value === right[i]);
}
