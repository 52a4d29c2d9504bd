/** Tells a pointer that presses or drags on a plot from a finger that scrolls the page. */

/** Pixels that a finger moves while it merely presses. */
const SLOP = 10;

interface Answers {
  press(event: PointerEvent): void;
  /** undefined where nothing can be dragged: what moves is no press then. */
  drag: ((event: PointerEvent) => void) | undefined;
}

/**
 * A mouse presses when it goes down. A finger presses when it is lifted where it began, or, once it
 * has moved sideways, where it began; one that moves up or down scrolls, and the browser cancels it.
 */
export class Presses {
  /** The finger of which it is not known yet what it does. */
  #began: PointerEvent | undefined;
  #dragging: number | undefined;

  constructor(readonly answers: () => Answers) {}

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { press, drag } = this.answers();
    if (event.pointerType !== "mouse") {
      this.#began = event.isPrimary ? event : undefined; // with two fingers one zooms
      return;
    }
    press(event);
    if (!drag) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#dragging = event.pointerId;
  }

  move(event: PointerEvent): void {
    const { press, drag } = this.answers();
    const began = this.#began;
    if (drag && began?.pointerId === event.pointerId) {
      const across = Math.abs(event.clientX - began.clientX);
      if (across < SLOP || across < Math.abs(event.clientY - began.clientY)) return;
      this.#began = undefined;
      this.#dragging = event.pointerId;
      press(began);
    }
    if (this.#dragging === event.pointerId) drag?.(event);
  }

  up(event: PointerEvent): void {
    const began = this.#began;
    this.cancel();
    if (began?.pointerId !== event.pointerId) return;
    const moved = Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY);
    if (moved < SLOP) this.answers().press(began);
  }

  cancel(): void {
    this.#began = undefined;
    this.#dragging = undefined;
  }
}
