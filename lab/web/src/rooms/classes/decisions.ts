/**
 * From what the two-class models say of a point to a class: the rules of OneVsOneClassifier,
 * OneVsRestClassifier, OutputCodeClassifier and LogisticRegression, for z of logistic regressions.
 * (src/ogive/classification: pairs, rest, codes/decoding.py.) Of equal scores the first class wins.
 */

/** Why the answers alone do not name one class. */
export const CLEAR = 0;
export const TIED = 1; // votes, duels in a circle, or distances
export const NONE = 2; // one-vs-rest: all say rest
export const SEVERAL = 3; // one-vs-rest: more than one says yes

export interface Decision {
  /** Place of the class among those that are there. */
  winner: number;
  ambiguity: number;
}

/** Decides for one row; the object returned is used again for the next. */
export type Decide = (z: Float64Array) => Decision;

/** The place of a pair in (0, 1), (0, 2), …, (1, 2), …. */
export function pairNumber(earlier: number, later: number, classes: number): number {
  return (earlier * (2 * classes - earlier - 1)) / 2 + later - earlier - 1;
}

export function pairsOf(classes: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < classes; i++) for (let j = i + 1; j < classes; j++) pairs.push([i, j]);
  return pairs;
}

export interface Votes {
  votes: Float64Array;
  /** Confidences for each class less those against it. */
  sums: Float64Array;
  /** Votes and less than a third of one more by the sum, which decides ties. */
  scores: Float64Array;
}

export function countVotes(z: Float64Array, classes: number): Votes {
  const count = {
    votes: new Float64Array(classes),
    sums: new Float64Array(classes),
    scores: new Float64Array(classes),
  };
  for (let i = 0, k = 0; i < classes; i++)
    for (let j = i + 1; j < classes; j++, k++) {
      count.votes[z[k] > 0 ? j : i]++;
      count.sums[j] += z[k];
      count.sums[i] -= z[k];
    }
  for (let i = 0; i < classes; i++) {
    const s = count.sums[i];
    count.scores[i] = count.votes[i] + s / (3 * (Math.abs(s) + 1));
  }
  return count;
}

export function byVote(classes: number): Decide {
  // Bits of the pairs that a class wins by an answer for the later one, and for the earlier one.
  const later = new Int32Array(classes);
  const earlier = new Int32Array(classes);
  pairsOf(classes).forEach(([i, j], k) => {
    earlier[i] |= 1 << k;
    later[j] |= 1 << k;
  });
  const decision = { winner: 0, ambiguity: CLEAR };
  return (z) => {
    const answers = bitsOf(z);
    let most = -1;
    for (let i = 0; i < classes; i++) {
      const votes = ones((answers & later[i]) | (~answers & earlier[i]));
      if (votes > most) {
        most = votes;
        decision.winner = i;
        decision.ambiguity = CLEAR;
      } else if (votes === most) decision.ambiguity = TIED;
    }
    // The sum of confidences never outweighs a vote.
    if (decision.ambiguity === TIED) decision.winner = first(countVotes(z, classes).scores);
    return decision;
  };
}

export interface Duel {
  champion: number;
  challenger: number;
  winner: number;
  pair: number;
}

export function duelsOf(z: Float64Array, classes: number): Duel[] {
  const duels: Duel[] = [];
  let champion = 0;
  for (let challenger = 1; challenger < classes; challenger++) {
    const pair = pairNumber(champion, challenger, classes);
    const winner = z[pair] > 0 ? challenger : champion;
    duels.push({ champion, challenger, winner, pair });
    champion = winner;
  }
  return duels;
}

/** Whether a class wins against another. */
export function beats(z: Float64Array, one: number, other: number, classes: number): boolean {
  return one < other
    ? !(z[pairNumber(one, other, classes)] > 0)
    : z[pairNumber(other, one, classes)] > 0;
}

/** Ambiguous where no class wins against every other: another order might have another end. */
export function byElimination(classes: number): Decide {
  const decision = { winner: 0, ambiguity: CLEAR };
  return (z) => {
    let champion = 0;
    for (let challenger = 1; challenger < classes; challenger++)
      if (z[pairNumber(champion, challenger, classes)] > 0) champion = challenger;
    decision.winner = champion;
    decision.ambiguity = CLEAR;
    for (let other = 0; other < champion; other++)
      if (!beats(z, champion, other, classes)) decision.ambiguity = TIED;
    return decision;
  };
}

