/** What is said of a unit or a weight. `t` follows the language: call these where they are shown. */
import { fixed, percent, show } from "../../state/numbers.ts";
import { t } from "../../text/text.svelte.ts";
import type { Dataset } from "./dataset.ts";
import type { Chosen } from "./diagram.ts";
import type { Connection } from "./geometry.ts";
import { texts } from "./texts.ts";
import type { Shown } from "./trainer.svelte.ts";

const MOST_WEIGHTS = 16;

/** The network that is spoken of: input, hidden layers, outputs. */
export interface Named {
  data: Dataset;
  units: number[];
}

export function headingOf({ units }: Named, column: number): string {
  if (column === 0) return t(texts.input);
  return column === units.length - 1 ? t(texts.output) : t(texts.hidden, { number: column });
}

export function nameOf(of: Named, { column, unit }: Chosen): string {
  const { data, units } = of;
  const last = units.length - 1;
  if (column === 0) return data.names[unit];
  if (column === last && units[last] > 1) return `${t(texts.output)}: ${data.classes[unit]}`;
  if (column === last) return t(texts.output);
  return t(texts.unitTold, { layer: headingOf(of, column), unit: unit + 1 });
}

export type Mark = "dead" | "saturated";

/** Of hidden units only: the state of the output names none. */
export function markOf(frame: Shown | undefined, { column, unit }: Chosen): Mark | undefined {
  const state = frame?.layers?.[column - 1];
  if (state?.deadUnits?.includes(unit)) return "dead";
  return state?.saturatedUnits?.includes(unit) ? "saturated" : undefined;
}

export function weightTold(of: Named, frame: Shown, { layer, from, to }: Connection): string {
  const value = frame.weights?.coefs[layer]?.[from * of.units[layer + 1] + to];
  if (value === undefined) return "";
  return t(texts.weightTold, {
    from: nameOf(of, { column: layer, unit: from }),
    to: nameOf(of, { column: layer + 1, unit: to }),
    value: fixed(value),
  });
}

export function unitTold(of: Named, frame: Shown, at: Chosen): string {
  const { coefs, intercepts } = frame.weights!;
  const { units } = of;
  const { column, unit } = at;
  const last = units.length - 1;
  const into = Array.from(
    { length: column === 0 ? 0 : units[column - 1] },
    (_, i) => coefs[column - 1][i * units[column] + unit],
  );
  const out = Array.from(
    { length: column === last ? 0 : units[column + 1] },
    (_, j) => coefs[column][unit * units[column + 1] + j],
  );
  const mark = markOf(frame, at);
  const share = frame.layers?.[column - 1]?.activeShare?.[unit];
  const parts = [
    ...(mark === undefined ? [] : [t(texts[mark])]),
    ...(share === undefined ? [] : [t(texts.activeTold, { share: percent(share) })]),
    t(texts.unitNumbers, {
      intercept: column === 0 ? "–" : show(intercepts[column - 1][unit]),
      into: listed(into),
      out: listed(out),
    }),
  ];
  return `${nameOf(of, at)}: ${parts.join("; ")}`;
}

function listed(values: number[]): string {
  if (values.length === 0) return "–";
  const told = values.slice(0, MOST_WEIGHTS).map((value) => show(value, 3));
  return told.join(", ") + (values.length > MOST_WEIGHTS ? " …" : "");
}
