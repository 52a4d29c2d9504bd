/** The present model as Python: fitted with ogive, and as a formula in plain NumPy. */

export interface LinearModel {
  /** Of the columns. */
  features: readonly string[];
  target: string;
  coef: readonly number[];
  intercept: number;
  /** Complete rows of the features and the target, one array for each column. */
  columns: readonly (readonly number[])[];
}

const MOST_ROWS = 200;

function written(values: readonly number[]): string {
  const lines: string[] = [];
  let line = "";
  for (const value of values) {
    const next = `${value}, `;
    if (line.length + next.length > 84) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += next;
  }
  if (line) lines.push(line.trimEnd());
  return lines.length === 1 && lines[0].length < 60
    ? `[${lines[0].replace(/,$/, "")}]`
    : `[\n        ${lines.join("\n        ")}\n    ]`;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

/** Fits the same table with the library; a long table is read from a file instead. */
export function withOgive({ features, target, columns }: LinearModel): string {
  const rows = columns[0]?.length ?? 0;
  const data =
    rows > MOST_ROWS
      ? [
          "from ogive.data import read_table",
          "",
          'table = read_table("table.csv").drop_nulls([' +
            [...features, target].map(quoted).join(", ") +
            "])",
          `X = table.select(${features.map(quoted).join(", ")})`,
          `y = table[${quoted(target)}]`,
        ]
      : [
          "import polars as pl",
          "",
          "X = pl.DataFrame({",
          ...features.map((name, j) => `    ${quoted(name)}: ${written(columns[j])},`),
          "})",
          `y = pl.Series(${quoted(target)}, ${written(columns[columns.length - 1])})`,
        ];
  return [
    "from ogive import LinearRegression",
    ...data,
    "",
    "model = LinearRegression().fit(X, y)",
    "print(model.intercept_, model.coef_)",
    "print(model.summary())",
    "print(model.check_assumptions())",
    "",
  ].join("\n");
}

/** Predicts with the present weights, and needs nothing but NumPy. */
export function withNumpy({ features, target, coef, intercept }: LinearModel): string {
  return [
    "import numpy as np",
    "",
    `COEF = np.array([${coef.join(", ")}])`,
    `INTERCEPT = ${intercept}`,
    "",
    "",
    "def predict(X):",
    `    """Predict ${target.replaceAll('"', "'").replaceAll("\\", "/")} from columns ${features
      .map((name) => name.replaceAll('"', "'").replaceAll("\\", "/"))
      .join(", ")}."""`,
    "    return np.asarray(X, dtype=float) @ COEF + INTERCEPT",
    "",
  ].join("\n");
}
