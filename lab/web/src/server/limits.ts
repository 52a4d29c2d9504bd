/** What a visitor may ask of the server, to be said before it bites. */

import type { Text } from "../text/text.svelte.ts";
import { api } from "./api.ts";

export interface Limit extends Text {
  value: number;
}

export type LimitName =
  | "rows"
  | "columns"
  | "megabytes"
  | "tables"
  | "epochs"
  | "seconds"
  | "comparisons"
  | "workers"
  | "memory"
  | "idle"
  | "patience";

export type Limits = Record<LimitName, Limit>;

let asked: Promise<Limits> | undefined;

/** The limits, each with its name in both languages; asked for once. */
export function limits(): Promise<Limits> {
  asked ??= api.get<Limits>("api/limits").catch((error: unknown) => {
    asked = undefined; // to be asked again
    throw error;
  });
  return asked;
}
