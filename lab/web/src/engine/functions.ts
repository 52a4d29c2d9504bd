/** Functions of the catalogue and formulas: their values, races and cost. */
import type {
  Engine,
  Evaluated,
  FunctionSpec,
  NamedFunction,
  Program,
  Race,
  Raced,
  RaceOutcome,
} from "./api.ts";
import type { Borrowed, Core } from "./core.ts";
import type { Address } from "./exports.ts";
import { checkedNumber, refuse } from "./refusals.ts";

/** Kinds of functions, as `function_kind` numbers them. */
export const KINDS = ["elementwise", "vector", "gate"] as const;
export type Kind = (typeof KINDS)[number];

const MOST_PARAMETERS = 4; // as many as the core has places for
const MOST_STEPS = 10_000_000;

/** What a function acts on; throws if there is none of that name. */
export function kindOf(core: Core, spec: FunctionSpec): Kind {
  if (!("name" in spec)) return "elementwise";
  const kind = core.borrow((memory) => {
    const name = memory.text(spec.name);
    return core.exports.function_kind(name.at, name.length);
  });
  return (
    KINDS[kind] ??
    refuse(
      `There is no activation function "${spec.name}" in the catalogue.`,
      `激活函数目录中没有“${spec.name}”。`,
    )
  );
}

/** Calls `use` with the function, which is gone when it returns. */
export function withFunction<T>(core: Core, spec: FunctionSpec, use: (at: Address) => T): T {
  const at = core.borrow((memory) => made(core, memory, spec));
  try {
    return use(at);
  } finally {
    core.exports.function_release(at);
  }
}

/** The same of a function of one number at a time. */
function withCurve<T>(core: Core, spec: FunctionSpec, use: (at: Address) => T): T {
  if (kindOf(core, spec) !== "elementwise") {
    const name = (spec as NamedFunction).name;
    refuse(
      `${name} acts on a whole row at once; only a function of a single number has a curve.`,
      `${name} 一次作用于整行数据；只有单变量函数才有曲线。`,
    );
  }
  return withFunction(core, spec, use);
}

function made(core: Core, memory: Borrowed, spec: FunctionSpec): Address {
  const at = "name" in spec ? named(core, memory, spec) : compiled(core, memory, spec.program);
  if (spec.kinks !== undefined && spec.kinks.length > 0) {
    const pairs = memory.floats(spec.kinks.flatMap(({ z, slope }) => [z, slope]));
    core.exports.function_slopes(at, pairs, spec.kinks.length);
  }
  return at;
}

function named(core: Core, memory: Borrowed, spec: NamedFunction): Address {
  kindOf(core, spec);
  const { exports } = core;
  const name = memory.text(spec.name);
  const parameters = new Float64Array(MOST_PARAMETERS).fill(NaN); // NaN: its default
  for (const [key, value] of Object.entries(spec.parameters ?? {})) {
    const parameter = memory.text(key);
    const place = exports.parameter_place(name.at, name.length, parameter.at, parameter.length);
    if (place < 0)
      refuse(`${spec.name} has no parameter "${key}".`, `${spec.name} 没有参数“${key}”。`);
    parameters[place] = checkedNumber(key, value, -Number.MAX_VALUE, Number.MAX_VALUE);
  }
  const at = memory.floats(parameters);
  return exports.function_named(name.at, name.length, at, Number(spec.perUnit ?? false));
}

function compiled(core: Core, memory: Borrowed, program: Program): Address {
  const { exports } = core;
  const constants = memory.floats(program.constants);
  const reading = exports.program_begin(constants, program.constants.length, program.scratch);
  [program.value, program.derivative, program.both].forEach((lines, list) => {
    exports.program_list(reading, list);
    for (const [operation, read, written, keepsNan, kernel, numbers] of lines) {
      const operationName = memory.text(operation);
      const kernelName = memory.text(kernel);
      exports.program_line(
        reading,
        operationName.at,
        operationName.length,
        memory.integers(read),
        read.length,
        memory.integers(written),
        written.length,
        Number(keepsNan),
        kernelName.at,
        kernelName.length,
        memory.floats(numbers),
        numbers.length,
      );
    }
  });
  const at = exports.program_end(reading);
  if (at === 0)
    refuse(
      "The page does not understand how the server compiled this formula. Load the page anew.",
      "页面无法理解服务器对这个公式的编译结果。请重新加载页面。",
    );
  return at;
}

