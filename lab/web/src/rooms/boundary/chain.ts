/** One update of the weights written out: forwards, backwards by the chain rule, and the step. */
import type { Weights } from "./line.ts";
import type { Label, Sample } from "./samples.ts";
import { bracketed, tex, texSix } from "./written.ts";

export interface Sight {
  sample: Sample;
  line: Weights;
  z: number;
  a: number;
  /** da/dz. */
  slope: number;
  loss: number;
  /** dL/dz. */
  error: number;
  /** dL/dw1, dL/dw2, dL/db of this sample alone. */
  gradient: Weights;
}

const NAMES = ["w_1", "w_2", "b"] as const;

export function forwards({ sample, line, z, a, loss }: Sight): string[] {
  const [w1, w2, b] = line.map((value) => bracketed(tex(value)));
  const [x1, x2] = [sample.x1, sample.x2].map((value) => bracketed(tex(value)));
  return [
    `z = w_1 x_1 + w_2 x_2 + b = ${w1}\\cdot ${x1} + ${w2}\\cdot ${x2} + ${b} = ${tex(z)}`,
    `a = \\dfrac{1}{1+e^{-z}} = ${texSix(a)}`,
    `L = ${lossOf(sample.label)} = ${texSix(loss)}`,
  ];
}

function lossOf(label: Label): string {
  return label === 1 ? "-\\ln a" : "-\\ln(1-a)";
}

/** The three factors, and the first two multiplied. */
export function backwards({ sample, a, slope, error }: Sight): string[] {
  const y = sample.label;
  // Far out on the curve a' is 0 in float64, and the first factor beyond all numbers.
  const byA = slope > 0 ? texSix(error / slope) : y === 1 ? "-\\infty" : "\\infty";
  return [
    `\\dfrac{\\partial L}{\\partial a} = ${y === 1 ? "-\\dfrac{1}{a}" : "\\dfrac{1}{1-a}"} = ${byA}`,
    `\\dfrac{\\partial a}{\\partial z} = a(1-a) = ${texSix(slope)}`,
    `\\dfrac{\\partial L}{\\partial z} = \\dfrac{\\partial L}{\\partial a}\\cdot\\dfrac{\\partial a}{\\partial z} = a - y = ${texSix(a)} - ${y} = ${texSix(error)}`,
  ];
}

/** dL/dw of one sample: what the factors make with x1, x2 and 1. */
export function gradients({ sample, error, gradient }: Sight): string[] {
  const inputs = [sample.x1, sample.x2, 1];
  return NAMES.map((name, i) => {
    const inner = `\\dfrac{\\partial z}{\\partial ${name}}`;
    const input = i < 2 ? `x_${i + 1}` : "1";
    return (
      `\\dfrac{\\partial L}{\\partial ${name}} = ` +
      `\\dfrac{\\partial L}{\\partial a}\\cdot\\dfrac{\\partial a}{\\partial z}\\cdot${inner} = ` +
      `(a-y)\\cdot ${input} = ${bracketed(texSix(error))}\\cdot ${bracketed(tex(inputs[i]))} = ${texSix(gradient[i])}`
    );
  });
}

const MOST_TERMS = 4;

/** The mean over a mini-batch: `errors` and `inputs` of its samples. */
export function means(
  errors: readonly number[],
  samples: readonly Sample[],
  gradient: Weights,
): string[] {
  const n = errors.length;
  return NAMES.map((name, i) => {
    const symbol = i < 2 ? `\\,x_${i + 1}` : "";
    const terms = samples.slice(0, MOST_TERMS).map((sample, j) => {
      const input = [sample.x1, sample.x2, 1][i];
      const factor = i < 2 ? `\\cdot ${bracketed(tex(input, 4))}` : "";
      return `${bracketed(texSix(errors[j]))}${factor}`;
    });
    if (n > MOST_TERMS) terms.push("\\cdots");
    return (
      `g_{${name}} = \\dfrac{1}{${n}}\\sum (a-y)${symbol} = ` +
      `\\dfrac{1}{${n}}\\bigl(${terms.join(" + ")}\\bigr) = ${texSix(gradient[i])}`
    );
  });
}

/** w <- w - learning rate × gradient. */
export function steps(
  line: Weights,
  gradient: Weights,
  learningRate: number,
  next: Weights,
): string[] {
  return NAMES.map(
    (name, i) =>
      `${name} \\leftarrow ${name} - \\eta\\, g_{${name}} = ${tex(line[i], 7)} - ${tex(learningRate)}\\cdot ${bracketed(texSix(gradient[i]))} = ${tex(next[i], 7)}`,
  );
}
