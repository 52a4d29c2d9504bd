/** Questions to the server, the refusal as a value: it is shown beside what was asked. */
import { api, ServerError } from "../../server/api.ts";
import type { Text } from "../../text/text.svelte.ts";
import { texts } from "./texts.ts";

export interface Refused {
  refused: Text;
  /** Where in a text that was typed. */
  place?: [number, number];
  /** Whether the same question would be refused again. */
  final: boolean;
}

export async function ask<T extends object>(path: string, body?: unknown): Promise<T | Refused> {
  try {
    return body === undefined ? await api.get<T>(path) : await api.post<T>(path, body);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    if (error.offline) return { refused: texts.noServer, final: false };
    return {
      refused: error.text,
      place: placeOf(error.details.place),
      final: error.status === 422,
    };
  }
}

function placeOf(given: unknown): [number, number] | undefined {
  if (!Array.isArray(given) || given.length !== 2) return undefined;
  const [start, end] = given.map(Number);
  return Number.isInteger(start) && Number.isInteger(end) ? [start, end] : undefined;
}
