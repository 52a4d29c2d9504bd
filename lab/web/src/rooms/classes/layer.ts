/** A picture that is kept as long as nothing in it changes, for what moves above it. */
import { Painter } from "../../ui/painter.ts";

export class Layer {
  #canvas: HTMLCanvasElement | undefined;
  #key: readonly unknown[] = [];
  #kept = false;

  /**
   * Draws onto `painter` what `draw` draws. The picture is kept from the second time on that no
   * part of `key` is another: copying it would be in vain while its points are dragged.
   */
  show(painter: Painter, key: readonly unknown[], draw: (painter: Painter) => void): void {
    const { context, area, x, y, colours } = painter;
    const { width, height } = context.canvas;
    const scale = context.getTransform().a;
    const whole = [...key, width, height, scale, colours, ...Object.values(area), ...x, ...y];
    if (whole.length !== this.#key.length || whole.some((part, i) => part !== this.#key[i])) {
      this.#key = whole;
      this.#kept = false;
      draw(painter);
      return;
    }
    this.#canvas ??= document.createElement("canvas");
    if (!this.#kept) {
      this.#kept = true;
      if (this.#canvas.width !== width || this.#canvas.height !== height) {
        this.#canvas.width = width;
        this.#canvas.height = height;
      }
      const own = this.#canvas.getContext("2d")!;
      own.setTransform(scale, 0, 0, scale, 0, 0);
      own.clearRect(0, 0, width / scale, height / scale);
      draw(new Painter(own, area, x, y));
    }
    context.drawImage(this.#canvas, 0, 0, width / scale, height / scale);
  }
}
