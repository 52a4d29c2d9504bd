/** How the class of one sample is found, question by question, in the language of the moment. */
import { fixed, show } from "../../state/numbers.ts";
import { choice, t } from "../../text/text.svelte.ts";
import { sidesOf } from "./code_books.ts";
import {
  beats,
  columnsOf,
  confidences,
  countVotes,
  duelsOf,
  euclideanScores,
  first,
  hammingDistances,
  pairsOf,
  type Decoding,
} from "./decisions.ts";
import { sampleTexts as texts } from "./texts_sample.ts";
import type { Outputs, Trace } from "./trace.svelte.ts";

export interface Question {
  /** Number of the classifier that is asked. */
  line: number;
  name: string;
  says: string;
  sentence: string;
}

export interface Story {
  questions: Question[];
  conclusions: string[];
  /** Place of the class. */
  winner: number;
}

export function pairName(one: string, other: string): string {
  return [...one].length === 1 && [...other].length === 1 ? `${one}|${other}` : `${one} | ${other}`;
}

export function listed(names: readonly string[]): string {
  if (choice.language === "zh") return names.join("、");
  return names.length < 2
    ? names.join()
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

export function pairNames(names: readonly string[]): string[] {
  return pairsOf(names.length).map(([i, j]) => pairName(names[i], names[j]));
}

const numbersOf = ({ z, a }: Outputs, line: number) => ({ z: fixed(z[line]), a: fixed(a[line]) });

export function votingStory({ pairs }: Trace, names: readonly string[]): Story {
  const count = countVotes(pairs.z, names.length);
  const winner = first(count.scores);
  const most = count.votes[winner];
  const tied = names.filter((_, i) => count.votes[i] === most);
  const questions = pairsOf(names.length).map(([i, j], line) => {
    const [name, says] = [pairName(names[i], names[j]), names[pairs.z[line] > 0 ? j : i]];
    const sentence = t(texts.saysSentence, { pair: name, name: says, ...numbersOf(pairs, line) });
    return { line, name, says, sentence };
  });
  const values = { name: names[winner], names: listed(tied), votes: most };
  return {
    questions,
    winner,
    conclusions: [t(tied.length > 1 ? texts.tie : texts.mostVotes, values)],
  };
}

export function eliminationStory({ pairs }: Trace, names: readonly string[]): Story {
  const classes = names.length;
  const duels = duelsOf(pairs.z, classes);
  const winner = duels[duels.length - 1].winner;
  const questions = duels.map(({ champion, challenger, winner: wins, pair }) => {
    const name = pairName(names[champion], names[challenger]);
    const sentence = t(texts.outSentence, {
      pair: name,
      name: names[wins],
      out: names[wins === champion ? challenger : champion],
      ...numbersOf(pairs, pair),
    });
    return { line: pair, name, says: names[wins], sentence };
  });
  const met = new Set(
    duels
      .filter((duel) => duel.winner === winner)
      .flatMap(({ champion, challenger }) => [champion, challenger]),
  );
  const unasked = names.flatMap((name, other) =>
    other === winner || met.has(other)
      ? []
      : [
          {
            pair: other < winner ? pairName(name, names[winner]) : pairName(names[winner], name),
            agrees: beats(pairs.z, winner, other, classes),
          },
        ],
  );
  const against = unasked.filter(({ agrees }) => !agrees).map(({ pair }) => pair);
  const conclusions = [
    t(texts.left, { name: names[winner] }),
    t(texts.asked, { asked: duels.length, all: pairs.z.length }),
  ];
  if (against.length > 0) conclusions.push(t(texts.contradicts, { pairs: listed(against) }));
  else if (unasked.length > 0)
    conclusions.push(t(texts.confirms, { pairs: listed(unasked.map(({ pair }) => pair)) }));
  return { questions, winner, conclusions };
}

export function restStory({ rest }: Trace, names: readonly string[]): Story {
  if (names.length === 2) {
    const winner = rest.z[0] > 0 ? 1 : 0;
    const says = names[winner];
    const name = pairName(names[0], names[1]);
    const sentence = t(texts.saysSentence, { pair: name, name: says, ...numbersOf(rest, 0) });
    return {
      questions: [{ line: 0, name, says, sentence }],
      winner,
      conclusions: [t(texts.oneForBoth)],
    };
  }
  const winner = first(rest.z);
  const yes = names.filter((_, i) => rest.z[i] > 0);
  const questions = names.map((name, line) => {
    const says = rest.z[line] > 0 ? name : t(texts.rest);
    const sentence = t(texts.restSentence, { name, says, ...numbersOf(rest, line) });
    return { line, name, says, sentence };
  });
  const conclusion =
    yes.length === 1 ? texts.oneYes : yes.length === 0 ? texts.noYes : texts.manyYes;
  return {
    questions,
    winner,
    conclusions: [t(conclusion, { name: names[winner], names: listed(yes) })],
  };
}

export interface Decoded extends Story {
  answers: number[];
  distances: Float64Array;
  /** By Euclidean decoding only. */
  scores?: Float64Array;
}

export function codeStory(
  { fits, codes }: Trace,
  names: readonly string[],
  decoding: Decoding,
): Decoded | undefined {
  const { code } = fits;
  if (code === undefined || codes === undefined) return undefined;
  const answers = Array.from(codes.z, (z) => (z > 0 ? 1 : -1));
  const columns = columnsOf(code);
  const side = (j: number) => names.filter((_, i) => code[i][j] === answers[j]);
  const joined = (some: readonly string[]) =>
    some.every((name) => [...name].length === 1) ? some.join("") : `{${listed(some)}}`;
  const questions = columns.map((column, line) => {
    const sentence = t(texts.bitSentence, {
      number: line + 1,
      pair: sidesOf(column, names),
      bit: signed(answers[line]),
      side: joined(side(line)),
      ...numbersOf(codes, line),
    });
    return { line, name: `${line + 1}`, says: joined(side(line)), sentence };
  });
  const distances = hammingDistances(codes.z, code);
  const scores =
    decoding === "euclidean" ? euclideanScores(confidences(codes.z, code), code) : undefined;
  const least = Math.min(...distances);
  const near = names.filter((_, i) => distances[i] === least);
  const winner = first(scores ?? distances.map((one) => -one));
  const values = {
    name: names[winner],
    names: listed(near),
    bits: show(least),
    length: columns.length,
  };
  const conclusions: string[] = [];
  if (near.length > 1 && scores) conclusions.push(t(texts.sameBits, values));
  else if (near.length > 1) conclusions.push(t(texts.equallyNear, values));
  else if (least === 0 && columns.length <= 6) {
    conclusions.push(
      t(texts.meet, { sides: listed(columns.map((_, j) => joined(side(j)))), name: near[0] }),
    );
  } else conclusions.push(t(texts.nearest, { ...values, name: near[0] }));
  if (scores) conclusions.push(t(texts.byDistance, values));
  const corrected = answers.flatMap((answer, j) =>
    answer * code[winner][j] < 0 ? [`${j + 1}`] : [],
  );
  if (corrected.length > 0)
    conclusions.push(t(texts.corrected, { name: names[winner], columns: listed(corrected) }));
  return { questions, winner, conclusions, answers, distances, scores };
}

export function signed(bit: number): string {
  return bit > 0 ? "+1" : bit < 0 ? "−1" : "0";
}
