/** The table on view: one that comes with the room, or the visitor's own, and its edits. */
import type { Table } from "../../data/csv.ts";
import { columns } from "../../state/codecs.ts";
import { linked, list, oneOf, text, whole } from "../../state/link.svelte.ts";
import type { Text } from "../../text/text.svelte.ts";
import { sets, SETS, type SetName } from "./sets.ts";

const MOST_COLUMNS = 200;
/** Of values, above which a link would be too long: they then stay in this page only. */
export const MOST_IN_LINK = 6000;

/** The complete rows of the chosen columns. */
export interface Rows {
  /** Row-major. */
  X: Float64Array;
  /** 1 or 2. */
  columns: number;
  y: Float64Array;
  /** Their places in the table. */
  rows: Int32Array;
}

export class LineTable {
  readonly #set = linked<SetName | "own">("set", oneOf(...SETS, "own"), "points");
  readonly #variables = linked("k", whole(1, 2), 1);
  readonly #chosen = linked<number[]>("c", list(whole(0, MOST_COLUMNS - 1), 3), []);
  readonly #kept = linked<number[][]>("t", columns(MOST_IN_LINK, MOST_COLUMNS), []);
  readonly #names = linked<string[]>("names", list(text, MOST_COLUMNS, "\u001f"), []);
  /** How the visitor's file was read; forgotten with the page. */
  file: Table | null = $state.raw(null);

  readonly set = $derived(this.#set.value);
  readonly entry = $derived(this.#set.value === "own" ? null : sets[this.#set.value]);
  readonly names: readonly string[] = $derived.by(() => {
    if (this.entry !== null) return Object.keys(this.entry.values);
    return this.#kept.value.map((_, i) => this.#names.value[i] || `column_${i + 1}`);
  });
  readonly edited = $derived(this.entry !== null && this.#kept.value.length > 0);
  readonly values: readonly (readonly number[])[] = $derived.by(() => {
    const { entry } = this;
    const kept = this.#kept.value;
    if (entry === null) return kept;
    const own = Object.values(entry.values);
    return kept.length === own.length ? kept : own;
  });
  readonly height = $derived(this.values[0]?.length ?? 0);
  /** Whether a link carries all that was changed. */
  readonly inLink = $derived(
    this.#kept.value.length === 0 ||
      this.#kept.value.length * this.#kept.value[0].length <= MOST_IN_LINK,
  );

  /** Positions of the columns: those of the features, then that of the target. */
  readonly chosen: readonly number[] = $derived.by(() => {
    const wanted = this.#chosen.value;
    const many = this.#variables.value;
    const count = this.names.length;
    const right =
      wanted.length === many + 1 &&
      new Set(wanted).size === wanted.length &&
      wanted.every((column) => column < count);
    return right ? wanted : this.#usual(many);
  });
  readonly variables = $derived(Math.max(1, this.chosen.length - 1));
  readonly features = $derived(this.chosen.slice(0, -1));
  readonly target = $derived(this.chosen[this.chosen.length - 1]);
  readonly usable = $derived(this.chosen.length >= 2);

  readonly rows: Rows = $derived.by(() => {
    const { chosen, values } = this;
    const complete: number[] = [];
    for (let row = 0; row < this.height && this.usable; row++)
      if (chosen.every((column) => Number.isFinite(values[column][row]))) complete.push(row);
    const p = Math.max(1, chosen.length - 1);
    const X = new Float64Array(complete.length * p);
    const y = new Float64Array(complete.length);
    complete.forEach((row, i) => {
      for (let j = 0; j < p; j++) X[i * p + j] = values[chosen[j]][row];
      y[i] = values[chosen[p]][row];
    });
    return { X, columns: p, y, rows: Int32Array.from(complete) };
  });
  readonly leftOut = $derived(this.usable ? this.height - this.rows.y.length : 0);

  label(column: number): Text {
    const name = this.names[column] ?? "";
    return this.entry?.labels[name] ?? { en: name, zh: name };
  }

  choose(set: SetName): void {
    this.#set.value = set;
    this.#kept.value = [];
    this.#names.value = [];
    this.#chosen.value = [];
    this.file = null;
    if (sets[set].features.length < this.#variables.value) this.#variables.value = 1;
    if (set === "plane") this.#variables.value = 2;
  }

  /** One or two variables; where the table has not enough columns, one that has. */
  take(variables: number): void {
    const room = this.entry?.features.length ?? this.names.length - 1;
    if (variables > room) this.choose("plane");
    this.#variables.value = variables;
    this.#chosen.value = [];
  }

  /** Puts a column in the place of another: 0 … for features, the last for the target. */
  use(place: number, column: number): void {
    const chosen = [...this.chosen];
    const before = chosen.indexOf(column);
    if (before >= 0) chosen[before] = chosen[place]; // they change places
    chosen[place] = column;
    this.#chosen.value = chosen;
  }

  /** Takes the columns of numbers of a file. */
  open(file: Table): void {
    const numeric = file.columns.filter(({ kind }) => kind === "number").slice(0, MOST_COLUMNS);
    this.file = file;
    this.#set.value = "own";
    this.#chosen.value = [];
    this.#names.value = numeric.map(({ name }) => name.replaceAll("\u001f", " "));
    this.#kept.value = numeric.map(({ numbers }) => [...numbers]);
    if (numeric.length < this.#variables.value + 1) this.#variables.value = 1;
  }

  put(row: number, column: number, value: number): void {
    this.#edit((values) => {
      values[column] = [...values[column]];
      values[column][row] = value;
    });
  }

  /** Several values of one row at once. */
  move(row: number, changed: readonly (readonly [column: number, value: number])[]): void {
    this.#edit((values) => {
      for (const [column, value] of changed) {
        values[column] = [...values[column]];
        values[column][row] = value;
      }
    });
  }

  /** A row with values of the chosen columns; those of the others are missing. */
  add(given: readonly number[]): void {
    this.#edit((values) => {
      for (let column = 0; column < values.length; column++) {
        const place = this.chosen.indexOf(column);
        values[column] = [...values[column], place >= 0 ? given[place] : NaN];
      }
    });
  }

  remove(row: number): void {
    this.#edit((values) => {
      for (let column = 0; column < values.length; column++)
        values[column] = values[column].filter((_, i) => i !== row);
    });
  }

  reset(): void {
    this.#kept.value = [];
  }

  #edit(change: (values: number[][]) => void): void {
    const values = [...this.values] as number[][];
    change(values);
    this.#kept.value = values;
  }

  #usual(variables: number): number[] {
    const { entry, names } = this;
    if (entry !== null) {
      const features = entry.features.slice(0, variables);
      return [...features, entry.target].map((name) => names.indexOf(name));
    }
    if (names.length < 2) return [];
    const many = Math.min(variables, names.length - 1);
    return [...Array.from({ length: many }, (_, i) => i), names.length - 1];
  }
}
