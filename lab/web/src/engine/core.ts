/** The compiled core, and numbers in and out of its memory. Needs no browser: tests run it in Node. */
import type { Address, CoreExports } from "./exports.ts";
import { EngineError } from "./api.ts";

export class Core {
  readonly exports: CoreExports;

  constructor(instance: WebAssembly.Instance) {
    this.exports = instance.exports as unknown as CoreExports;
    this.exports._initialize?.();
  }

  static async load(module: BufferSource | Promise<Response>): Promise<Core> {
    if (module instanceof Promise) return new Core(await streamed(await module));
    const { instance } = await WebAssembly.instantiate(module, {});
    return new Core(instance);
  }

  /** Calls `use` with memory that is given back when it returns. */
  borrow<T>(use: (memory: Borrowed) => T): T {
    const memory = new Borrowed(this.exports);
    try {
      return use(memory);
    } finally {
      memory.release();
    }
  }

  /** A copy of numbers in the module's memory. */
  floats(at: Address, n: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, at, n).slice();
  }

  bytes(at: Address, n: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, at, n).slice();
  }
}

/** A server that names the type of a module has it compiled while it arrives. */
async function streamed(response: Response): Promise<WebAssembly.Instance> {
  if (!response.ok) throw new Error(`core.wasm: ${response.status}`);
  if (response.headers.get("Content-Type") === "application/wasm")
    return (await WebAssembly.instantiateStreaming(response, {})).instance;
  return (await WebAssembly.instantiate(await response.arrayBuffer(), {})).instance;
}

const encoder = new TextEncoder();

/** Text as the core takes it. */
export interface Written {
  at: Address;
  length: number;
}

/** Memory of the module for the time of a call. Views of it end with the next allocation. */
export class Borrowed {
  readonly #exports: CoreExports;
  readonly #taken: Address[] = [];

  constructor(exports: CoreExports) {
    this.#exports = exports;
  }

  get #buffer(): ArrayBuffer {
    return this.#exports.memory.buffer as ArrayBuffer;
  }

  take(bytes: number): Address {
    const at = this.#exports.allocate(Math.max(bytes, 8));
    if (at === 0) throw new EngineError(NO_MEMORY);
    this.#taken.push(at);
    return at;
  }

  text(text: string): Written {
    const bytes = encoder.encode(text);
    const at = this.take(bytes.length);
    new Uint8Array(this.#buffer, at, bytes.length).set(bytes);
    return { at, length: bytes.length };
  }

  /** Room for n float64. */
  room(n: number): Address {
    return this.take(8 * n);
  }

  floats(values: ArrayLike<number>): Address {
    const at = this.room(values.length);
    new Float64Array(this.#buffer, at, values.length).set(values);
    return at;
  }

  integers(values: ArrayLike<number>): Address {
    const at = this.take(4 * values.length);
    new Int32Array(this.#buffer, at, values.length).set(values);
    return at;
  }

  bytes(values: Uint8Array): Address {
    const at = this.take(values.length);
    new Uint8Array(this.#buffer, at, values.length).set(values);
    return at;
  }

  /** Copies of what lies at a place. */
  float64(at: Address, n: number): Float64Array {
    return new Float64Array(this.#buffer, at, n).slice();
  }
  float32(at: Address, n: number): Float32Array {
    return new Float32Array(this.#buffer, at, n).slice();
  }
  uint32(at: Address, n: number): Uint32Array {
    return new Uint32Array(this.#buffer, at, n).slice();
  }

  release(): void {
    for (const at of this.#taken) this.#exports.release(at);
    this.#taken.length = 0;
  }
}

const NO_MEMORY = {
  en: "This is too much for the memory of the page. Take fewer rows, units or points.",
  zh: "页面内存不足。请减少行数、神经元或点的数目。",
};
