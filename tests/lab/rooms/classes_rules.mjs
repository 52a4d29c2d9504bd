// Asks the page's rules, which are TypeScript that Node reads as it is, about what stdin holds.
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const rules = await import(`${folder}/decisions.ts`);
const { COLUMNS, regionsOf, ROWS } = await import(`${folder}/regions.ts`);
const { outputs } = await import(`${folder}/lines.ts`);
const { faultsOf, qualityOf } = await import(`${folder}/code_quality.ts`);

function decide(make, rows) {
  const rule = make();
  return rows.map((z) => ({ ...rule(Float64Array.from(z)) }));
}

/** How many cells of a map differ from what the rule says in their middle. */
function differing({ w1, w2, b, rule, classes, code }) {
  const make = {
    vote: () => rules.byVote(classes),
    elimination: () => rules.byElimination(classes),
    rest: () => rules.byRest(classes),
    largest: () => rules.byLargest(),
    hamming: () => rules.byCode(code, "hamming"),
    euclidean: () => rules.byCode(code, "euclidean"),
  }[rule];
  const lines = {
    w1: Float64Array.from(w1),
    w2: Float64Array.from(w2),
    b: Float64Array.from(b),
  };
  const [x, y] = [
    [-3, 3],
    [-2, 4],
  ];
  const map = regionsOf(lines, make(), classes, x, y);
  const decide = make();
  let count = 0;
  for (let row = 0, cell = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++, cell++) {
      const across = x[0] + ((column + 0.5) * (x[1] - x[0])) / COLUMNS;
      const up = y[0] + ((row + 0.5) * (y[1] - y[0])) / ROWS;
      const { winner, ambiguity } = decide(outputs(lines, across, up));
      if (map.winner[cell] !== winner || map.ambiguity[cell] !== ambiguity)
        count++;
    }
  return { count, classes: new Set(map.winner).size };
}

const answers = {
  regions: ({ maps }) => maps.map(differing),
  vote: ({ classes, rows }) => decide(() => rules.byVote(classes), rows),
  elimination: ({ classes, rows }) =>
    decide(() => rules.byElimination(classes), rows),
  rest: ({ classes, rows }) => decide(() => rules.byRest(classes), rows),
  largest: ({ rows }) => decide(() => rules.byLargest(), rows),
  hamming: ({ code, rows }) =>
    decide(() => rules.byCode(code, "hamming"), rows),
  euclidean: ({ code, rows }) =>
    decide(() => rules.byCode(code, "euclidean"), rows),
  votes: ({ classes, rows }) =>
    rows.map((z) => {
      const { votes, sums, scores } = rules.countVotes(
        Float64Array.from(z),
        classes,
      );
      return { votes: [...votes], sums: [...sums], scores: [...scores] };
    }),
  duels: ({ classes, rows }) =>
    rows.map((z) => rules.duelsOf(Float64Array.from(z), classes)),
  distances: ({ code, rows }) =>
    rows.map((z) => [...rules.hammingDistances(Float64Array.from(z), code)]),
  scores: ({ code, rows }) =>
    rows.map((z) => [
      ...rules.euclideanScores(
        rules.confidences(Float64Array.from(z), code),
        code,
      ),
    ]),
  quality: ({ codes }) =>
    codes.map((code) => {
      const faults = faultsOf(code);
      return { faults, quality: faults.length === 0 ? qualityOf(code) : null };
    }),
};

const { question, ...given } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(answers[question](given)));
