/** What the server says of the regression: asked a moment after the last change. */
import { api, ServerError } from "../../server/api.ts";
import type { Text } from "../../text/text.svelte.ts";
import type { LineTable } from "./table.svelte.ts";

export interface Finding {
  code: string;
  condition: 1 | 2 | 3 | 4;
  verdict: "issue" | "tip" | "passed" | "not applicable";
  title: Text;
  meaning: Text;
  remedy: Text;
}

export interface Coefficient {
  term: string;
  estimate: number | null;
  standard_error: number | null;
  t: number | null;
  p: number | null;
  low: number | null;
  high: number | null;
}

export interface Summary {
  model_degrees_of_freedom: number;
  residual_degrees_of_freedom: number;
  targets: {
    r_squared: number | null;
    adjusted_r_squared: number | null;
    f: number | null;
    f_p: number | null;
    coefficients: Coefficient[];
  }[];
}

export interface Checks {
  rows: number;
  left_out: number;
  findings: Finding[];
  summary: Summary | null;
}

export interface Interval {
  prediction: number | null;
  mean_low: number | null;
  mean_high: number | null;
  row_low: number | null;
  row_high: number | null;
}

interface Column {
  name: string;
  values: (number | null)[];
}

export interface Sent {
  features: Column[];
  target: Column;
}

/** Of rows times columns; a body may have a megabyte. */
export const MOST_VALUES = 30_000;

/** The chosen columns as the server takes them. */
export function sent(table: LineTable): Sent {
  const columns = table.chosen.map((column) => ({
    name: table.names[column].slice(0, 200),
    values: table.values[column].map((value) => (Number.isFinite(value) ? value : null)),
  }));
  return { features: columns.slice(0, -1), target: columns[columns.length - 1] };
}

const PAUSE = 400;

/** An answer that is asked for anew when what it depends on has changed. */
export class Asked<T> {
  answer: T | null = $state.raw(null);
  refused: Text | null = $state.raw(null);
  waiting = $state(false);

  constructor(readonly path: string) {}

  /** To be called in an effect; returns what takes the question back. */
  ask(body: unknown): () => void {
    const gone = new AbortController();
    this.waiting = true;
    const timer = setTimeout(async () => {
      try {
        this.answer = await api.post<T>(this.path, body, { signal: gone.signal });
        this.refused = null;
      } catch (error) {
        if (gone.signal.aborted) return;
        this.answer = null;
        this.refused = error instanceof ServerError ? error.text : null;
        if (!(error instanceof ServerError)) throw error;
      }
      this.waiting = false;
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }
}
