/** The Worker: loads the core and answers one request after the other. */
import { EngineError } from "./api.ts";
import { Core } from "./core.ts";
import { memoryOf, type Begin, type Reply, type Request } from "./messages.ts";
import { procedures, type Procedures } from "./procedures.ts";

type Procedure = (...args: unknown[]) => Promise<unknown>;

const BROKEN = {
  en: "The page's engine broke down and was started anew. Networks have to be made again.",
  zh: "页面的计算引擎出错，已重新启动；网络需要重新创建。",
};
const NOT_LOADED = {
  en: "The page's engine could not be loaded. Load the page anew.",
  zh: "页面的计算引擎未能加载。请重新加载页面。",
};

let engine: Promise<Procedures> | undefined;

onmessage = (event: MessageEvent<Request | Begin>) => {
  const message = event.data;
  if ("firstNetwork" in message) {
    engine = Core.load(fetch(new URL("./core.wasm", import.meta.url))).then((core) =>
      procedures(core, message.firstNetwork),
    );
    engine.catch(() => {}); // told to whoever asks for something
  } else {
    void answer(message);
  }
};

async function answer({ id, procedure, args }: Request): Promise<void> {
  let loaded = false;
  try {
    const all = await engine!;
    loaded = true;
    const result = procedure === "ready" ? undefined : await found(all, procedure)(...args);
    reply({ id, result }, [...memoryOf(result)]);
  } catch (error) {
    if (error instanceof EngineError) return reply({ id, error: error.text, broken: false });
    console.error(error);
    reply({ id, error: loaded ? BROKEN : NOT_LOADED, broken: true });
  }
}

function found(all: Procedures, path: string): Procedure {
  const [topic, name] = path.split(".");
  return (all as unknown as Record<string, Record<string, Procedure>>)[topic][name];
}

function reply(message: Reply, transfer: Transferable[] = []): void {
  (self as unknown as Worker).postMessage(message, transfer);
}
