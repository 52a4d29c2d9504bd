/** The visitor's comparisons that are under way, as the server tells of them. */
import { ServerError } from "../../server/api.ts";
import { socket } from "../../server/socket.ts";
import { server } from "./server.ts";
import type { Contest } from "./types.ts";

const LIVE = ["queued", "running"];

export class UnderWay {
  /** The newest first; those that have ended stay until they are closed. */
  contests = $state.raw<Contest[]>([]);
  /** Whether only one person can reach the lab, who then sees the whole store. */
  alone = $state(true);
  /** Counts the changes of the history. */
  version = $state(0);
  #ends: (() => void)[] = [];
  #followed = new Map<string, () => void>();
  #closed = new Set<string>();

  constructor(private readonly ended: (contest: Contest) => void) {}

  start(): void {
    this.#ends = [
      socket.subscribe("comparisons", () => {
        this.version++;
        void this.refresh();
      }),
      socket.onRestart(() => {
        this.version++;
        void this.refresh();
      }),
    ];
    void this.refresh();
  }

  end(): void {
    for (const end of [...this.#ends, ...this.#followed.values()]) end();
    this.#followed.clear();
  }

  /** Takes up one that was begun just now. */
  add(contest: Contest): void {
    this.#put(contest);
  }

  /** Shows one that has ended no longer. */
  close(id: string): void {
    this.#closed.add(id);
    this.#followed.get(id)?.();
    this.#followed.delete(id);
    this.contests = this.contests.filter((one) => one.id !== id);
  }

  async refresh(): Promise<void> {
    try {
      const { alone, comparisons } = await server.underWay();
      this.alone = alone;
      for (const contest of [...comparisons].reverse())
        if (LIVE.includes(contest.state) && !this.#closed.has(contest.id)) this.#put(contest);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error; // the socket comes back by itself
    }
  }

  #put(told: Contest): void {
    const before = this.contests.find((one) => one.id === told.id);
    // Unknown to a lab that was started anew; what is known of the run stays true.
    const forgotten = told.state === "unknown" && before !== undefined;
    if (forgotten && !isLive(before)) return;
    const contest: Contest = forgotten ? { ...before, state: "unknown" } : told;
    this.contests =
      before === undefined
        ? [contest, ...this.contests]
        : this.contests.map((one) => (one.id === contest.id ? contest : one));
    if (!this.#followed.has(contest.id)) {
      const end = socket.subscribe<Contest>(`comparison/${contest.id}`, (state) => {
        if (!this.#closed.has(state.id)) this.#put(state);
      });
      this.#followed.set(contest.id, end);
    }
    if (before !== undefined && isLive(before) && !isLive(contest)) this.ended(contest);
  }
}

export function isLive(contest: Contest): boolean {
  return LIVE.includes(contest.state);
}
