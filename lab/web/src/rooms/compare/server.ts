/** Questions of this room to the server. */
import { api, type Options as AskOptions } from "../../server/api.ts";
import type { Language } from "../../text/text.svelte.ts";
import type {
  Contest,
  Figure,
  Options,
  Plan,
  Run,
  ShownRun,
  Table,
  Tables,
  Wanted,
} from "./types.ts";

const one = encodeURIComponent;
const SLOW = { timeout: 120_000 };

export const server = {
  tables: () => api.get<Tables>("api/tables"),
  table: (id: string) => api.get<Table>(`api/tables/${one(id)}`, SLOW),
  upload: (file: File, progress: (share: number) => void) =>
    api.upload<Table>(`api/tables?name=${one(file.name)}`, file, { progress }),
  options: () => api.get<Options>("api/comparisons/options", SLOW),
  plan: (wanted: Wanted, asked: AskOptions) =>
    api.post<Plan>("api/comparisons/plan", wanted, { ...SLOW, ...asked }),
  begin: (wanted: Wanted) => api.post<Contest>("api/comparisons", wanted, SLOW),
  underWay: () => api.get<{ alone: boolean; comparisons: Contest[] }>("api/comparisons"),
  stop: (id: string) => api.delete<Contest>(`api/comparisons/${one(id)}`),
  runs: () => api.get<Run[]>("api/runs", SLOW),
  run: (number: number) => api.get<ShownRun>(`api/runs/${number}`, SLOW),
  remove: (number: number) => api.delete<null>(`api/runs/${number}`),
  resume: (number: number, table: string | null) =>
    api.post<Contest>(`api/runs/${number}/continue`, { table }, SLOW),
  figures: (number: number, language: Language) =>
    api.get<Figure[]>(`api/runs/${number}/figures?language=${language}`, SLOW),
};

/** Where the report of a run is, to show it in a frame or to have it as a file. */
export function reportAddress(run: number, language: Language, download = false): string {
  return `api/runs/${run}/report?language=${language}${download ? "&download=true" : ""}`;
}

export function exportAddress(run: number, form: "csv" | "json"): string {
  return `api/runs/${run}/export?form=${form}`;
}
