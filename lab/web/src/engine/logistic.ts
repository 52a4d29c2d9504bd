/** Logistic and softmax regression, and what a line makes of each row. */
import type { Engine, LogisticFit, LogisticOptions, Table } from "./api.ts";
import type { Core } from "./core.ts";
import { checkedNumber, checkedRows, refuse } from "./refusals.ts";

const MOST_WEIGHTS = 100_000;

export function logistic(core: Core): Engine["logistic"] {
  return {
    fit: async (table, label, options) => fit(core, table, label, options),
    explain: async (table, label, coef, intercept) => explain(core, table, label, coef, intercept),
  };
}

function fit(
  core: Core,
  { X, columns }: Table,
  label: Int32Array,
  { classes, C, tol, maxIter }: LogisticOptions,
): LogisticFit {
  const rows = checkedRows(X, columns, label.length);
  checkedNumber("C", C, 0, Infinity, "least");
  checkedNumber("tol", tol, 0, Number.MAX_VALUE);
  checkedNumber("max_iter", maxIter, 0, 1e7);
  checkClasses(label, classes);
  const outputs = classes === 2 ? 1 : classes;
  if (outputs * (columns + 1) > MOST_WEIGHTS)
    refuse(
      `${outputs * (columns + 1)} coefficients are too many for the page; it takes up to ${MOST_WEIGHTS}.`,
      `有 ${outputs * (columns + 1)} 个系数，超出页面的上限 ${MOST_WEIGHTS}。`,
    );
  return core.borrow((memory) => {
    const coef = memory.room(outputs * columns);
    const intercept = memory.room(outputs);
    const numbers = memory.room(4);
    core.exports.logistic_fit(
      memory.floats(X),
      memory.integers(label),
      rows,
      columns,
      classes,
      C === Infinity ? 0 : 1 / C,
      tol,
      maxIter,
      coef,
      intercept,
      numbers,
    );
    const [loss, , steps, converged] = memory.float64(numbers, 4);
    return {
      coef: memory.float64(coef, outputs * columns),
      intercept: memory.float64(intercept, outputs),
      loss,
      steps,
      converged: converged === 1,
    };
  });
}

function checkClasses(label: Int32Array, classes: number): void {
  const counts = new Array<number>(Math.max(classes, 0)).fill(0);
  for (const one of label) {
    if (!(one >= 0 && one < classes))
      refuse(
        `Classes are numbered from 0 to ${classes - 1}; got ${one}.`,
        `类别的编号为 0 到 ${classes - 1}，得到的却是 ${one}。`,
      );
    counts[one]++;
  }
  if (classes < 2 || counts.includes(0))
    refuse(
      "There must be two or more classes, each with at least one row.",
      "至少要有两个类别，且每个类别至少有一行数据。",
    );
}

function explain(
  core: Core,
  { X, columns }: Table,
  label: Int32Array,
  coef: Float64Array,
  intercept: number,
): Awaited<ReturnType<Engine["logistic"]["explain"]>> {
  const rows = checkedRows(X, columns, label.length);
  if (coef.length !== columns)
    refuse(
      `There are ${coef.length} coefficients for ${columns} columns.`,
      `有 ${coef.length} 个系数，却有 ${columns} 列。`,
    );
  return core.borrow((memory) => {
    const x = memory.floats(X);
    const labels = memory.integers(label);
    const weights = memory.floats(coef);
    const [z, a, loss, error] = Array.from({ length: 4 }, () => memory.room(rows));
    const { exports } = core;
    exports.logistic_explain(x, labels, rows, columns, weights, intercept, z, a, loss, error);
    return {
      z: memory.float64(z, rows),
      a: memory.float64(a, rows),
      loss: memory.float64(loss, rows),
      error: memory.float64(error, rows),
    };
  });
}
