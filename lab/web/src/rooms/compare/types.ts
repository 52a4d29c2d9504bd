/** What the server tells about tables, comparisons and runs. */
import type { Language, Text } from "../../text/text.svelte.ts";

export type Task = "classification" | "regression";
export type Factor = "activation" | "depth" | "width" | "init" | "learning_rate" | "model";

/** Why a column cannot help to predict anything. */
export type Useless = "empty" | "constant" | "identifier" | "counter";

export interface Column {
  name: string;
  kind: "number" | "date" | "category" | null;
  type: string;
  missing: number;
  /** What its values are, in words. */
  said: Text;
  useless: Useless | null;
  /** The task it would pose as the target, null where it cannot be one. */
  task: Task | null;
  classes: number | null;
}

export interface Table {
  id: string;
  bundled: boolean;
  name: string;
  rows: number;
  missing: number;
  columns: Column[];
  /** The column one is most likely to predict. */
  target: string | null;
  preview: string[][];
  notices: Text[];
}

export interface Tables {
  bundled: string[];
  own: { id: string; name: string }[];
}

export interface Options {
  extensions: string[];
  activations: string[];
  usual_activations: string[];
  factors: { name: Factor; title: Text; meaning: Text; usual: string[] }[];
  models: Record<Task, { name: string; title: Text; usual: boolean }[]>;
  scorings: Record<Task, { name: string; title: Text; greater_is_better: boolean }[]>;
  defaults: {
    hidden_layer_sizes: number[];
    learning_rates: number[];
    n_splits: number;
    n_repeats: number;
    max_iter: number;
  };
  bounds: Record<"folds" | "repeats" | "layers" | "units" | "candidates" | "rates", number>;
  most: { epochs: number; seconds: number };
}

/** What to compare, as the server takes it. */
export interface Wanted {
  table: string;
  target: string;
  task?: Task;
  ignore: string[];
  vary: Partial<Record<Factor, string[]>>;
  activation?: string;
  hidden_layer_sizes?: number[];
  learning_rates?: number[];
  n_splits: number;
  n_repeats: number;
  max_iter: number;
  scoring?: string;
  budget?: number;
  random_state: number;
}

export type Pairs = Record<Language, [string, string][]>;

export interface Bar {
  label: string;
  n: string;
  share: string;
  /** Per cent of the longest. */
  length: number;
}

export interface Plan {
  task: Task;
  rows: number;
  columns: number;
  notices: Text[];
  candidates: ({ label: string } & Text)[];
  fits: number;
  splits: number;
  command: string;
  facts: Pairs;
  balance: Record<Language, Bar[]>;
  balance_title: Text;
}

export interface Standings {
  splits: number;
  planned: number;
  scoring: Text;
  greater_is_better: boolean;
  guess: number | null;
  rows: ({ label: string; score: number | null } & Text)[];
}

export interface Progress {
  run: number | null;
  done: number;
  total: number;
  known: number;
  repeats: number;
  half_width: number | null;
  standings: Standings | null;
}

/** A comparison of the visitor; "unknown" once the server has forgotten it. */
export interface Contest {
  id: string;
  state: "queued" | "running" | "done" | "incomplete" | "stopped" | "failed" | "unknown";
  place: number;
  run: number | null;
  data: string;
  target: string;
  /** Whether it gave way to others before. */
  again: boolean;
  seconds: number;
  left: number | null;
  /** Seconds that it may still take. */
  remaining: number;
  progress: Progress | null;
  error: Text | null;
}

/** A run of the store, as it is listed. */
export interface Run {
  run: number;
  created: string;
  data: string | null;
  bundled: boolean;
  target: string;
  task: Task;
  compared: Text;
  state: "running" | "paused" | "finished";
  fits: number;
  planned: number;
  seconds: number;
  lab: boolean;
  best?: Text | null;
}

export interface ResultTable {
  note: string;
  legend: [string, string][];
  columns: { title: string; explanation: string; align: "left" | "right" }[];
  rows: {
    group: string;
    group_name: string;
    cells: { text: string; sort: number | string | null; align: "left" | "right" }[];
  }[];
}

export interface Result {
  best: string;
  title: Text;
  verdict: Text;
  reasons: Text[];
  cautions: Text[];
  notices: Text[];
  table: Record<Language, ResultTable>;
  design: Record<Language, string[]>;
  facts: Pairs;
  known: number;
}

export interface ShownRun extends Run {
  command: string;
  n_repeats: number;
  result: Result | null;
  nothing_yet: Text | null;
}

export interface Figure {
  name: string;
  title: string;
  caption: string;
  spec: Record<string, unknown>;
}
