/** Paints the cells of a map pixel by pixel: their colours, and the patterns of some. */
import { channels } from "../../ui/colours.ts";
import type { Painter } from "../../ui/painter.ts";
import { CLEAR, NONE, SEVERAL, TIED } from "./decisions.ts";
import { COLUMNS, ROWS } from "./regions.ts";

/** Red, green, blue and opacity in the order of the bytes of an image. */
export function packed(rgb: readonly number[]): number {
  return (0xff000000 | (rgb[2] << 16) | (rgb[1] << 8) | rgb[0]) >>> 0;
}

export function mixed(colour: string, paper: string, share: number): number[] {
  const [own, other] = [channels(colour), channels(paper)];
  return own.map((value, i) => Math.round(other[i] + (value - other[i]) * share));
}

const SIDE = 8; // of the tile of a pattern, in pixels of the page

/** Whether a pixel of the tile is part of a pattern: stripes, dots, or a lattice. */
function inPattern(kind: number, x: number, y: number): boolean {
  const stripe = (at: number) => ((at % SIDE) + SIDE) % SIDE < 1.2;
  if (kind === TIED) return stripe(x + y);
  if (kind === SEVERAL) return stripe(x + y) || stripe(x - y);
  const half = SIDE / 2;
  const [a, b] = [(x % half) - half / 2, (y % half) - half / 2];
  return kind === NONE && (Math.floor(x / half) + Math.floor(y / half)) % 2 === 0
    ? a * a + b * b < 1.6
    : false;
}

export interface Cells {
  /** Of each cell a number of a colour, the lowest row first. */
  shade: Uint8Array;
  /** Colours of cells without a pattern, and of those that have one. */
  colours: readonly number[];
  paler?: readonly number[];
  /** The pattern of each cell, and its colour. */
  kind?: Uint8Array;
  ink?: number;
}

let image = new ImageData(1, 1); // kept: it is large, and drawn many times a second

export function drawCells({ context, area }: Painter, cells: Cells): void {
  const scale = context.getTransform().a;
  const [width, height] = [Math.ceil(area.width * scale), Math.ceil(area.height * scale)];
  if (image.width !== width || image.height !== height) image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const side = Math.round(SIDE * scale);
  const tiles = [CLEAR, TIED, NONE, SEVERAL].map((kind) => tileOf(kind, side, scale));
  const { shade, kind, ink = 0 } = cells;
  const colours = Uint32Array.from(cells.colours);
  const paler = Uint32Array.from(cells.paler ?? []);
  let drawn = -1; // the row of cells of the row of pixels above, if it has no pattern
  for (let y = 0; y < height; y++) {
    const row = (ROWS - 1 - Math.floor(((y + 0.5) * ROWS) / height)) * COLUMNS;
    const first = y * width;
    if (row === drawn) {
      pixels.copyWithin(first, first - width, first);
      continue;
    }
    drawn = row;
    const line = (y % side) * side;
    for (let column = 0, x = 0; column < COLUMNS;) {
      const [of, pattern] = [shade[row + column], kind?.[row + column] ?? CLEAR];
      do column++;
      while (
        column < COLUMNS &&
        shade[row + column] === of &&
        (kind?.[row + column] ?? CLEAR) === pattern
      );
      const end = Math.round((column * width) / COLUMNS);
      if (pattern === CLEAR) {
        pixels.fill(colours[of], first + x, first + end);
        x = end;
        continue;
      }
      drawn = -1;
      const tile = tiles[pattern];
      for (; x < end; x++) pixels[first + x] = tile[line + (x % side)] === 1 ? ink : paler[of];
    }
  }
  context.putImageData(image, Math.round(area.left * scale), Math.round(area.top * scale));
}

const known = new Map<string, Uint8Array>();

function tileOf(kind: number, side: number, scale: number): Uint8Array {
  const key = `${kind} ${scale}`;
  let tile = known.get(key);
  if (tile === undefined) {
    tile = Uint8Array.from({ length: side * side }, (_, i) =>
      Number(inPattern(kind, (i % side) / scale, Math.floor(i / side) / scale)),
    );
    known.set(key, tile);
  }
  return tile;
}
