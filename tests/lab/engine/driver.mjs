// The page's engine without a page: takes a call a line as JSON, and answers each with a line.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const from = (name) => import(pathToFileURL(`${folder}/${name}`).href);
const { Core } = await from("core.ts");
const { EngineError } = await from("api.ts");
const { procedures } = await from("procedures.ts");
const engine = procedures(await Core.load(readFileSync(`${folder}/core.wasm`)));

const KINDS = { Float64Array, Float32Array, Int32Array, Uint8Array };

function read(_, value) {
  if (value === null || typeof value !== "object" || !("$" in value)) return value;
  if (value.$ === "number") return Number(value.text);
  const bytes = Buffer.from(value.bytes, "base64");
  return new KINDS[value.$](Uint8Array.from(bytes).buffer);
}

function written(_, value) {
  if (typeof value === "number" && !Number.isFinite(value)) return { $: "number", text: String(value) };
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return { $: value.constructor.name, bytes: bytes.toString("base64") };
}

async function answer({ procedure, args }) {
  const [topic, name] = procedure.split(".");
  try {
    return { result: (await engine[topic][name](...args)) ?? null };
  } catch (error) {
    if (error instanceof EngineError) return { refused: error.text };
    return { broken: String(error.stack) };
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line, read)), written)}\n`);
