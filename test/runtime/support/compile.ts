import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import * as runtime from "../../../runtime/runtime.js";
import { type Options, transform } from "../../../transformer/index.js";

(globalThis as any).__acloseUnderTest = runtime;

/** How programs run when nothing else is said. The group `fused` of the tests runs suites of other groups once more. */
export const ticks = process.env["ACLOSE_TICKS"] === "fused" ? "fused" : "spec";

/**
 * Compiles a script that fills `exports`, and runs it against this very copy of the runtime. Throws when a generator
 * stays native.
 */
export function compileScript(path: string, url: string, options: Options = {}): any {
  const fileName = fileURLToPath(new URL(path, url));
  return compileText(readFileSync(fileName, "utf8"), { fileName, ...options });
}

/** The same for a text. */
export function compileText(text: string, { fileName = "text.js", ...options }: Options = {}): any {
  const { code, diagnostics, functions } = transform(text, {
    fileName,
    include: "all",
    runtime: { global: "__acloseUnderTest" },
    module: "script",
    sourceMap: false,
    ticks,
    ...options,
  });
  const native = functions.filter((each) => !each.rewritten);
  if (diagnostics.length > 0 || native.length > 0) throw new Error(JSON.stringify([diagnostics, native]));
  return run(code, fileName);
}

/** Runs a text as it is. */
export const runTextNatively = (text: string): any => run(text, "text.js");

/** Runs the same script as it is. */
export function runScriptNatively(path: string, url: string): any {
  const fileName = fileURLToPath(new URL(path, url));
  return run(readFileSync(fileName, "utf8"), fileName);
}

function run(code: string, filename: string): any {
  const exports = {};
  compileFunction(code, ["exports"], { filename })(exports);
  return exports;
}
