/** Whether a program behaves the same natively and compiled. */

import { Script } from "node:vm";
import ts from "typescript";
import type { Compile } from "../test/support/compilers.js";
import type { Driver } from "../test/support/drivers.js";
import { loaders, lowered, type ModuleFormat, mapModules, modulesIn, parsers } from "../test/support/modules.js";
import { compare, type Difference, nativeLog, report } from "../test/support/oracle.js";
import { withoutUsing } from "../test/support/without-using.js";

export interface Judging {
  readonly compile: Compile;
  readonly ticks: "spec" | "fused";
  /** Programs with `using`: where the engine does not know it, TypeScript's lowering stands in for both. */
  readonly using: boolean;
  /** Programs in TypeScript or with JSX: what it makes of them stands for the native ones, and it lowers what the compiler leaves. */
  readonly syntax?: "ts" | "jsx" | undefined;
  /** Programs of modules, in the format that they run in. */
  readonly modules?: ModuleFormat | undefined;
}

export interface Failure {
  readonly driver: Driver;
  readonly text: string;
  /** Whether the compiler itself failed: it threw, refused, or its output does not parse. */
  readonly compiler: boolean;
  /** Whether the native program got as far as its first request. */
  readonly started: boolean;
  /** What the compiled program did under the driver. */
  readonly compiled: readonly string[];
}

function syntaxErrorOf(source: string, modules?: ModuleFormat): string | undefined {
  try {
    if (modules) for (const text of modulesIn(source).values()) parsers[modules](text);
    else new Script(`(function () {${source}\n})`);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether this engine can parse it. */
export const isValid = (source: string, modules?: ModuleFormat): boolean =>
  syntaxErrorOf(source, modules) === undefined;

/** V8 refuses some valid destructuring assignments that stand among arguments, in programs and in compiled ones. */
const isRefusedByMistake = (source: string, modules?: ModuleFormat): boolean =>
  syntaxErrorOf(source, modules) === "Invalid destructuring assignment target";

/** TypeScript's parser takes some valid programs for arrow functions that have a mistake in them. */
const isRefusedByTypeScript = (problem: string): boolean => /^TS\d+: /.test(problem);

/** TypeScript prints some comments where they end the statement. */
function isSpoiltByTypeScript(source: string, modules?: ModuleFormat, syntax?: Judging["syntax"]): boolean {
  const printed = loweredProgram(source, true, modules, syntax);
  return printed === undefined || !isValid(printed, modules);
}

function failureOf(difference: Difference): Failure {
  const compiler = difference.problems.length > 0 || difference.compiled.some((line) => line.includes("program threw"));
  const started = !difference.native.some((line) => line.includes("program threw"));
  return { driver: difference.driver, text: report(difference), compiler, started, compiled: difference.compiled };
}

/** The text of a compiled function is another one, and programs print functions by chance. */
async function withoutFunctionTexts<T>(body: () => Promise<T>): Promise<T> {
  const { toString } = Function.prototype;
  Function.prototype.toString = () => "function";
  try {
    return await body();
  } finally {
    Function.prototype.toString = toString;
  }
}

const outputs = { esm: ts.ModuleKind.ESNext, commonjs: ts.ModuleKind.CommonJS };

/** What runs in the place of a program, native or compiled, that this engine does not take as it is. */
function loweredProgram(
  source: string,
  isLowered: boolean,
  modules?: ModuleFormat,
  syntax?: Judging["syntax"],
): string | undefined {
  if (!modules) return isLowered ? withoutUsing(source, syntax) : source;
  if (modules === "esm" && !isLowered) return source;
  const target = isLowered ? ts.ScriptTarget.ES2022 : ts.ScriptTarget.ESNext;
  try {
    return mapModules(source, (text) => lowered(text, outputs[modules], target));
  } catch {
    // TypeScript itself fails where a pattern assigns to an export and to a member.
    return undefined;
  }
}

/** Compiles each module of a program. */
function compileModules(compile: Compile, modules: ModuleFormat): Compile {
  return (source, request) => {
    const problems: string[] = [];
    const code = mapModules(source, (text) => {
      const compiled = compile(text, { ...request, module: "esm", output: outputs[modules] });
      problems.push(...compiled.problems);
      return compiled.code;
    });
    return { code, problems };
  };
}

const mustLower = ({ syntax, using }: Judging): boolean =>
  syntax !== undefined || (using && !isValid("{ using x = null; }"));

const recording = (judging: Judging) => ({
  timed: judging.ticks === "spec" && !(judging.using && mustLower(judging)),
  load: judging.modules && loaders[judging.modules],
});

/** Whether this engine does natively what the compiled program has done on another. */
export async function confirms({ driver, compiled }: Failure, source: string, judging: Judging): Promise<boolean> {
  const program = loweredProgram(source, mustLower(judging), judging.modules, judging.syntax);
  if (program === undefined || compiled.length === 0) return false;
  const native = await withoutFunctionTexts(() => nativeLog(program, driver, recording(judging)));
  return native.join("\n") === compiled.join("\n");
}

/** The first difference. `"invalid"` when there is nothing to compare with. */
export async function judge(
  source: string,
  drivers: readonly Driver[],
  judging: Judging,
): Promise<Failure | "same" | "invalid"> {
  const { compile, ticks, syntax, modules } = judging;
  const isLowered = mustLower(judging);
  const reference = loweredProgram(source, isLowered, modules, syntax);
  if (reference === undefined || !isValid(reference, modules)) return "invalid";
  try {
    const { code, problems } = (modules ? compileModules(compile, modules) : compile)(source, {
      ticks,
      ...(syntax && { target: ts.ScriptTarget.ES2022, fileName: `input.${syntax}` }),
    });
    const compiled = { code: loweredProgram(code, isLowered, modules, syntax) || code, problems };
    if (isRefusedByMistake(compiled.code, modules) || problems.some(isRefusedByTypeScript)) return "invalid";
    if (!isValid(compiled.code, modules) && isSpoiltByTypeScript(source, modules, syntax)) return "invalid";
    const options = {
      compile: () => compiled,
      drivers,
      reference,
      ticks,
      ...recording(judging),
    };
    const difference = await withoutFunctionTexts(() => compare(source, options));
    return difference ? failureOf(difference) : "same";
  } catch (thrown) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { driver: drivers[0]!, text: `the compiler threw\n${text}`, compiler: true, started: true, compiled: [] };
  }
}
