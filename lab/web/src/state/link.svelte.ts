/**
 * The state of a page is in its link: `#/functions?f=tanh&z=1.5`.
 *
 * A room declares what it keeps with `linked("name", codec, start)` and reads and writes `.value`;
 * what equals the start is left out of the link. Going back and forth in the browser's history, or
 * opening another's link, sets the values anew.
 */

export interface Codec<T> {
  write(value: T): string;
  /** undefined where the text says nothing that can be used: the start is taken then. */
  read(text: string): T | undefined;
}

export const text: Codec<string> = { write: (value) => value, read: (value) => value };

export function number(least = -Infinity, most = Infinity): Codec<number> {
  return {
    write: (value) => String(Number(value.toPrecision(8))),
    read: (value) => {
      const parsed = Number(value);
      if (value.trim() === "" || !Number.isFinite(parsed)) return undefined;
      return Math.min(most, Math.max(least, parsed));
    },
  };
}

export function whole(least: number, most: number): Codec<number> {
  const any = number(least, most);
  return {
    write: String,
    read: (value) => {
      const parsed = any.read(value);
      return parsed === undefined ? undefined : Math.round(parsed);
    },
  };
}

export const yes: Codec<boolean> = {
  write: (value) => (value ? "1" : "0"),
  read: (value) => (value === "1" ? true : value === "0" ? false : undefined),
};

export function oneOf<T extends string>(...names: T[]): Codec<T> {
  return { write: (value) => value, read: (value) => names.find((name) => name === value) };
}

export function list<T>(item: Codec<T>, most = 100, separator = ","): Codec<T[]> {
  return {
    write: (values) => values.map((value) => item.write(value)).join(separator),
    read: (value) => {
      const parts = value === "" ? [] : value.split(separator);
      if (parts.length > most) return undefined;
      const values = parts.map((part) => item.read(part));
      return values.every((one) => one !== undefined) ? (values as T[]) : undefined;
    },
  };
}

interface Entry {
  load(value: string | null): void;
  text(): string | null;
}

export const ROOMS = [
  "start",
  "line",
  "boundary",
  "classes",
  "functions",
  "network",
  "compare",
  "lessons",
] as const;
export type RoomName = (typeof ROOMS)[number];

/** Of the whole page, not of a room: it stays when the room changes. */
const KEPT = "lesson";

function parts(hash: string): [room: RoomName, query: string] {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return [ROOMS.find((name) => name === path) ?? "start", query];
}

class Link {
  room: RoomName = $state("start");
  /** The lesson and stop one is at, as the link has it; empty if in none. */
  lesson = $state("");
  #entries = new Map<string, Entry>();
  #given = new URLSearchParams();
  #pending = 0;
  /** The fragment as it was read or written last. */
  #known = "";
  /** Where what a room keeps lags behind what it shows: called before it is left or its link copied. */
  settle: (() => void) | undefined;
  /** The links to the rooms as they were left, while the page is open. */
  #left = new Map<RoomName, string>();

  constructor() {
    this.#read();
    addEventListener("hashchange", () => this.#read());
  }

  #read(): void {
    const [room, query] = parts(location.hash);
    if (room !== this.room) this.#leave();
    this.#known = location.hash;
    this.#given = new URLSearchParams(query);
    this.lesson = this.#given.get(KEPT) ?? "";
    this.room = room;
    for (const [name, entry] of this.#entries) entry.load(this.#given.get(name));
  }

  #leave(): void {
    this.settle?.();
    // A room that is still being fetched has read nothing of its link.
    this.#left.set(this.room, this.#entries.size > 0 ? this.address() : this.#known);
    // One who comes back at once would have the link written before the room reads it.
    clearTimeout(this.#pending);
    this.#entries.clear();
    this.settle = undefined;
  }

  add(name: string, entry: Entry): void {
    this.#entries.set(name, entry);
    entry.load(this.#given.get(name));
  }

  /** The link is written a moment after the last change: browsers limit how often one may. */
  changed(): void {
    clearTimeout(this.#pending);
    const room = this.room;
    this.#pending = window.setTimeout(() => {
      // Where the visitor has just gone elsewhere, the event that says so may be on its way.
      if (room !== this.room || location.hash !== this.#known) return;
      history.replaceState(null, "", this.address());
      this.#known = location.hash;
      this.#given = new URLSearchParams(location.hash.split("?", 2)[1] ?? "");
    }, 150);
  }

  /** What the room keeps under a name, as it would stand in the link; null if as at the start. */
  kept(name: string): string | null {
    return this.#entries.get(name)?.text() ?? null;
  }

  /** The link to a room as it was left; to its start if it was not entered yet. */
  back(room: RoomName): string {
    return this.#left.get(room) ?? `#/${room}`;
  }

  /** The link to the page as it is now. */
  address(): string {
    const query = new URLSearchParams();
    for (const [name, entry] of this.#entries) {
      const value = entry.text();
      if (value !== null) query.set(name, value);
    }
    if (this.lesson !== "") query.set(KEPT, this.lesson);
    // Commas and colons need no escape in a fragment, and are easier to read.
    const tail = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return `#/${this.room}${tail ? `?${tail}` : ""}`;
  }
}

export const link = new Link();

export class Linked<T> {
  #value: T;
  #version = $state(0);

  constructor(
    readonly name: string,
    readonly codec: Codec<T>,
    readonly start: T,
  ) {
    this.#value = start;
    link.add(name, {
      load: (given) => {
        const read = given === null ? undefined : codec.read(given);
        this.#value = read === undefined ? start : read;
        this.#version++;
      },
      text: () => {
        const now = codec.write(this.#value);
        return now === codec.write(start) ? null : now;
      },
    });
  }

  get value(): T {
    void this.#version;
    return this.#value;
  }

  /** Give a new array or object rather than change the one that is there. */
  set value(value: T) {
    this.#value = value;
    this.#version++;
    link.changed();
  }
}

export function linked<T>(name: string, codec: Codec<T>, start: T): Linked<T> {
  return new Linked(name, codec, start);
}
