// Asks the page whether a line separates samples; its TypeScript is read by Node as it is.
import { readFileSync } from "node:fs";

const { separation } = await import(process.argv[2]);
const sets = JSON.parse(readFileSync(0, "utf8"));
const answers = sets.map((rows) =>
  separation(rows.map(([x1, x2, label], key) => ({ key, x1, x2, label }))),
);
process.stdout.write(JSON.stringify(answers));
