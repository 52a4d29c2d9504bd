/**
 * Does `work` with the newest input only: what comes while it works waits, and takes the place of
 * what waited before. Nothing piles up while something is dragged, and the last input is done.
 */
export function newest<T>(work: (input: T) => Promise<void>): (input: T) => void {
  let waiting: { input: T } | undefined;
  let working = false;
  async function go() {
    working = true;
    try {
      while (waiting !== undefined) {
        const { input } = waiting;
        waiting = undefined;
        await work(input);
      }
    } finally {
      working = false;
    }
  }
  return (input) => {
    waiting = { input };
    if (!working) void go();
  };
}