export function functions(core: Core): Engine["functions"] {
  const { exports } = core;

  function evaluate(spec: FunctionSpec, z: Float64Array): Evaluated {
    return withCurve(core, spec, (at) =>
      core.borrow((memory) => {
        const n = z.length;
        const from = memory.floats(z);
        const value = memory.room(n);
        const derivative = memory.room(n);
        exports.function_evaluate(at, from, value, derivative, n);
        return { value: memory.float64(value, n), derivative: memory.float64(derivative, n) };
      }),
    );
  }

  function rows(spec: NamedFunction, z: Float64Array, columns: number): Float64Array {
    const kind = kindOf(core, spec);
    if (kind === "elementwise") return evaluate(spec, z).value;
    const n = z.length / columns;
    if (!Number.isInteger(n) || (kind === "gate" && columns % 2 === 1))
      refuse(
        `${spec.name} cannot take ${z.length} numbers in rows of ${columns}.`,
        `${spec.name} 无法处理每行 ${columns} 个、共 ${z.length} 个数。`,
      );
    const outputs = kind === "gate" ? columns / 2 : columns;
    return withFunction(core, spec, (at) =>
      core.borrow((memory) => {
        const from = memory.floats(z);
        const to = memory.room(n * outputs);
        exports.function_rows(at, from, to, n, columns);
        return memory.float64(to, n * outputs);
      }),
    );
  }

  function race(spec: FunctionSpec, asked: Race): Raced {
    const over = asked.startZ === undefined ? "output" : "input";
    const { learningRate } = asked;
    checkedNumber("learning_rate", learningRate, 0, Number.MAX_VALUE, "least");
    checkedNumber("max_steps", asked.mostSteps, 1, MOST_STEPS);
    const goal = over === "output" ? asked.stop : (asked.stopZ ?? asked.stop);
    return withCurve(core, spec, (at): Raced => {
      const z = asked.startZ ?? exports.function_inverse(at, asked.start);
      if (Number.isNaN(z)) return raced(new Float64Array(), new Float64Array(), "no start");
      const run = exports.race_run(
        at,
        z,
        goal,
        learningRate,
        Number(over === "output"),
        asked.mostSteps,
      );
      const path = core.floats(exports.race_z(run), exports.race_size(run));
      const outcome = OUTCOMES[exports.race_end(run)];
      exports.race_release(run);
      return raced(path, evaluate(spec, path).value, outcome);
    });
  }

  function cost(spec: FunctionSpec): number {
    return withCurve(core, spec, (at) =>
      core.borrow((memory) => {
        const z = memory.floats(Float64Array.from({ length: MEASURED }, (_, i) => i / 256 - 8));
        const value = memory.room(MEASURED);
        const derivative = memory.room(MEASURED);
        const run = () => exports.function_evaluate(at, z, value, derivative, MEASURED);
        return fastest(run) / MEASURED;
      }),
    );
  }

  return {
    evaluate: async (spec, z) => evaluate(spec, z),
    rows: async (spec, z, columns) => rows(spec, z, columns),
    race: async (spec, asked) => race(spec, asked),
    cost: async (spec) => cost(spec),
  };
}

const OUTCOMES: RaceOutcome[] = ["arrived", "stands still", "never", "too many steps", "undefined"];

function raced(z: Float64Array, value: Float64Array, outcome: RaceOutcome): Raced {
  const steps = Math.max(z.length - 1, 0);
  return { z, value, steps, arrived: outcome === "arrived", outcome };
}

const MEASURED = 4096; // numbers: they stay in the fastest cache but one

/** Nanoseconds of one run: the least of several means, each over some milliseconds. */
function fastest(run: () => void): number {
  let runs = 1;
  const mean = (): number => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) run();
    return ((performance.now() - start) * 1e6) / runs;
  };
  // Clocks of browsers tick in steps of up to a millisecond.
  while (mean() * runs < 4e6) runs *= 2;
  let least = Infinity;
  for (let i = 0; i < 5; i++) least = Math.min(least, mean());
  return least;
}
