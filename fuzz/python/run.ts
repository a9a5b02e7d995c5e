/** `npm run fuzz:python -- --count N --seed S`: Python's methods in every order, compared with CPython. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as api from "../../runtime/index.js";
import * as runtime from "../../runtime/runtime.js";
import { collectUntil } from "../../runtime/testing/collect.js";
import { argumentsOf, number, refuse, text } from "../../scripts/arguments.js";
import { type Options, transform } from "../../transformer/index.js";
import { type Operation, type Program, programOf } from "./program.js";

const usage = `Usage: npm run fuzz:python -- [--count 500] [--seed 1] [--index I] [--python python3] [--failures 3]

  --python   CPython 3.13 or later: earlier ones have faults that are mended there`;

const modes: readonly Options[] = [
  {},
  { ticks: "fused" },
  { debug: true },
  { ticks: "fused", debug: true, close: "interrupt" },
];

class E extends Error {
  override readonly name = "E";

  constructor(value: unknown) {
    super(String(value));
  }
}

const classes: Record<string, new (value?: any) => Error> = {
  E,
  RuntimeError: api.RuntimeError,
  StopAsyncIteration: api.StopAsyncIteration,
  CancelledError: api.CancelledError,
  GeneratorExit: api.GeneratorExit,
};

/** Python's `Exception` is not the base of what ends a task or a generator. */
const isA = (error: unknown, name: string): boolean =>
  name === "Exception"
    ? !(error instanceof api.CancelledError || error instanceof api.GeneratorExit)
    : error instanceof classes[name]!;

const made = (name: string, value: unknown): Error =>
  name === "StopAsyncIteration" || name === "GeneratorExit" ? new classes[name]!() : new classes[name]!(show(value));

function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}(${value.message})`;
  return String(value ?? undefined);
}

interface Gate {
  readonly promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await null;
  await new Promise(setImmediate);
}

class Run {
  private readonly lines: string[] = [];
  private gates: Gate[] = [];
  private asked = 0;
  private readonly steps: any[] = [];
  private readonly pending = new Set<number>();
  private readonly started = new Set<number>();
  /** The steps that only resume. */
  private readonly resuming = new Set<number>();
  private readonly generators: Record<string, any> = {};
  private readonly functions: Record<string, () => any>;
  private readonly kept: any[] = [];
  private readonly background: string[] = [];
  private readonly reports: string[] = [];
  private dropped: WeakRef<object> | undefined;
  /** The steps of a generator, which refer to it. */
  private readonly stepsOf = new WeakMap<object, number[]>();

  constructor(
    private readonly program: Program,
    options: Options,
  ) {
    const scope: Record<string, unknown> = {
      ...classes,
      ...{ log: this.log, gate: this.gate, drop: this.drop, coin: this.coin, isA, G: this.generators },
      ...{ anext: api.anext, __aclose: runtime },
    };
    const { names, js } = program;
    const source = `function make() {\n${js}\nreturn { ${names.join(", ")} };\n}`;
    const linkage = { runtime: { global: "__aclose" }, module: "script", sourceMap: false } as const;
    const { code } = transform(source, { fileName: "program.js", include: "all", ...linkage, ...options });
    this.functions = new Function(...Object.keys(scope), `${code}\nreturn make();`)(...Object.values(scope));
    for (const name of names) this.renew(name);
  }

  private readonly log = (name: string, ...values: unknown[]): void =>
    void this.lines.push([name, ...values.map(show)].join(" "));

  private readonly gate = (): Promise<unknown> => {
    const { promise, resolve, reject } = withResolvers();
    this.gates.push({ promise, resolve, reject });
    return promise;
  };

  private readonly drop = (promise: Promise<unknown>): void => {
    this.gates = this.gates.filter((each) => each.promise !== promise);
  };

  private readonly coin = (id: number): boolean => this.program.coins[(id + ++this.asked) % this.program.coins.length]!;

  private states(): void {
    this.log("states", ...Object.values(this.generators).map((each) => api.getAsyncGeneratorState(each)));
  }

  private perform(operation: Operation): void {
    switch (operation.kind) {
      case "open":
        return this.open(operation.at, operation.value, operation.fails);
      case "make":
        return this.make(operation);
      case "start":
        return this.start(operation.step);
      case "cancel":
        if (this.pending.has(operation.step))
          this.log("cancel", this.steps[operation.step].cancel(`cancelled ${operation.step}`));
        return;
      case "hooks":
        return this.setHooks(operation.hooks);
      case "renew":
        this.kept.push(this.generators[operation.generator]);
        return this.renew(operation.generator);
      case "drop":
        return this.dropGenerator(operation.generator);
      case "shutdown":
        // As CPython, which does not wait for those.
        void api.shutdownAsyncGenerators({ background: false }).then(() => this.log("shut down"));
    }
  }

  private make({ step, method, value, error, generator }: Operation & { kind: "make" }): void {
    const argument = { anext: undefined, aclose: undefined, asend: value ?? undefined, athrow: made(error, value) };
    const target = this.generators[generator];
    try {
      const one = target[method](argument[method]);
      this.steps[step] = one;
      if (method === "anext" || method === "asend") this.resuming.add(step);
      this.stepsOf.set(target, [...(this.stepsOf.get(target) ?? []), step]);
    } catch (failure) {
      this.log("make failed", failure);
    }
  }

  private renew(name: string): void {
    this.generators[name] = this.functions[name]!();
  }

  private dropGenerator(name: string): void {
    const steps = this.stepsOf.get(this.generators[name]) ?? [];
    if (steps.some((step) => this.pending.has(step))) return this.log("runs");
    for (const step of steps) this.steps[step] = undefined;
    this.dropped = new WeakRef(this.generators[name]);
    this.renew(name);
  }

  /** Until the one that was dropped is gone, and has been closed. */
  private async collect(): Promise<void> {
    await collectUntil(() => this.dropped?.deref() === undefined);
    await collectUntil(() => false, 2);
  }

  private setHooks(hooks: (Operation & { kind: "hooks" })["hooks"]): void {
    if (hooks === "default") return api.setAsyncGeneratorHooks(defaultHooks);
    if (hooks === "quiet") return api.setAsyncGeneratorHooks({ firstIter: null, finalizer: defaultHooks.finalizer });
    const fail = (): never => {
      throw new E("hook");
    };
    const told = (what: string) => (generator: AsyncGenerator) => this.log(what, nameOf(generator));
    api.setAsyncGeneratorHooks({ firstIter: hooks === "fails" ? fail : told("first"), finalizer: told("finalized") });
  }

  private readonly report = ({ message, exception, asyncGenerator }: any): void => {
    if (message.includes("nobody refers to")) this.background.push(show(exception));
    else this.reports.push(`${nameOf(asyncGenerator)} ${show(exception)}`);
  };

  /** In Python it is the default hook that warns. */
  private readonly warn = ({ message }: { message: string }): void => {
    if (api.getAsyncGeneratorHooks().firstIter === defaultHooks.firstIter) this.log("warned", message.split(" ")[2]);
  };

  private tell(): void {
    for (const line of this.reports.sort()) this.log("report", line);
    for (const line of this.background.sort()) this.log("background", line);
  }

  /** Once more only where CPython marks what was awaited as used: a step that is under way and `athrow` and `aclose` go on there. */
  private start(step: number): void {
    if (this.steps[step] === undefined) return;
    const isAgain = this.started.has(step);
    if (isAgain && (this.pending.has(step) || !this.resuming.has(step))) return;
    this.started.add(step);
    this.pending.add(step);
    const settled = (name: string) => (value: unknown) => {
      this.pending.delete(step);
      this.log(name, value);
    };
    this.steps[step].promise().then(settled(`step ${step}`), settled(`step ${step} failed`));
  }

  private open(at: number, value: number, fails: boolean): void {
    const [gate] = this.gates.splice(at % this.gates.length, 1);
    if (fails) gate?.reject(made("E", value));
    else gate?.resolve(value);
  }

  async main(): Promise<readonly string[]> {
    api.configureAsyncGenerators({ onError: this.report, onWarning: this.warn });
    for (const operation of this.program.operations) {
      this.log(operation.kind);
      this.perform(operation);
      if (operation.kind === "drop") await this.collect();
      await settle();
      this.states();
    }
    for (let count = 0; count < 30; count++) {
      this.open(0, 0, false);
      await settle();
    }
    this.states();
    this.tell();
    api.setAsyncGeneratorHooks(defaultHooks);
    // The next program's shutdown is not about these.
    api.configureAsyncGenerators({ onError: () => {}, onWarning: () => {} });
    const lines = [...this.lines];
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 1, rounds: 4 });
    api.resetAsyncGeneratorShutdown();
    return lines;
  }
}

const defaultHooks = api.getAsyncGeneratorHooks();

const nameOf = (generator: unknown): string => api.inspectAsyncGenerator(generator).name;

/** As `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers(): Gate {
  let settling!: Omit<Gate, "promise">;
  const promise = new Promise<unknown>((resolve, reject) => {
    settling = { resolve, reject };
  });
  return { promise, ...settling };
}

