/** What is said of a visitor's table. */
import type { Text } from "../text/text.svelte.ts";

export const csvTexts = {
  limits: {
    en: "CSV or TSV, up to {megabytes} MB, {rows} rows and {columns} columns. It is sent nowhere, but “Copy link” carries it if it is not too large: whoever has that link has the table.",
    zh: "CSV 或 TSV，最多 {megabytes} MB、{rows} 行、{columns} 列。数据不会上传；但表格不太大时，“复制链接”会把它写进链接，拿到链接的人就能看到数据。",
  },
  tooLarge: {
    en: "This is {size} MB; at most {most} MB can be read here. Take fewer rows or columns.",
    zh: "文件有 {size} MB，这里最多能读 {most} MB。请减少行或列。",
  },
  tooWide: {
    en: "The table has {columns} columns; at most {most} can be read here. Leave some out.",
    zh: "表格有 {columns} 列，这里最多能读 {most} 列。请去掉一些列。",
  },
  empty: {
    en: "There is nothing in it. A table needs a line of column names and rows below it.",
    zh: "内容为空。表格需要一行列名，下面是数据行。",
  },
  headerOnly: {
    en: "There is a header, but no rows of data. Add at least one row below it.",
    zh: "只有表头，没有数据行。请在表头下至少添加一行。",
  },
  unclosed: {
    en: "A quotation mark is opened on line {line} and never closed. Mend that line.",
    zh: "第 {line} 行的引号没有闭合。请修正该行。",
  },
  ragged: {
    en: "Line {line} has {found} fields where the header has {width}. Mend that line; a value that contains the separator needs quotation marks.",
    zh: "第 {line} 行有 {found} 个字段，而表头有 {width} 个。请修正该行；值中若含分隔符，需要用引号括起来。",
  },
  repeated: {
    en: "The column name “{name}” is used more than once. Give every column its own.",
    zh: "列名“{name}”出现了不止一次。请让每一列的名称各不相同。",
  },
  wording: {
    en: "“{name}” is read as text, for line {line} holds “{text}”, which is no number.",
    zh: "“{name}”按文本读取，因为第 {line} 行的“{text}”不是数字。",
  },
  noHeader: {
    en: "The first line holds numbers only and was read as data: the columns are called column_1, column_2, …",
    zh: "第一行全是数字，已当作数据读取：各列命名为 column_1、column_2……",
  },
  cut: {
    en: "Only the first {rows} rows were read.",
    zh: "只读取了前 {rows} 行。",
  },
  voidRows: {
    en: "Rows without any value were left out: {count}.",
    zh: "去掉了 {count} 行没有任何值的数据。",
  },
  decimalComma: {
    en: "Decimal commas were read as decimal points.",
    zh: "小数逗号已按小数点读取。",
  },
  gb18030: {
    en: "The file is not UTF-8 and was read as GB18030 (GBK).",
    zh: "文件不是 UTF-8 编码，已按 GB18030（GBK）读取。",
  },
  utf16: {
    en: "The file was read as UTF-16.",
    zh: "文件已按 UTF-16 编码读取。",
  },
  encoding: {
    en: "The encoding of this file is not known. Save it as UTF-8 and try again.",
    zh: "无法识别文件的编码。请另存为 UTF-8 后重试。",
  },
  workbook: {
    en: "This is a workbook or another packed file. Save the sheet as CSV and try again.",
    zh: "这是工作簿或其他压缩格式的文件。请把工作表另存为 CSV 后重试。",
  },
  binary: {
    en: "This is not a text file. Choose a table saved as CSV or TSV.",
    zh: "这不是文本文件。请选择保存为 CSV 或 TSV 的表格。",
  },
} satisfies Record<string, Text>;

/** Both languages with their fields filled in. */
export function filled(text: Text, values: Record<string, string | number>): Text {
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
  return { en: fill(text.en), zh: fill(text.zh) };
}
