/** What a network that does not look at its inputs can reach: the measure of having learnt. */
import type { Engine, NetworkSpec } from "../../engine/api.ts";
import type { Dataset } from "./dataset.ts";

/** The loss of the best constant answer, computed by a network without hidden layers. */
export async function baselineLoss(
  engine: Engine,
  { spec, data }: { spec: NetworkSpec; data: Dataset },
): Promise<number> {
  const outputs = spec.units.at(-1)!;
  const { X, columns, y, validation, training } = data;
  const network = await engine.networks.create(
    { ...spec, units: [columns, outputs], activations: [] },
    { X: X.slice(), columns, y: y.slice(), validation: validation.slice() },
  );
  try {
    await engine.networks.setWeights(network, {
      coefs: [new Float64Array(columns * outputs)],
      intercepts: [
        constants(
          data,
          outputs,
          Array.from(training, (row) => y[row]),
        ),
      ],
    });
    return (await engine.networks.frame(network, {})).trainingLoss;
  } finally {
    engine.networks.dispose(network).catch(() => undefined);
  }
}

/** The mean target; of classes the z that gives each its share. */
function constants(data: Dataset, outputs: number, y: number[]): Float64Array {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  if (data.task === "regression") return Float64Array.of(mean);
  if (outputs === 1) return Float64Array.of(Math.log(mean / (1 - mean)));
  return Float64Array.from({ length: outputs }, (_, of) =>
    Math.log(y.filter((value) => value === of).length / y.length),
  );
}
