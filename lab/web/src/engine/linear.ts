/** Least squares: solved, and learned by gradient descent. */
import type { Descent, DescentOptions, Engine, LeastSquares, Table } from "./api.ts";
import type { Core } from "./core.ts";
import { checkedNumber, checkedRows, refuse, requireFinite } from "./refusals.ts";

const MOST_COLUMNS = 200; // the work of a solution grows with the square of these
const ENDS = ["converged", "diverged", "max_iter"] as const;

export function linear(core: Core): Engine["linear"] {
  return {
    solve: async (table, y) => solve(core, table, y),
    descend: async (table, y, options) => descend(core, table, y, options),
  };
}

function solve(core: Core, { X, columns }: Table, y: Float64Array): LeastSquares {
  const rows = checked({ X, columns }, y);
  return core.borrow((memory) => {
    const [x, target] = [memory.floats(X), memory.floats(y)];
    const coef = memory.room(columns);
    const residuals = memory.room(rows);
    const numbers = memory.room(4);
    if (!core.exports.linear_solve(x, target, rows, columns, coef, residuals, numbers))
      refuse(
        "The squares of these numbers overflow or vanish. Multiply the columns or the target by a power of ten.",
        "这些数的平方会上溢或消失。请把这些列或目标乘以 10 的某次幂。",
      );
    const [intercept, rss, tss, rank] = memory.float64(numbers, 4);
    // As scikit-learn's r2_score where the target does not vary.
    const r2 = tss > 0 ? 1 - rss / tss : rss > 0 ? 0 : 1;
    return {
      coef: memory.float64(coef, columns),
      intercept,
      rss,
      residuals: memory.float64(residuals, rows),
      r2,
      rank,
    };
  });
}

function descend(
  core: Core,
  { X, columns }: Table,
  y: Float64Array,
  options: DescentOptions,
): Descent {
  const rows = checked({ X, columns }, y);
  const { batchSize, learningRate, maxIter, tol, shuffle, seed } = options;
  if (batchSize !== undefined) checkedNumber("batch_size", batchSize, 1, Infinity);
  if (learningRate !== undefined)
    checkedNumber("learning_rate", learningRate, 0, Number.MAX_VALUE, "least");
  checkedNumber("max_iter", maxIter, 0, 1e7);
  checkedNumber("tol", tol, 0, Number.MAX_VALUE);
  checkedNumber("random_state", seed, 0, 2 ** 32 - 1);
  const { exports } = core;
  return core.borrow((memory) => {
    const trace = exports.linear_descend(
      memory.floats(X),
      memory.floats(y),
      rows,
      columns,
      Math.min(batchSize ?? 0, rows),
      learningRate ?? 0,
      maxIter,
      tol,
      Number(shuffle),
      seed,
    );
    const n = exports.descent_size(trace);
    const part = (which: number, width = 1): Float64Array =>
      core.floats(exports.descent_part(trace, which), n * width);
    const numbers = memory.room(3);
    exports.descent_numbers(trace, numbers);
    const [rate, learningRateLimit, end] = memory.float64(numbers, 3);
    const descent: Descent = {
      coef: part(0, columns),
      intercept: part(1),
      loss: part(2),
      step: part(3),
      learningRate: rate,
      learningRateLimit,
      state: ENDS[end],
    };
    exports.descent_release(trace);
    return descent;
  });
}

/** Throws where there is nothing to fit; returns the number of rows. */
function checked({ X, columns }: Table, y: Float64Array): number {
  const rows = checkedRows(X, columns, y.length);
  requireFinite(y, "Targets", "目标值");
  if (rows === 0) refuse("There are no rows to fit a line to.", "没有可供拟合的数据行。");
  if (columns > MOST_COLUMNS)
    refuse(
      `The page fits up to ${MOST_COLUMNS} columns, not ${columns}.`,
      `页面最多拟合 ${MOST_COLUMNS} 列，而不是 ${columns} 列。`,
    );
  return rows;
}
