/**
 * A value that follows another once that has come to rest: for what takes longer to show than a
 * frame, such as formulas, while something is dragged. To be called while a component is made.
 */
export function settled<T>(value: () => T, pause = 200): { readonly current: T } {
  let current = $state.raw(value());
  $effect(() => {
    const next = value();
    if (next === current) return;
    const timer = setTimeout(() => (current = next), pause);
    return () => clearTimeout(timer);
  });
  return {
    get current() {
      return current;
    },
  };
}
