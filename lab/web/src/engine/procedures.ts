/** Everything the engine can do, by topic, over one core. */
import type { Engine } from "./api.ts";
import type { Core } from "./core.ts";
import { functions } from "./functions.ts";
import { linear } from "./linear.ts";
import { logistic } from "./logistic.ts";
import { networks } from "./networks.ts";

export type Procedures = Omit<Engine, "ready">;

export function procedures(core: Core, firstNetwork?: number): Procedures {
  return {
    functions: functions(core),
    linear: linear(core),
    logistic: logistic(core),
    networks: networks(core, firstNetwork),
  };
}
