/** Drawing once a frame, however often what is drawn changes in between. */
import { flushSync } from "svelte";

/**
 * Has `draw` called in the next frame, and in the next frame after anything that it read has
 * changed. Returns what ends it.
 */
export function eachFrame(draw: () => void): () => void {
  let forget = () => {};
  let frame = requestAnimationFrame(paint);

  function paint() {
    forget();
    let drawn = false;
    forget = $effect.root(() => {
      $effect(() => {
        if (drawn) {
          frame = requestAnimationFrame(paint);
          return;
        }
        drawn = true;
        draw();
      });
    });
    flushSync();
  }

  return () => {
    cancelAnimationFrame(frame);
    forget();
  };
}
