// Asks the page's rules, which are TypeScript that Node reads as it is, about what stdin holds.
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const rules = await import(`${folder}/decisions.ts`);
const { faultsOf, qualityOf } = await import(`${folder}/code_quality.ts`);

function decide(make, rows) {
  const rule = make();
  return rows.map((z) => ({ ...rule(Float64Array.from(z)) }));
}

const answers = {
  vote: ({ classes, rows }) => decide(() => rules.byVote(classes), rows),
  elimination: ({ classes, rows }) => decide(() => rules.byElimination(classes), rows),
  rest: ({ classes, rows }) => decide(() => rules.byRest(classes), rows),
  largest: ({ rows }) => decide(() => rules.byLargest(), rows),
  hamming: ({ code, rows }) => decide(() => rules.byCode(code, "hamming"), rows),
  euclidean: ({ code, rows }) => decide(() => rules.byCode(code, "euclidean"), rows),
  votes: ({ classes, rows }) =>
    rows.map((z) => {
      const { votes, sums, scores } = rules.countVotes(Float64Array.from(z), classes);
      return { votes: [...votes], sums: [...sums], scores: [...scores] };
    }),
  duels: ({ classes, rows }) => rows.map((z) => rules.duelsOf(Float64Array.from(z), classes)),
  distances: ({ code, rows }) =>
    rows.map((z) => [...rules.hammingDistances(Float64Array.from(z), code)]),
  scores: ({ code, rows }) =>
    rows.map((z) => [
      ...rules.euclideanScores(rules.confidences(Float64Array.from(z), code), code),
    ]),
  quality: ({ codes }) =>
    codes.map((code) => {
      const faults = faultsOf(code);
      return { faults, quality: faults.length === 0 ? qualityOf(code) : null };
    }),
};

const { question, ...given } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(answers[question](given)));
