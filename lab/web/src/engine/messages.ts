/** What goes between the page and the Worker. */

/** `procedure` is a path such as "networks.train". The first message, without one, starts it up. */
export interface Request {
  id: number;
  procedure: string;
  args: unknown[];
}

export interface Begin {
  firstNetwork: number;
}

export type Reply =
  | { id: number; result: unknown }
  /** `broken`: the core itself failed, and nothing it holds can be relied on any more. */
  | { id: number; error: { en: string; zh: string }; broken: boolean };

/** The memory of all arrays in a value, which goes along instead of being copied. */
export function memoryOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    // What holds a single array of a larger whole is copied: the rest is still the sender's.
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength)
      found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) memoryOf(part, found);
  }
  return found;
}
