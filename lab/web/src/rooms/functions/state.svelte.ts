/** What the room shows, all of it in the link. */
import { linked, list, number, oneOf, whole } from "../../state/link.svelte.ts";
import { spanCodec, WHOLE, type Span } from "./axes.ts";
import { chosenCodec, keyOf, named, typed, type Chosen } from "./chosen.ts";
import { library } from "./library.svelte.ts";
import type { FunctionRecord } from "./records.ts";

export const MOST_SHOWN = 8;
export const VIEWS = ["look", "race"] as const;

const several = list(chosenCodec, MOST_SHOWN, ";");

export class FunctionsRoom {
  readonly view = linked("view", oneOf(...VIEWS), "look");
  readonly #shown = linked("f", several, [named("sigmoid")]);
  readonly #active = linked("on", whole(0, MOST_SHOWN - 1), 0);
  readonly z = linked("z", number(-1e6, 1e6), 1);
  readonly #x = linked("x", spanCodec, WHOLE);
  readonly y = linked<Span | null>("y", spanCodec, null);
  readonly ySlope = linked<Span | null>("dy", spanCodec, null);
  readonly layers = linked("layers", whole(1, 60), 10);

  readonly shown: Chosen[] = $derived.by(() => {
    const shown = this.#shown.value.map(drawable);
    return shown.length > 0 ? shown : [named("sigmoid")];
  });

  get activeIndex(): number {
    return Math.min(this.#active.value, this.shown.length - 1);
  }

  get active(): Chosen {
    return this.shown[this.activeIndex];
  }

  get x(): Span {
    return this.#x.value ?? WHOLE;
  }

  set x(span: Span) {
    this.#x.value = span;
  }

  activate(index: number): void {
    this.#active.value = index;
  }

  /** Shows a function in place of the active one; one that is shown already becomes active. */
  choose(chosen: Chosen): void {
    const there = this.indexOf(chosen);
    if (there >= 0) this.activate(there);
    else this.replace(chosen);
    this.#clearHeights();
  }

  /** Changes the active function. */
  replace(chosen: Chosen): void {
    const active = this.activeIndex;
    this.#shown.value = this.shown.map((one, i) => (i === active ? chosen : one));
  }

  /** Draws a function over the others, and looks at it. */
  add(chosen: Chosen): void {
    if (this.shown.length >= MOST_SHOWN) return;
    const there = this.indexOf(chosen);
    if (there < 0) this.#shown.value = [...this.shown, chosen];
    this.activate(there < 0 ? this.shown.length - 1 : there);
    this.#clearHeights();
  }

  remove(index: number): void {
    if (this.shown.length === 1) return;
    const active = this.activeIndex;
    this.#shown.value = this.shown.filter((_, i) => i !== index);
    if (active >= index && active > 0) this.activate(active - 1);
    this.#clearHeights();
  }

  /** Where the function of that name, whatever its parameters, or that very formula is shown. */
  indexOf(chosen: Chosen): number {
    return this.shown.findIndex((one) =>
      chosen.formula ? keyOf(one) === keyOf(chosen) : !one.formula && one.name === chosen.name,
    );
  }

  setParameter(name: string, value: number): void {
    const chosen = this.active;
    const record = library.parametersOf(chosen).find((one) => one.name === name);
    if (record === undefined) return;
    const parameters = { ...chosen.parameters, [name]: value };
    const entry = library.byName.get(chosen.name);
    if (entry?.ascending) keepAscending(entry, parameters, name);
    this.replace({ ...chosen, parameters: withoutDefaults(chosen, entry, parameters) });
  }

  resetAxes(): void {
    this.x = WHOLE;
    this.#clearHeights();
  }

  #clearHeights(): void {
    if (this.y.value !== null) this.y.value = null;
    if (this.ySlope.value !== null) this.ySlope.value = null;
  }
}

/** What a gallery entry is shown as: of a function of rows, one output as a formula. */
export function chosenOf(record: FunctionRecord): Chosen {
  return record.component === undefined ? named(record.name) : typed(record.component);
}

/** A link may name a function of rows, or any function by an alias of it. */
function drawable(chosen: Chosen): Chosen {
  if (chosen.formula) return chosen;
  const record =
    library.byName.get(chosen.name) ??
    library.catalogue?.functions.find((one) => one.aliases.includes(chosen.name));
  if (record === undefined) return chosen;
  return record.component === undefined ? { ...chosen, name: record.name } : chosenOf(record);
}

/** The function of rows of which a formula is one output. */
export function rowOf(chosen: Chosen): FunctionRecord | undefined {
  if (!chosen.formula) return undefined;
  return library.catalogue?.functions.find((one) => one.component === chosen.name);
}

function keepAscending(
  { ascending, parameters: records }: FunctionRecord,
  parameters: Record<string, number>,
  moved: string,
): void {
  const [low, high] = ascending!;
  const valueOf = (name: string) =>
    parameters[name] ?? records.find((one) => one.name === name)!.value;
  if (valueOf(low) <= valueOf(high)) return;
  parameters[moved === low ? high : low] = parameters[moved];
}

function withoutDefaults(
  chosen: Chosen,
  record: FunctionRecord | undefined,
  parameters: Record<string, number>,
): Record<string, number> {
  const isDefault = (name: string, value: number) =>
    chosen.formula ? value === 1 : record?.parameters.find((p) => p.name === name)?.value === value;
  return Object.fromEntries(
    Object.entries(parameters).filter(([name, value]) => !isDefault(name, value)),
  );
}
