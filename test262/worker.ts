/** A process that runs tests, one after the other, for `pool.ts`. A hanging test takes only this process with it. */

import vm from "node:vm";
import { type CompilerName, loadCompiler, runtimeScript } from "../test/support/compilers.js";
import { type Engine, execute } from "./execute.js";
import type { Mode, TestFile } from "./select.js";

export interface Setup {
  readonly checkout: string;
  readonly compiler: CompilerName;
}

export interface Task {
  readonly test: TestFile;
  readonly mode: Mode;
  readonly compiled: boolean;
}

const setup = JSON.parse(process.argv[2]!) as Setup;

// Tests reject promises on purpose, and some throw where nobody can catch it.
process.on("unhandledRejection", () => undefined);
process.on("uncaughtException", () => undefined);

async function engines(): Promise<(compiled: boolean) => Engine> {
  const { checkout, compiler } = setup;
  const native: Engine = { checkout, compile: await loadCompiler("identity"), runtime: undefined };
  const runtime =
    compiler === "aclose" ? new vm.Script(await runtimeScript(), { filename: "aclose.global.js" }) : undefined;
  const compiling: Engine = { checkout, compile: await loadCompiler(compiler), runtime };
  return (compiled) => (compiled ? compiling : native);
}

const engineFor = await engines();
process.on("message", ({ test, mode, compiled }: Task) => {
  void execute(test, mode, engineFor(compiled)).then((outcome) => process.send!(outcome));
});
process.send!("ready");
