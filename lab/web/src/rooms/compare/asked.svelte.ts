/** Something of the server's, with what is said while it is not there. */
import { ServerError } from "../../server/api.ts";
import type { Text } from "../../text/text.svelte.ts";

/** The newest answer counts; what comes of an older question is left aside. */
export class Asked<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<Text | undefined>(undefined);
  /** Whether the server did not answer at all, so that asking again may help. */
  offline = $state(false);
  busy = $state(false);
  #newest = 0;
  #giveUp: AbortController | undefined;

  /** Asks; the value of before stays until there is another. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const number = ++this.#newest;
    this.#giveUp?.abort();
    this.#giveUp = new AbortController();
    this.busy = true;
    try {
      const value = await question(this.#giveUp.signal);
      if (number !== this.#newest) return undefined;
      this.value = value;
      this.error = undefined;
      this.offline = false;
      return value;
    } catch (error) {
      if (number !== this.#newest) return undefined;
      if (!(error instanceof ServerError)) throw error;
      this.error = error.text;
      this.offline = error.offline;
      return undefined;
    } finally {
      if (number === this.#newest) this.busy = false;
    }
  }

  /** Forgets everything, and what is still asked for. */
  clear(): void {
    this.#newest++;
    this.#giveUp?.abort();
    this.value = this.error = undefined;
    this.offline = this.busy = false;
  }
}