/** Two classes share one model, which answers for both. */
export function byRest(classes: number): Decide {
  const decision = { winner: 0, ambiguity: CLEAR };
  return (z) => {
    if (classes === 2) {
      decision.winner = z[0] > 0 ? 1 : 0;
      return decision;
    }
    let yes = 0;
    for (let i = 0; i < classes; i++) if (z[i] > 0) yes++;
    decision.winner = first(z);
    decision.ambiguity = yes === 1 ? CLEAR : yes === 0 ? NONE : SEVERAL;
    return decision;
  };
}

export type Decoding = "hamming" | "euclidean";
/** A row for each class, of 1, -1 and 0 (takes no part). */
export type Code = readonly (readonly number[])[];

export function columnsOf(code: Code): number[][] {
  return code[0].map((_, j) => code.map((word) => word[j]));
}

/** The number of answers that differ from each code word; where a class takes no part, a half. */
export function hammingDistances(z: Float64Array, code: Code): Float64Array {
  const distances = new Float64Array(code.length);
  for (let i = 0; i < code.length; i++) {
    let sum = 0;
    for (let j = 0; j < z.length; j++) sum += z[j] > 0 ? code[i][j] : -code[i][j];
    distances[i] = (z.length - sum) / 2;
  }
  return distances;
}

/** Confidences as they are, or, where some classes take no part somewhere, between -1 and 1. */
export function confidences(z: Float64Array, code: Code): Float64Array {
  return hasZeros(code) ? z.map((one) => Math.tanh(one / 2)) : z;
}

/** f · t - |t|² / 2, the larger the nearer the confidences f are to code word t. */
export function euclideanScores(f: Float64Array, code: Code): Float64Array {
  return nearness(code)(f);
}

/** The same, for many f: the array that is returned is used again. */
function nearness(code: Code): (f: Float64Array) => Float64Array {
  const [classes, length] = [code.length, code[0].length];
  const flat = Float64Array.from(code.flat());
  const squares = code.map((word) => word.reduce((sum, bit) => sum + bit ** 2, 0));
  const scores = new Float64Array(classes);
  return (f) => {
    for (let i = 0, at = 0; i < classes; i++) {
      let product = 0;
      for (let j = 0; j < length; j++, at++) product += f[j] * flat[at];
      scores[i] = product - squares[i] / 2;
    }
    return scores;
  };
}

/** By either decoding, ambiguous where several code words differ in equally few answers. */
export function byCode(code: Code, decoding: Decoding): Decide {
  const decision = { winner: 0, ambiguity: CLEAR };
  const classes = code.length;
  const scores = nearness(code);
  const words = code.map(asBits);
  const squash = hasZeros(code);
  const f = new Float64Array(code[0].length);
  return (z) => {
    const answers = bitsOf(z);
    let least = Infinity;
    let tied = 0;
    for (let i = 0; i < classes; i++) {
      const { positive, negative, part } = words[i];
      const agree = ones((answers & positive) | (~answers & negative));
      // (length - (agree - disagree)) / 2
      const apart = (z.length + part) / 2 - agree;
      if (apart < least) {
        least = apart;
        tied = 1;
        decision.winner = i;
      } else if (apart === least) tied++;
    }
    decision.ambiguity = tied > 1 ? TIED : CLEAR;
    if (decoding === "euclidean") {
      for (let j = 0; j < z.length; j++) f[j] = squash ? Math.tanh(z[j] / 2) : z[j];
      decision.winner = first(scores(f));
    }
    return decision;
  };
}

export function byLargest(): Decide {
  const decision = { winner: 0, ambiguity: CLEAR };
  return (z) => {
    decision.winner = first(z);
    return decision;
  };
}

/** Place of the largest number, of equal ones the first. */
export function first(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

function hasZeros(code: Code): boolean {
  return code.some((word) => word.includes(0));
}

/** Most columns that the bits of one whole number hold. */
export const MOST_COLUMNS = 31;

/** Which numbers are positive, as the bits of one whole number. */
export function bitsOf(z: Float64Array): number {
  let bits = 0;
  for (let j = 0; j < z.length; j++) bits |= Number(z[j] > 0) << j;
  return bits;
}

function asBits(word: readonly number[]): { positive: number; negative: number; part: number } {
  let [positive, negative, part] = [0, 0, 0];
  word.forEach((bit, j) => {
    if (bit > 0) positive |= 1 << j;
    if (bit < 0) negative |= 1 << j;
    if (bit !== 0) part++;
  });
  return { positive, negative, part };
}

function ones(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
