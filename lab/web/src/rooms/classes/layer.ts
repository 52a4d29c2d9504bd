/** A picture that is kept as long as nothing in it changes, for what moves above it. */
import { Painter } from "../../ui/painter.ts";

export class Layer {
  #canvas: HTMLCanvasElement | undefined;
  #key: readonly unknown[] = [];

  /** Draws onto `painter` what `draw` draws; anew only where some part of `key` is another. */
  show(painter: Painter, key: readonly unknown[], draw: (painter: Painter) => void): void {
    const { context, area, x, y, colours } = painter;
    const { width, height } = context.canvas;
    const scale = context.getTransform().a;
    const whole = [...key, width, height, scale, colours, ...Object.values(area), ...x, ...y];
    if (this.#canvas === undefined || whole.some((part, i) => part !== this.#key[i])) {
      this.#canvas ??= document.createElement("canvas");
      this.#canvas.width = width;
      this.#canvas.height = height;
      const own = this.#canvas.getContext("2d")!;
      own.setTransform(scale, 0, 0, scale, 0, 0);
      draw(new Painter(own, area, x, y));
      this.#key = whole;
    }
    context.drawImage(this.#canvas, 0, 0, width / scale, height / scale);
  }
}
