/** How several functions are told apart: each place has a colour and dashes of its own. */
export const DASHES: number[][] = [
  [],
  [9, 5],
  [3, 4],
  [12, 4, 3, 4],
  [6, 3],
  [2, 2, 8, 3],
  [16, 6],
  [1, 4],
];

export function dashOf(index: number): number[] {
  return DASHES[index % DASHES.length];
}
