/** What core.wasm exports; the C++ of it, with what each function does, is in core/bindings/wasm. */

/** Of an object or of numbers in the module's memory; 0 is none. */
export type Address = number;

export interface CoreExports {
  memory: WebAssembly.Memory;
  _initialize?: () => void;

  allocate(bytes: number): Address;
  release(at: Address): void;

  function_kind(name: Address, length: number): number;
  parameter_place(name: Address, length: number, parameter: Address, size: number): number;
  function_named(name: Address, length: number, parameters: Address, perUnit: number): Address;
  function_slopes(of: Address, pairs: Address, n: number): void;
  function_evaluate(of: Address, z: Address, a: Address, d: Address, n: number): void;
  function_rows(of: Address, z: Address, a: Address, rows: number, n: number): void;
  function_greatest_slope(of: Address): number;
  function_inverse(of: Address, wanted: number): number;
  function_release(of: Address): void;
  race_run(
    of: Address,
    z: number,
    goal: number,
    rate: number,
    overOutput: number,
    most: number,
  ): Address;
  race_size(race: Address): number;
  race_z(race: Address): Address;
  race_end(race: Address): number;
  race_release(race: Address): void;

  program_begin(constants: Address, n: number, scratch: number): Address;
  program_list(program: Address, list: number): void;
  program_line(
    program: Address,
    operation: Address,
    operationLength: number,
    read: Address,
    reads: number,
    written: Address,
    writes: number,
    keepsNan: number,
    kernel: Address,
    kernelLength: number,
    numbers: Address,
    n: number,
  ): void;
  program_end(program: Address): Address;

  linear_solve(
    x: Address,
    y: Address,
    rows: number,
    columns: number,
    coef: Address,
    residuals: Address,
    numbers: Address,
  ): number;
  linear_descend(
    x: Address,
    y: Address,
    rows: number,
    columns: number,
    batchSize: number,
    learningRate: number,
    maxIter: number,
    tol: number,
    shuffle: number,
    seed: number,
  ): Address;
  descent_size(trace: Address): number;
  descent_part(trace: Address, part: number): Address;
  descent_numbers(trace: Address, out: Address): void;
  descent_release(trace: Address): void;

  logistic_fit(
    x: Address,
    label: Address,
    rows: number,
    columns: number,
    classes: number,
    penalty: number,
    tol: number,
    mostSteps: number,
    coef: Address,
    intercept: Address,
    numbers: Address,
  ): void;
  logistic_explain(
    x: Address,
    label: Address,
    rows: number,
    columns: number,
    coef: Address,
    intercept: number,
    z: Address,
    a: Address,
    loss: Address,
    error: Address,
  ): void;

  plan_create(units: Address, n: number): Address;
  plan_hidden(plan: Address, of: Address): void;
  plan_start(
    plan: Address,
    layer: number,
    rule: Address,
    length: number,
    gain: number,
    factor: number,
  ): number;
  plan_suitable_start(plan: Address, layer: number, of: Address): void;
  plan_choice(
    plan: Address,
    setting: Address,
    size: number,
    value: Address,
    length: number,
  ): number;
  plan_number(plan: Address, setting: Address, size: number, value: number): number;
  plan_release(plan: Address): void;

  network_create(plan: Address, x: Address, y: Address, held: Address, rows: number): Address;
  network_release(network: Address): void;
  network_train(network: Address, steps: number, lastEpoch: number): number;
  network_progress(network: Address, out: Address): void;
  network_curve(network: Address, which: number): Address;
  network_curve_size(network: Address, which: number): number;
  network_scores(network: Address, out: Address): void;
  network_size(network: Address): number;
  network_layer(network: Address, layer: number, out: Address): void;
  network_weights(network: Address, out: Address): void;
  network_set_weights(network: Address, weights: Address): void;
  network_predict(network: Address, x: Address, rows: number, out: Address): void;
  network_map(
    network: Address,
    left: number,
    right: number,
    low: number,
    high: number,
    columns: number,
    rows: number,
    at: Address,
    out: Address,
    units: Address,
  ): void;
  network_row(network: Address, row: number, out: Address): void;
  network_sample(network: Address, row: number, out: Address): void;
  network_layers(network: Address, out: Address): void;
  network_save(network: Address): Address;
  network_restore(network: Address, bytes: Address, size: number): number;
  state_size(state: Address): number;
  state_bytes(state: Address): Address;
  state_release(state: Address): void;
}
