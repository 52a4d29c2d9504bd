/** What this room asks of the server: a formula compiled, a network diagnosed. */
import type { Program } from "../../engine/api.ts";
import { api, ServerError } from "../../server/api.ts";
import type { Text } from "../../text/text.svelte.ts";

export type Answer<T> = { value: T } | { error: Text } | { offline: true };

export interface CompiledFormula {
  kind: "formula" | "catalogue";
  name: string;
  program?: Program;
}

export interface ToldFinding {
  code: string;
  name: Text;
  severity: "issue" | "tip" | "passed" | "not applicable";
  kind: string;
  layer: string | null;
  title: Text;
  meaning: Text;
  remedy: Text;
  remedies: { key: string; text: Text; effect: Text | null }[];
}

async function ask<T>(path: string, body: unknown): Promise<Answer<T>> {
  try {
    return { value: await api.post<T>(path, body) };
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return error.offline ? { offline: true } : { error: error.text };
  }
}

export function compiled(text: string): Promise<Answer<CompiledFormula>> {
  return ask("./api/formula", { text });
}

export function diagnosed(network: unknown): Promise<Answer<{ findings: ToldFinding[] }>> {
  return ask("./api/networks/diagnosis", network);
}
