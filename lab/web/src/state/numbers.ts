/** How numbers are written: the same everywhere, with a real minus sign and no false digits. */

const MINUS = "−";

function signed(text: string): string {
  return text.replace(/-/g, MINUS);
}

/** `digits` significant digits; very large and small ones as 1.2e−7. */
export function show(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 10 ** Math.max(digits + 2, 6) || size < 1e-4)
    return signed(Number(value.toPrecision(digits)).toExponential());
  return signed(String(Number(value.toPrecision(digits))));
}

/** A fixed number of decimals, for columns that line up and numbers that change while one looks. */
export function fixed(value: number, decimals = 4): string {
  if (!Number.isFinite(value)) return show(value);
  const text = value.toFixed(decimals);
  return signed(Number(text) === 0 ? text.replace("-", "") : text);
}

/** A count of things, its thousands apart. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

export function percent(share: number, decimals = 0): string {
  return Number.isFinite(share) ? `${fixed(100 * share, decimals)} %` : "–";
}

/** What a person typed: a comma or a real minus sign will do; undefined if it is no number. */
export function parsed(text: string): number | undefined {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  const value = Number(plain);
  return plain === "" || !Number.isFinite(value) ? undefined : value;
}
