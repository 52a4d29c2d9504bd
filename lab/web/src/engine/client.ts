/** The engine as the page uses it: calls go to a Worker, which is started with the first one. */
import { EngineError, type Engine } from "./api.ts";
import { memoryOf, type Begin, type Reply, type Request } from "./messages.ts";

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: EngineError) => void;
}

const MOST_NETWORKS = 1_000_000; // of one Worker

class Client {
  #worker: Worker | undefined;
  #workers = 0;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  call(procedure: string, args: unknown[]): Promise<unknown> {
    const id = this.#next++;
    const request: Request = { id, procedure, args: plain(args) as unknown[] };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#started().postMessage(request, [...memoryOf(request.args)]);
    });
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<Reply>) => this.#answered(event.data);
    worker.onerror = () => this.#broke(BROKEN);
    worker.onmessageerror = () => this.#broke(BROKEN);
    const begin: Begin = { firstNetwork: ++this.#workers * MOST_NETWORKS };
    worker.postMessage(begin);
    this.#worker = worker;
    return worker;
  }

  #answered(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("result" in reply) {
      waiting?.resolve(reply.result);
    } else {
      waiting?.reject(new EngineError(reply.error));
      if (reply.broken) this.#broke(reply.error);
    }
  }

  /** All who wait are told; the next call starts another Worker. */
  #broke(text: { en: string; zh: string }): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(new EngineError(text));
  }
}

const BROKEN = {
  en: "The page's engine broke down and was started anew. Networks have to be made again.",
  zh: "页面的计算引擎出错，已重新启动；网络需要重新创建。",
};

/** The same without the proxies in which a page keeps its state, which cannot be sent. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

const client = new Client();

/** Turns property accesses into calls: engine.networks.train(…) calls "networks.train". */
function topic(name: string): Record<string, (...args: unknown[]) => Promise<unknown>> {
  return new Proxy(
    {},
    {
      get: (_, procedure) =>
        typeof procedure === "string"
          ? (...args: unknown[]) => client.call(`${name}.${procedure}`, args)
          : undefined,
    },
  );
}

export const engine: Engine = {
  ready: async () => void (await client.call("ready", [])),
  functions: topic("functions") as unknown as Engine["functions"],
  linear: topic("linear") as unknown as Engine["linear"],
  logistic: topic("logistic") as unknown as Engine["logistic"],
  networks: topic("networks") as unknown as Engine["networks"],
};

/**
 * A procedure for what changes faster than it is computed: while one call is under way only the
 * newest of those that follow is kept, and those it replaces give undefined.
 */
export function latest<Args extends unknown[], Result>(
  procedure: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result | undefined> {
  let waiting: { args: Args; settle: (result: Promise<Result> | undefined) => void } | undefined;
  let busy = false;

  async function run(args: Args): Promise<Result> {
    busy = true;
    try {
      return await procedure(...args);
    } finally {
      busy = false;
      const next = waiting;
      waiting = undefined;
      next?.settle(run(next.args));
    }
  }

  return (...args) => {
    if (!busy) return run(args);
    waiting?.settle(undefined);
    return new Promise((resolve) => (waiting = { args, settle: (result) => resolve(result) }));
  };
}
