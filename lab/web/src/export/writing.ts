/** Asks the server to write a model. */
import type { Text } from "../text/text.svelte.ts";
import type { ExportedModel } from "./model.ts";
import { texts } from "./texts.ts";

export type Form = "python" | "numpy" | "json" | "onnx";

const NAMES: Record<Form, string> = {
  python: "model.py",
  numpy: "model_numpy.py",
  json: "model.json",
  onnx: "model.onnx",
};

export type Written = { content: Blob; name: string } | { error: Text };

export async function written(model: ExportedModel, form: Form): Promise<Written> {
  let response: Response;
  try {
    response = await fetch(`./api/exports/${form}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(model),
    });
  } catch {
    return { error: texts.offline };
  }
  if (response.ok) return { content: await response.blob(), name: NAMES[form] };
  const body: unknown = await response.json().catch(() => null);
  const told = (body as { error?: Text } | null)?.error;
  return { error: told ?? texts.offline };
}
