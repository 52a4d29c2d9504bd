/** A table of the visitor's own, and what of it the network is to learn. It stays in the page. */
import { readTable, TableError, withWordings, type Column, type Table } from "../../data/csv.ts";
import type { Text } from "../../text/text.svelte.ts";
import { dataset, type Dataset } from "./dataset.ts";
import { ownTexts as texts } from "./texts.ts";

export const OWN_LIMITS = { bytes: 5_000_000, rows: 20_000, columns: 200 };
export const MOST_INPUTS = 64;
export const MOST_CLASSES = 10;
const CLASSES_BY_NUMBER = 6; // so few whole numbers are taken for names of classes

export class OwnTable {
  table: Table | undefined = $state.raw();
  name = $state("");
  problem: Text | undefined = $state.raw();
  target = $state("");
  regression = $state(false);
  /** Names of the columns that go in, the two of the plane first. */
  inputs: string[] = $state.raw([]);
  scale = $state(true);

  async read(file: File): Promise<boolean> {
    try {
      this.take(await readTable(file, OWN_LIMITS), file.name);
      return true;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      this.problem = error.text;
      return false;
    }
  }

  take(table: Table, name: string): void {
    this.table = table;
    this.name = name;
    this.problem = undefined;
    // What is asked for mostly stands last, and is often the one column of names.
    const named = table.columns.filter((one) => one.kind === "text" && classesIn(one).length > 1);
    const last = table.columns.at(-1)!;
    this.aim(named.length === 1 ? named[0].name : last.name);
  }

  aim(target: string): void {
    this.target = target;
    const column = this.column(target);
    this.regression = column?.kind === "number" && !looksLikeClasses(column);
    const inputs = this.possible.map((one) => one.name);
    this.inputs = inputs.slice(0, MOST_INPUTS);
  }

  column(name: string): Column | undefined {
    return this.table?.columns.find((one) => one.name === name);
  }

  /** Columns that can go in. */
  get possible(): Column[] {
    return (this.table?.columns ?? []).filter(
      (one) => one.kind === "number" && one.name !== this.target,
    );
  }

  /** Puts a column on an axis of the plane; where it is the other one's, they change places. */
  show(axis: 0 | 1, name: string): void {
    const inputs = [...this.inputs];
    const at = inputs.indexOf(name);
    if (at === -1) inputs.splice(axis, 0, name);
    else [inputs[axis], inputs[at]] = [inputs[at], inputs[axis]];
    this.inputs = inputs.slice(0, Math.max(this.inputs.length, 2));
  }

  /** Two columns, or all. */
  width(all: boolean): void {
    const rest = this.possible.map((one) => one.name).filter((one) => !this.inputs.includes(one));
    this.inputs = all ? [...this.inputs, ...rest].slice(0, MOST_INPUTS) : this.inputs.slice(0, 2);
  }

  /** The rows to train on, or why there are none; how many rows were left out. */
  made(validationShare: number, seed: number): { data?: Dataset; why?: Text; without: number } {
    const target = this.column(this.target);
    const inputs = this.inputs.map((name) => this.column(name)!);
    if (this.table === undefined || target === undefined) return { why: texts.choose, without: 0 };
    if (inputs.length < 2) return { why: withWordings(texts.fewColumns, this.table), without: 0 };
    const gaps = new Set([...inputs, target].flatMap((one) => one.missing));
    const rows = Array.from({ length: this.table.rows }, (_, i) => i).filter((i) => !gaps.has(i));
    const without = gaps.size;
    if (rows.length < 10) return { why: texts.fewRows, without };
    const classes = this.regression ? [] : classesIn(target, rows);
    if (!this.regression && classes.length < 2) return { why: texts.oneClass, without };
    if (classes.length > MOST_CLASSES) return { why: texts.manyClasses, without };
    const data = dataset({
      raw: Float64Array.from(rows.flatMap((row) => inputs.map((one) => one.numbers[row]))),
      columns: inputs.length,
      names: this.inputs,
      y: Float64Array.from(rows, (row) =>
        this.regression ? target.numbers[row] : classes.indexOf(cell(target, row)),
      ),
      classes,
      target: this.target,
      validationShare,
      seed,
      scale: this.scale,
    });
    return { data, without };
  }
}

function cell(column: Column, row: number): string {
  return column.kind === "text" ? column.texts[row] : String(column.numbers[row]);
}

/** In the order in which NumPy sorts them: numbers by size, texts by their characters. */
function classesIn(column: Column, rows?: number[]): string[] {
  if (column.kind === "number") {
    const known = (rows ?? [...column.numbers.keys()]).map((row) => column.numbers[row]);
    const different = [...new Set(known.filter((value) => !Number.isNaN(value)))];
    return different.sort((a, b) => a - b).map(String);
  }
  const known = (rows ?? [...column.texts.keys()]).map((row) => column.texts[row]);
  return [...new Set(known.filter((text) => text !== ""))].sort();
}

function looksLikeClasses(column: Column): boolean {
  const different = classesIn(column);
  return different.length <= CLASSES_BY_NUMBER && different.every((one) => /^-?\d+$/.test(one));
}
