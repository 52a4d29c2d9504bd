/**
 * What can be told while training from the states of the layers, by the limits of the library's
 * diagnosis. The server tells more: it measures, and tries causes and remedies.
 */
import type { LayerState } from "../../engine/api.ts";
import { percent, show } from "../../state/numbers.ts";
import type { Text } from "../../text/text.svelte.ts";
import { named, type HiddenLayer } from "./layers.ts";
import { findingTexts as texts } from "./texts.findings.ts";
import { thresholds as limits } from "./thresholds.ts";
import type { Shown } from "./trainer.svelte.ts";

export interface LiveFinding {
  key: string;
  code: string;
  severity: "issue" | "tip";
  text: Text;
  values: Record<string, string | number>;
  /** Number of the hidden layer it is about, from 1. */
  layer?: number;
}

const FEWEST_EPOCHS = 10;

export interface Observed {
  frame: Shown;
  layers: HiddenLayer[];
  epoch: number;
  rows: number;
  /** Loss of the best answer that is the same for all rows. */
  baseline: number | undefined;
}

export function liveFindings(seen: Observed): LiveFinding[] {
  const broken = notFinite(seen);
  if (broken.length > 0) return broken; // whatever else is found follows from it
  const found = [...units(seen), ...gradientFlow(seen), ...straight(seen), ...losses(seen)];
  return found.sort((a, b) => Number(b.severity === "issue") - Number(a.severity === "issue"));
}

function notFinite({ frame }: Observed): LiveFinding[] {
  if (frame.finite && Number.isFinite(frame.trainingLoss)) return [];
  return [{ key: "finite", code: "OGV105", severity: "issue", text: texts.notFinite, values: {} }];
}

function units({ frame, layers, rows }: Observed): LiveFinding[] {
  if (rows < limits.unit_rows) return [];
  return layers.flatMap((layer, i) => {
    const state = frame.layers?.[i];
    return [
      ...ofKind("dead", state?.deadUnits, limits.dead_share, limits.dead_share_tip),
      ...ofKind(
        "saturated",
        state?.saturatedUnits,
        limits.saturated_share,
        limits.saturated_share_tip,
      ),
    ];

    function ofKind(
      kind: "dead" | "saturated",
      which: number[] | undefined,
      issue: number,
      tip: number,
    ): LiveFinding[] {
      const share = (which?.length ?? 0) / layer.units;
      if (!(share > tip)) return [];
      return [
        {
          key: `${kind}-${i}`,
          code: "OGV101",
          severity: share > issue ? "issue" : "tip",
          text: texts[kind],
          values: { n: which!.length, total: layer.units, share: percent(share) },
          layer: i + 1,
        },
      ];
    }
  });
}

/** The error at the first hidden layer against that at the output. */
function gradientFlow({ frame, layers }: Observed): LiveFinding[] {
  const states: LayerState[] = frame.layers ?? [];
  const last = states.at(-1)?.errorNorm ?? 0;
  if (layers.length < 2 || states.length < 3 || !(last > 0) || !Number.isFinite(last)) return [];
  const ratios = states.slice(0, -1).map((state) => state.errorNorm / last);
  const least = Math.min(...ratios);
  const most = Math.max(...ratios);
  if (least < limits.vanishing_ratio_tip) {
    const layer = ratios.indexOf(least) + 1;
    return [
      {
        key: "vanishing",
        code: "OGV102",
        severity: least < limits.vanishing_ratio ? "issue" : "tip",
        text: least === 0 ? texts.noGradient : texts.vanishing,
        values: { ratio: show(least, 2) },
        layer,
      },
    ];
  }
  if (most <= limits.exploding_ratio_tip) return [];
  return [
    {
      key: "exploding",
      code: "OGV103",
      severity: most > limits.exploding_ratio ? "issue" : "tip",
      text: texts.exploding,
      values: { ratio: show(most, 2) },
      layer: ratios.indexOf(most) + 1,
    },
  ];
}

function straight({ layers }: Observed): LiveFinding[] {
  const all = layers.every((layer) => named(layer.activation)?.name === "identity");
  if (layers.length === 0 || !all) return [];
  const values = { count: layers.length };
  return [{ key: "straight", code: "OGV109", severity: "issue", text: texts.straight, values }];
}

function losses({ frame, epoch, baseline }: Observed): LiveFinding[] {
  if (baseline === undefined || epoch < FEWEST_EPOCHS || !(baseline > 0) || !frame.finite)
    return [];
  const found: LiveFinding[] = [];
  const curve = frame.loss;
  const loss = frame.trainingLoss;
  const half = Math.floor(curve.length / 2);
  let rise = 0;
  for (let i = half + 1; i < curve.length; i++) rise += Math.max(0, curve[i] - curve[i - 1]);
  rise /= Math.max(1, curve.length - half - 1) * baseline;
  const least = curve.reduce((low, value) => Math.min(low, value), Infinity);
  const above = ((curve.at(-1) ?? least) - least) / baseline;
  const low = 1 - loss / baseline < limits.explained_low;
  if (above > limits.loss_above_least || rise > limits.loss_jump)
    found.push({
      key: "step",
      code: "OGV106",
      severity: "issue",
      text: above > limits.loss_above_least ? texts.rising : texts.jumping,
      values: { loss: show(curve.at(-1)!, 3), least: show(least, 3), rise: percent(rise) },
    });
  if (low)
    found.push({
      key: "learning",
      code: "OGV111",
      severity: "issue",
      text: texts.notLearning,
      values: { loss: show(loss, 3), baseline: show(baseline, 3), epoch: Math.floor(epoch) },
    });
  const best = frame.validationLosses.reduce((low, value) => Math.min(low, value), Infinity);
  const worse = (frame.validationLoss ?? best) - best;
  if (!low && best < baseline && worse > limits.validation_rise * (baseline - best))
    found.push({
      key: "overfitting",
      code: "OGV111",
      severity: "issue",
      text: texts.overfitting,
      values: { now: show(frame.validationLoss!, 3), best: show(best, 3) },
    });
  return found;
}
