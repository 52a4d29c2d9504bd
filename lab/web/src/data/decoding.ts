/** The text of a file whose encoding is not told: UTF-8, UTF-16 with a mark, or Chinese GB18030. */
import type { Text } from "../text/text.svelte.ts";
import { csvTexts } from "./csv.texts.ts";

/** `notice` says how it was read, or why it was not. */
export function decoded(bytes: Uint8Array<ArrayBuffer>): { text?: string; notice?: Text } {
  if (starts(bytes, [0x50, 0x4b, 3, 4]) || starts(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return { notice: csvTexts.workbook };
  if (starts(bytes, [0xff, 0xfe])) return read(bytes, "utf-16le", csvTexts.utf16);
  if (starts(bytes, [0xfe, 0xff])) return read(bytes, "utf-16be", csvTexts.utf16);
  if (bytes.subarray(0, 4096).includes(0)) return { notice: csvTexts.binary };
  const { text } = read(bytes, "utf-8");
  return text === undefined ? chinese(bytes) : { text };
}

function starts(bytes: Uint8Array, mark: number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

function read(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string,
  notice?: Text,
): { text?: string; notice?: Text } {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), notice };
  } catch {
    return { notice: csvTexts.encoding };
  }
}

/** Share of characters of GB2312 from which bytes that are not UTF-8 are taken for Chinese. */
const ORDINARY = 0.9;

/** Many bytes of Latin-1 are pairs of GB18030 too, but then of rare characters. */
function chinese(bytes: Uint8Array<ArrayBuffer>): { text?: string; notice?: Text } {
  const { text } = read(bytes, "gb18030");
  let pairs = 0;
  let ordinary = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) continue;
    pairs++;
    // The characters of GB2312 have both bytes in the upper half, those of its extensions not.
    ordinary += Number(bytes[at] >= 0xa1 && bytes[at] <= 0xf7 && bytes[at + 1] >= 0xa1);
    at++;
  }
  return text !== undefined && ordinary >= ORDINARY * pairs
    ? { text, notice: csvTexts.gb18030 }
    : { notice: csvTexts.encoding };
}
