/** What the pictures of this room share. */
import type { Painter } from "../../ui/painter.ts";

/** A round mark of any colour. */
export function spot(
  painter: Painter,
  x: number,
  y: number,
  radius: number,
  fill: string,
  edge = painter.colours.panel,
): void {
  const { context } = painter;
  context.beginPath();
  context.arc(painter.toX(x), painter.toY(y), radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = edge === painter.colours.panel ? 1 : 2;
  context.strokeStyle = edge;
  context.stroke();
}
