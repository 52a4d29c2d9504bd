/** The normal equations of the present rows, in LaTeX. */
import { show } from "../../state/numbers.ts";
import type { LeastSquares } from "../../engine/api.ts";
import type { Rows } from "./table.svelte.ts";

const DIGITS = 5;
const ROWS_SHOWN = 3;

export function tex(value: number, digits = DIGITS): string {
  const written = show(value, digits).replaceAll("−", "-").replace("∞", "\\infty");
  const [mantissa, power] = written.split("e");
  return power === undefined ? mantissa : `${mantissa}\\cdot 10^{${power.replace("+", "")}}`;
}

function matrix(rows: readonly (readonly string[])[]): string {
  return `\\begin{pmatrix}${rows.map((row) => row.join("&")).join("\\\\")}\\end{pmatrix}`;
}

function column(values: readonly string[]): string {
  return matrix(values.map((value) => [value]));
}

export function weightNames(columns: number): string[] {
  return columns === 1 ? ["a", "b"] : ["b", "w_1", "w_2"];
}

/** H(W) = X W with the first rows and the last. */
export function hypothesis({ X, columns, y }: Rows): string {
  const n = y.length;
  const row = (i: number) => [
    "1",
    ...Array.from({ length: columns }, (_, j) => tex(X[i * columns + j], 4)),
  ];
  const lines = Array.from({ length: Math.min(n, ROWS_SHOWN) }, (_, i) => row(i));
  if (n > ROWS_SHOWN + 1) lines.push(Array<string>(columns + 1).fill("\\vdots"));
  if (n > ROWS_SHOWN) lines.push(row(n - 1));
  return `H(W)=XW=${matrix(lines)}${column(weightNames(columns))}`;
}

/** Sums of products of the columns of X, the ones first, and with y. */
export function products({ X, columns, y }: Rows): { square: number[][]; right: number[] } {
  const terms = columns + 1;
  const square = Array.from({ length: terms }, () => Array<number>(terms).fill(0));
  const right = Array<number>(terms).fill(0);
  for (let i = 0; i < y.length; i++) {
    const row = [1, ...X.subarray(i * columns, (i + 1) * columns)];
    for (let j = 0; j < terms; j++) {
      right[j] += row[j] * y[i];
      for (let k = 0; k < terms; k++) square[j][k] += row[j] * row[k];
    }
  }
  return { square, right };
}

export const NORMAL = "X^{\\mathsf T}X\\,W=X^{\\mathsf T}y";

export function general(columns: number): string {
  const left =
    columns === 1
      ? matrix([
          ["n", "\\sum x"],
          ["\\sum x", "\\sum x^2"],
        ])
      : matrix([
          ["n", "\\sum x_1", "\\sum x_2"],
          ["\\sum x_1", "\\sum x_1^2", "\\sum x_1x_2"],
          ["\\sum x_2", "\\sum x_1x_2", "\\sum x_2^2"],
        ]);
  const right =
    columns === 1
      ? column(["\\sum y", "\\sum xy"])
      : column(["\\sum y", "\\sum x_1y", "\\sum x_2y"]);
  return `${left}${column(weightNames(columns))}=${right}`;
}

export function filledIn(rows: Rows): string {
  const { square, right } = products(rows);
  return (
    matrix(square.map((row) => row.map((value) => tex(value)))) +
    column(weightNames(rows.columns)) +
    "=" +
    column(right.map((value) => tex(value)))
  );
}

export function solution({ coef, intercept }: LeastSquares): string {
  const weights = [intercept, ...coef].map((value) => tex(value, 6));
  return `W=${column(weightNames(coef.length))}=${column(weights)}`;
}
