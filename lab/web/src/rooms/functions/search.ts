/** Searching the gallery. */
import type { Codec } from "../../state/link.svelte.ts";
import { PROPERTIES, type FunctionRecord, type Property } from "./records.ts";

export interface Search {
  text: string;
  family: string;
  has: Partial<Record<Property, boolean>>;
}

export const NOTHING_ASKED: Search = { text: "", family: "", has: {} };

/** `family~bounded:1~what was typed`, the typed text last since it may hold anything. */
export const searchCodec: Codec<Search> = {
  write: ({ text, family, has }) => {
    const wanted = PROPERTIES.filter((one) => has[one] !== undefined);
    if (text === "" && family === "" && wanted.length === 0) return "";
    const given = wanted.map((one) => `${one}:${has[one] ? 1 : 0}`).join(",");
    return `${family}~${given}~${text}`;
  },
  read: (written) => {
    if (written === "") return NOTHING_ASKED;
    const [family, given, ...rest] = written.split("~");
    if (given === undefined) return undefined;
    const has: Search["has"] = {};
    for (const part of given === "" ? [] : given.split(",")) {
      const [name, value] = part.split(":");
      const property = PROPERTIES.find((one) => one === name);
      if (property) has[property] = value === "1";
    }
    return { family, has, text: rest.join("~").slice(0, 100) };
  },
};

export function fits(record: FunctionRecord, { text, family, has }: Search): boolean {
  if (family !== "" && record.family !== family) return false;
  for (const property of PROPERTIES) {
    const wanted = has[property];
    if (wanted !== undefined && record.properties?.[property] !== wanted) return false;
  }
  const words = text.toLowerCase().split(/[\s_-]+/);
  const known = [record.name, ...record.aliases, record.title.en, record.title.zh]
    .join(" ")
    .toLowerCase()
    .replace(/[_-]/g, " ");
  const together = known.replace(/ /g, "");
  return words.every((word) => known.includes(word) || together.includes(word));
}
