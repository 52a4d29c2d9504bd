/** Work that the server does for this page in its own time. */

import type { Text } from "../text/text.svelte.ts";
import { api } from "./api.ts";
import { socket } from "./socket.ts";

/** How far a job is; `unknown` where the server has forgotten it, as after a restart. */
export interface JobState<Progress = unknown> {
  id: string;
  kind: string;
  state: "queued" | "running" | "done" | "failed" | "stopped" | "unknown";
  /** In the queue, from 1; 0 when it is no longer in it. */
  place: number;
  progress: Progress | null;
  error: (Text & Record<string, unknown>) | null;
  seconds: number;
}

/** Has `listener` told how far a job is, now and whenever it goes on; returns what ends it. */
export function follow<Progress>(
  id: string,
  listener: (job: JobState<Progress>) => void,
): () => void {
  return socket.subscribe<JobState<Progress>>(`job/${id}`, listener);
}

/** Ends a job. */
export function stop(id: string): Promise<JobState> {
  return api.delete<JobState>(`api/jobs/${encodeURIComponent(id)}`);
}