function inPython(programs: readonly Program[], python: string): string[][] {
  const script = fileURLToPath(new URL("interpreter.py", import.meta.url));
  const input = JSON.stringify(programs);
  const ran = spawnSync(python, ["-W", "ignore", script], { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (ran.status !== 0) refuse(usage, ran.error?.message ?? ran.stderr.trim());
  return JSON.parse(ran.stdout);
}

function difference(program: Program, actual: readonly string[], expected: readonly string[]): string | undefined {
  const at = Array.from({ length: Math.max(actual.length, expected.length) }, (_, index) => index).find(
    (index) => actual[index] !== expected[index],
  );
  if (at === undefined) return undefined;
  const from = (log: readonly string[]): string => log.slice(at, at + 5).join("\n  ");
  const before = expected.slice(Math.max(0, at - 12), at).join("\n");
  const operations = program.operations.map((each) => JSON.stringify(each)).join("\n");
  return `${program.js}\n\n${operations}\n\n${before}\nCPython:\n  ${from(expected)}\naclose:\n  ${from(actual)}`;
}

async function main(): Promise<number> {
  const {
    seed,
    index: only,
    failures,
    ...values
  } = argumentsOf(usage, {
    count: number(500),
    seed: number(1),
    index: number(undefined),
    python: text("python3"),
    failures: number(3),
  }).values;
  const first = only ?? 0;
  const count = only === undefined ? values.count : 1;
  const programs = Array.from({ length: count }, (_, index) => programOf(seed, first + index));
  const expected = inPython(programs, values.python);
  let failed = 0;
  for (const [index, program] of programs.entries()) {
    for (const options of modes) {
      const found = difference(program, await new Run(program, options).main(), expected[index]!);
      if (found === undefined) continue;
      console.log(`════ seed ${seed}, index ${first + index}, ${JSON.stringify(options)}\n${found}\n`);
      failed++;
      break;
    }
    if (failed === failures) break;
  }
  console.log(`seed ${seed}: ${count} programs, ${failed} differ from CPython`);
  return failed > 0 ? 1 : 0;
}

// Generators that never close must not keep the process.
process.exit(await main());
