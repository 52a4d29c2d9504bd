/** Why the engine does not do what it is asked to, in both languages. */
import { EngineError } from "./api.ts";

export function refuse(en: string, zh: string): never {
  throw new EngineError({ en, zh });
}

/** Throws unless all numbers are finite; `en` and `zh` name what they are. */
export function requireFinite(values: ArrayLike<number>, en: string, zh: string): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      refuse(
        `${en} must be finite numbers, but number ${i + 1} is ${values[i]}. Leave such rows out.`,
        `${zh}必须是有限的数，但第 ${i + 1} 个是 ${values[i]}。请去掉这样的行。`,
      );
}

/** Throws unless `X` is n rows of `columns` finite numbers; returns n. */
export function checkedRows(X: Float64Array, columns: number, wanted?: number): number {
  const rows = X.length / columns;
  if (!Number.isInteger(columns) || columns < 1 || !Number.isInteger(rows))
    refuse(
      `${X.length} numbers do not make rows of ${columns} columns.`,
      `${X.length} 个数不能排成每行 ${columns} 列。`,
    );
  if (wanted !== undefined && rows !== wanted)
    refuse(
      `There are ${rows} rows, but ${wanted} targets; each row needs one.`,
      `有 ${rows} 行，却有 ${wanted} 个目标值；每行需要一个。`,
    );
  requireFinite(X, "Features", "特征");
  return rows;
}

/** Throws unless a setting is a number between two bounds (the lower one may be left out). */
export function checkedNumber(
  name: string,
  value: number,
  least: number,
  most: number,
  without: "least" | "nothing" = "nothing",
): number {
  const low = without === "least" ? value > least : value >= least;
  if (low && value <= most) return value;
  const from = without === "least" ? `above ${least}` : `of at least ${least}`;
  const zhFrom = without === "least" ? `大于 ${least}` : `不小于 ${least}`;
  const limit = most === Infinity ? "" : ` and at most ${most}`;
  const zhLimit = most === Infinity ? "" : `且不大于 ${most}`;
  return refuse(
    `${name} must be a number ${from}${limit}. Got ${value} instead.`,
    `${name} 必须是${zhFrom}${zhLimit}的数，得到的却是 ${value}。`,
  );
}
