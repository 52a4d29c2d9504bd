/** The point that was touched last, which a button can delete where there is no Delete key. */
import type { LineTable } from "./table.svelte.ts";

interface Of {
  row: number;
  set: string;
  /** Rows of the table: where one has gone, the others are counted anew. */
  height: number;
}

export class Picked {
  #of: Of | undefined = $state.raw();

  constructor(readonly table: LineTable) {}

  /** undefined where none is chosen, or the table is no longer the one it was chosen in. */
  readonly row: number | undefined = $derived.by(() => {
    const of = this.#of;
    const same = of?.set === this.table.set && of.height === this.table.height;
    return same && this.table.rows.rows.includes(of.row) ? of.row : undefined;
  });

  choose(row: number): void {
    this.#of = { row, set: this.table.set, height: this.table.height };
  }

  last(): void {
    this.choose(this.table.height - 1);
  }

  remove(row = this.row): void {
    if (row !== undefined) this.table.remove(row);
  }
}
