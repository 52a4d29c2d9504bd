/** Vega and Vega-Lite, fetched only where a figure of the library is shown. */
import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Colours } from "./colours.ts";

export async function drawn(
  spec: Record<string, unknown>,
  place: HTMLElement,
  look: Colours,
): Promise<View> {
  const { ink, soft, line, grid } = look;
  const quiet = { labelColor: soft, titleColor: ink, domainColor: line, tickColor: line };
  const theme = {
    background: "transparent",
    axis: { ...quiet, gridColor: grid },
    legend: { labelColor: soft, titleColor: ink },
    title: { color: ink, subtitleColor: soft },
    header: { labelColor: soft, titleColor: ink },
  };
  const compiled = compile(spec as unknown as TopLevelSpec, { config: theme });
  // The server's policy forbids eval: expressions are interpreted.
  const runtime = parse(compiled.spec, undefined, { ast: true });
  const view = new View(runtime, {
    renderer: "svg",
    container: place,
    expr: expressionInterpreter,
  });
  return await view.runAsync();
}
