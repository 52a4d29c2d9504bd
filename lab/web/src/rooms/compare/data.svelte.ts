/** The table that is compared on: a bundled one or the visitor's own, which this page keeps. */
import { ServerError } from "../../server/api.ts";
import { limits, type Limits } from "../../server/limits.ts";
import type { Text } from "../../text/text.svelte.ts";
import { Asked } from "./asked.svelte.ts";
import type { Choices } from "./choices.svelte.ts";
import { server } from "./server.ts";
import { texts } from "./texts.ts";
import type { Table, Tables } from "./types.ts";

const MEGABYTE = 2 ** 20;
const NOT_HERE = 404;

export class Data {
  readonly table = new Asked<Table>();
  tables = $state.raw<Tables>({ bundled: [], own: [] });
  limits = $state.raw<Limits | undefined>(undefined);
  /** Share that is sent, from 0 to 1; undefined while nothing is. */
  sending = $state<number | undefined>(undefined);
  name = $state("");
  notice = $state.raw<Text | undefined>(undefined);
  refused = $state.raw<Text | undefined>(undefined);
  /** Files of this page by the id of their table, to be sent again if the server forgets them. */
  #files = new Map<string, File>();

  constructor(private readonly choices: Choices) {}

  async loadLists(): Promise<void> {
    try {
      [this.tables, this.limits] = await Promise.all([server.tables(), limits()]);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error; // asked again once the server is back
    }
  }

  /** Loads the table of the link; one that the server has forgotten is sent again. */
  async load(id: string): Promise<void> {
    if (this.table.value?.id === id && this.table.error === undefined) return;
    await this.table.ask(async () => {
      try {
        return await server.table(id);
      } catch (error) {
        const file = this.#files.get(id);
        const forgotten = error instanceof ServerError && error.status === NOT_HERE;
        if (!forgotten || file === undefined) throw error;
        return await this.sendAgain(id, file);
      }
    });
  }

  /** Makes sure that the server still has the table, as after a restart. */
  async check(): Promise<void> {
    const id = this.choices.table.value;
    void this.loadLists();
    if (!this.#files.has(id)) return;
    try {
      await server.table(id);
    } catch (error) {
      if (!(error instanceof ServerError) || error.status !== NOT_HERE) return;
      const file = this.#files.get(id)!;
      await this.table.ask(() => this.sendAgain(id, file));
    }
  }

  /** Sends a file of the visitor's. */
  async send(file: File): Promise<void> {
    this.notice = this.refused = undefined;
    const most = this.limits?.megabytes.value;
    if (most !== undefined && file.size > most * MEGABYTE) {
      const values = { name: file.name, size: (file.size / MEGABYTE).toFixed(1), most };
      this.refused = filled(texts.tooLarge, values);
      return;
    }
    this.name = file.name;
    this.sending = 0;
    try {
      const table = await server.upload(file, (share) => (this.sending = share));
      this.take(table, file);
      this.choices.take(table.id);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.refused = error.text;
    } finally {
      this.sending = undefined;
    }
  }

  private async sendAgain(id: string, file: File): Promise<Table> {
    const table = await server.upload(file, () => undefined);
    this.#files.delete(id);
    this.take(table, file);
    this.notice = filled(texts.restored, { name: file.name });
    this.choices.table.value = table.id;
    return table;
  }

  private take(table: Table, file: File): void {
    this.#files.set(table.id, file);
    this.table.clear();
    this.table.value = table;
    this.tables = {
      ...this.tables,
      own: [{ id: table.id, name: table.name }, ...this.tables.own],
    };
  }
}

function filled(text: Text, values: Record<string, string | number>): Text {
  const fill = (one: string) =>
    one.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { en: fill(text.en), zh: fill(text.zh) };
}
