/** Delimited text cut into records: quotation marks, and which separator there is. */

export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number] | " ";

export interface Line {
  /** Of the file, counted from 1: where the record begins. */
  line: number;
  cells: string[];
}

export interface Records {
  records: Line[];
  /** The line where a quotation mark is opened that none closes. */
  unclosed?: number;
  /** Whether there was more than was asked for. */
  more: boolean;
}

const SAMPLE = 30;

/** At most `most` records; lines without any sign but blanks are none. */
export function cut(text: string, separator: Separator, most = Infinity): Records {
  const records: Line[] = [];
  const length = text.length;
  let at = 0;
  let line = 1;
  while (at < length) {
    if (records.length >= most) return { records, more: text.slice(at).trim() !== "" };
    const begin = line;
    const cells: string[] = [];
    for (let ended = false; !ended;) {
      if (separator === " ") while (text[at] === " " || text[at] === "\t") at++;
      let cell: string;
      if (text[at] === '"') {
        const opened = line;
        cell = "";
        for (;;) {
          const close = text.indexOf('"', at + 1);
          if (close < 0) return { records, unclosed: opened, more: false };
          const part = text.slice(at + 1, close);
          line += countLines(part);
          cell += part;
          at = close + 1;
          if (text[at] !== '"') break;
          cell += '"'; // doubled: stands for one
        }
        const end = endOfCell(text, at, separator);
        cell += text.slice(at, end).trimEnd();
        at = end;
      } else {
        const end = endOfCell(text, at, separator);
        cell = text.slice(at, end).trim();
        at = end;
      }
      cells.push(cell);
      ended = at >= length || text[at] === "\n" || text[at] === "\r";
      if (!ended) at++;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    at++;
    line++;
    if (separator === " " && cells.length > 1 && cells[cells.length - 1] === "") cells.pop();
    if (cells.length > 1 || cells[0] !== "") records.push({ line: begin, cells });
  }
  return { records, more: false };
}

function endOfCell(text: string, from: number, separator: Separator): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === "\n" || sign === "\r" || sign === separator) return at;
    if (separator === " " && sign === "\t") return at;
  }
  return text.length;
}

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

/** The separator that cuts the first lines most evenly, into the most cells. */
export function findSeparator(text: string): Separator {
  const sample = text.slice(0, 1 << 16);
  let best: { separator: Separator; even: number; width: number } = {
    separator: ",",
    even: 0,
    width: 1,
  };
  for (const separator of [...SEPARATORS, " "] as Separator[]) {
    // Blanks may stand in any text: they are taken only where nothing else cuts.
    if (separator === " " && best.even > 0) break;
    const widths = new Map<number, number>();
    const { records } = cut(sample, separator, SAMPLE);
    for (const { cells } of records) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    const [width, times] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
    const even = width > 1 ? times / records.length : 0;
    if (even > best.even || (even === best.even && even > 0 && width > best.width))
      best = { separator, even, width };
  }
  return best.separator;
}
