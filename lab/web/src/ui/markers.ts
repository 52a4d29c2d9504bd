/** Classes differ in the shape of their markers as well as in colour. */

type Shape = (context: CanvasRenderingContext2D, x: number, y: number, r: number) => void;

function polygon(corners: number, turn: number, inner = 1): Shape {
  return (context, x, y, r) => {
    const count = inner === 1 ? corners : corners * 2;
    for (let i = 0; i < count; i++) {
      const angle = turn + (2 * Math.PI * i) / count;
      const radius = r * (i % 2 && inner !== 1 ? inner : 1);
      context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    context.closePath();
  };
}

const SHAPES: Shape[] = [
  (context, x, y, r) => context.arc(x, y, r, 0, 2 * Math.PI),
  polygon(4, Math.PI / 4),
  polygon(3, -Math.PI / 2),
  polygon(4, 0),
  polygon(3, Math.PI / 2),
  polygon(5, -Math.PI / 2, 0.45),
  polygon(6, 0),
  polygon(4, 0, 0.4),
];

export function marker(
  context: CanvasRenderingContext2D,
  of: number,
  x: number,
  y: number,
  radius = 5,
): void {
  context.beginPath();
  SHAPES[of % SHAPES.length](context, x, y, of % SHAPES.length === 0 ? radius : radius * 1.2);
}
