// Asks what the page makes of tables, in TypeScript that Node reads as it is, about what stdin holds.
import { readFileSync } from "node:fs";

const source = process.argv[2];
const { readTable, parseTable, TableError } = await import(`${source}/data/csv.ts`);
const { sets } = await import(`${source}/rooms/line/sets.ts`);
const codecs = await import(`${source}/state/codecs.ts`);

// JSON has no NaN.
const plain = (column) => [...column].map((value) => (Number.isNaN(value) ? null : value));
const numbers = (column) => column.map((value) => value ?? NaN);

async function told(read) {
  try {
    const { columns, rows, lines, notices } = await read();
    return {
      rows,
      lines: [...lines],
      notices,
      columns: columns.map((one) => ({ ...one, numbers: plain(one.numbers) })),
    };
  } catch (error) {
    if (error instanceof TableError) return { refused: error.text };
    throw error;
  }
}

const answers = {
  parse: ({ text, limits }) => told(() => parseTable(text, limits)),
  read: ({ bytes, limits }) => told(() => readTable(new Blob([Uint8Array.from(bytes)]), limits)),
  columns: ({ tables }) =>
    tables.map((table) => {
      const codec = codecs.columns();
      const text = codec.write(table.map(numbers));
      return { text, back: codec.read(text)?.map(plain) ?? null };
    }),
  points: ({ points }) => {
    const codec = codecs.points();
    const text = codec.write(points);
    return { text, back: codec.read(text) };
  },
  sets: () =>
    Object.fromEntries(Object.entries(sets).map(([name, { values }]) => [name, values])),
  broken: ({ texts }) =>
    texts.map((text) => [
      codecs.columns().read(text)?.map(plain) ?? null,
      codecs.points().read(text) ?? null,
    ]),
};

const { question, ...given } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await answers[question](given)));
