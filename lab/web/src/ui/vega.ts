/** Vega and Vega-Lite, fetched only where a figure of the library is shown. */
import { formats, mergeConfig, parse, View, type Config } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { cut } from "../data/delimited.ts";
import type { Colours } from "./colours.ts";

declare module "vega" {
  /** Registers a reader of data; Vega's types leave it out. */
  function formats(name: string, reader: (text: string) => Record<string, string>[]): void;
}

// Vega's own reader of CSV builds functions from text, which the server's policy forbids.
formats("csv", (text: string) => {
  const [head, ...rows] = cut(text, ",").records;
  return rows.map(({ cells }) =>
    Object.fromEntries(head.cells.map((name, i) => [name, cells[i] ?? ""])),
  );
});

/** In place of the colours that the library chose for white paper. */
function theme({ ink, soft, line, grid }: Colours): Config {
  const quiet = { labelColor: soft, titleColor: ink, domainColor: line, tickColor: line };
  const config = {
    background: "transparent",
    axis: { ...quiet, gridColor: grid },
    legend: { labelColor: soft, titleColor: ink },
    title: { color: ink, subtitleColor: soft },
    header: { labelColor: soft, titleColor: ink },
    text: { color: ink },
  };
  return config as unknown as Config; // Vega-Lite's configuration has more than Vega's
}

export async function drawn(
  spec: Record<string, unknown>,
  place: HTMLElement,
  look: Colours,
): Promise<View> {
  const config = mergeConfig((spec.config ?? {}) as Config, theme(look));
  const compiled = compile({ ...spec, config } as unknown as TopLevelSpec);
  // The server's policy forbids eval: expressions are interpreted.
  const runtime = parse(compiled.spec, undefined, { ast: true });
  const view = new View(runtime, {
    renderer: "svg",
    container: place,
    expr: expressionInterpreter,
  });
  return await view.runAsync();
}
