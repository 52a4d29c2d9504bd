/** What a lesson is: stops in the rooms, each with a task whose answer is checked by computing. */
import type { Engine } from "../engine/api.ts";
import type { RoomName } from "../state/link.svelte.ts";
import type { Text } from "../text/text.svelte.ts";

export interface Lesson {
  id: string;
  title: Text;
  stops: Stop[];
}

export interface Stop {
  /** Where it takes place, and the state of the room at its beginning. */
  room: RoomName;
  state: Record<string, string>;
  title: Text;
  /** What there is to see. */
  text: Text;
  /** Where in the room the answer can be found: told after a wrong one. */
  where: Text;
  task: Task;
}

export type Task =
  | { kind: "number"; ask: Text; check: (given: number, room: RoomState) => Promise<Verdict> }
  | {
      kind: "choice";
      ask: Text;
      options: { value: string; label: Text }[];
      check: (given: string, room: RoomState) => Promise<Verdict>;
    }
  /** Something to be done in the room: its state is the answer. */
  | { kind: "do"; ask: Text; check: (room: RoomState) => Promise<Verdict> };

export interface RoomState {
  engine: Engine;
  /** What the room keeps in the link under a name; null if as at the start of the room. */
  kept(name: string): string | null;
}

export interface Verdict {
  right: boolean;
  /** Of what is typed or chosen: why the right answer is right. Of what is done: what is there. */
  say: Text;
  /** The right number, to tell how far away one is. */
  answer?: number;
  values?: Record<string, string | number>;
}

/** Right within the last digit that was given, or a share of the right one. */
export function near(given: number, right: number, share = 0.005): boolean {
  return Math.abs(given - right) <= share * Math.abs(right) + 1e-12;
}
