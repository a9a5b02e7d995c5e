/** Runs one Test262 test once, in this process. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import vm from "node:vm";
import type { Compile } from "../test/support/compilers.js";
import { createRealm, type Host } from "./realm.js";
import type { Mode, TestFile } from "./select.js";

export interface Outcome {
  readonly pass: boolean;
  /** Why it failed. */
  readonly detail: string;
  /** What the compiler said about it. */
  readonly problems: readonly string[];
}

export interface Engine {
  readonly checkout: string;
  readonly compile: Compile;
  readonly runtime: vm.Script | undefined;
}

type Phase = "parse" | "resolution" | "runtime";

/** An error of the test itself, with the phase that raised it. */
class Raised {
  constructor(
    readonly phase: Phase,
    readonly error: unknown,
  ) {}
}

/**
 * The harness stays native also in the compiled run: it is the measuring instrument. Its files are the same in every
 * run, so their scripts are compiled by V8 once.
 */
const harnessScripts = new Map<string, vm.Script>();

function harnessScript(checkout: string, name: string): vm.Script {
  let script = harnessScripts.get(name);
  if (!script) {
    const filename = join(checkout, "harness", name);
    script = new vm.Script(readFileSync(filename, "utf8"), { filename });
    harnessScripts.set(name, script);
  }
  return script;
}

async function inPhase<T>(phase: Phase, body: () => T | Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw new Raised(phase, error);
  }
}

/** The modules of one run, by file. Each is compiled, linked and evaluated once, also when imported twice at a time. */
class ModuleGraph {
  private readonly modules = new Map<string, vm.SourceTextModule>();
  private readonly evaluated = new Map<vm.SourceTextModule, Promise<void>>();

  constructor(private readonly compile: Compile) {}

  parse(file: string, source: string, context: vm.Context): vm.SourceTextModule {
    const { code } = this.compile(source, { module: "esm", fileName: file });
    const module = new vm.SourceTextModule(code, {
      context,
      identifier: file,
      importModuleDynamically: ((specifier: string) => this.load(specifier, file, context)) as never,
    });
    this.modules.set(file, module);
    return module;
  }

  private resolve(specifier: string, referrer: string, context: vm.Context): vm.SourceTextModule {
    const file = join(dirname(referrer), specifier);
    return this.modules.get(file) ?? this.parse(file, readFileSync(file, "utf8"), context);
  }

  async link(module: vm.SourceTextModule, context: vm.Context): Promise<void> {
    if (module.status === "unlinked")
      await module.link((specifier, from) => this.resolve(specifier, from.identifier, context));
  }

  evaluate(module: vm.SourceTextModule, context: vm.Context): Promise<void> {
    let promise = this.evaluated.get(module);
    if (!promise) {
      promise = this.link(module, context).then(() => module.evaluate() as Promise<void>);
      this.evaluated.set(module, promise);
    }
    return promise;
  }

  async load(specifier: string, referrer: string, context: vm.Context): Promise<vm.SourceTextModule> {
    const module = this.resolve(specifier, referrer, context);
    await this.evaluate(module, context);
    return module;
  }
}

/** Resolves when the test has printed its verdict; also when it cannot any more. */
async function untilPrinted(printed: () => boolean, source: string): Promise<void> {
  // Only these can come back after the microtask queue is empty.
  const outside = /\bimport\b|Atomics|FinalizationRegistry|\$262\.agent/.test(source);
  const end = performance.now() + (outside ? 2000 : 0);
  for (let turn = 0; !printed() && (turn < 5 || performance.now() < end); turn++) await new Promise(setImmediate);
}

async function evaluate(
  test: TestFile,
  source: string,
  mode: Mode,
  engine: Engine,
  host: Host,
  graph: ModuleGraph,
): Promise<void> {
  const file = join(engine.checkout, "test", test.path);
  const context = createRealm(host);
  if (mode !== "raw") {
    const names = ["assert.js", "sta.js", ...(test.isAsync ? ["doneprintHandle.js"] : []), ...test.includes];
    for (const name of names) harnessScript(engine.checkout, name).runInContext(context);
  }
  if (mode === "module") {
    const module = await inPhase("parse", () => graph.parse(file, source, context));
    await inPhase("resolution", () => graph.link(module, context));
    await inPhase("runtime", () => graph.evaluate(module, context));
    return;
  }
  const { code } = host.compile(source, { module: "script", fileName: file });
  const importModuleDynamically = ((specifier: string) => graph.load(specifier, file, context)) as never;
  const script = await inPhase("parse", () => new vm.Script(code, { filename: file, importModuleDynamically }));
  await inPhase("runtime", () => {
    script.runInContext(context);
  });
}

const errorName = (error: any): string => error?.constructor?.name ?? error?.name ?? String(error);

function describeError(error: any): string {
  try {
    return Object(error) === error ? `${errorName(error)}: ${String(error.message)}` : String(error);
  } catch {
    return "an error that cannot be read";
  }
}

function verdict(test: TestFile, raised: Raised | undefined, messages: readonly unknown[]): string {
  if (test.negative) {
    const { phase, type } = test.negative;
    if (!raised) return `expected ${type} in the ${phase} phase, nothing was thrown`;
    if (raised.phase === phase && errorName(raised.error) === type) return "";
    return `expected ${type} in the ${phase} phase, got ${describeError(raised.error)} in the ${raised.phase} phase`;
  }
  if (raised) return `${raised.phase} phase: ${describeError(raised.error)}`;
  if (!test.isAsync) return "";
  if (messages.length === 0) return "never finished";
  const failure = messages.find((message) => message !== "Test262:AsyncTestComplete");
  return failure === undefined ? "" : String(failure);
}

/** Runs a test in a fresh realm. */
export async function execute(test: TestFile, mode: Mode, engine: Engine): Promise<Outcome> {
  const source = mode === "strict" ? `"use strict";\n${test.source}` : test.source;
  const messages: unknown[] = [];
  const problems: string[] = [];
  const compile: Compile = (text, request) => {
    const compiled = engine.compile(text, request);
    problems.push(...compiled.problems);
    return compiled;
  };
  const graph = new ModuleGraph(compile);
  const file = join(engine.checkout, "test", test.path);
  const host: Host = {
    compile,
    runtime: engine.runtime,
    print: (message) => {
      messages.push(message);
    },
    importModule: (specifier, _referrer, context) => graph.load(specifier, file, context),
  };
  let raised: Raised | undefined;
  try {
    await evaluate(test, source, mode, engine, host, graph);
    if (test.isAsync) await untilPrinted(() => messages.length > 0, source);
  } catch (error) {
    raised = error instanceof Raised ? error : new Raised("runtime", error);
  }
  const detail = verdict(test, raised, messages);
  return { pass: detail === "", detail, problems };
}
