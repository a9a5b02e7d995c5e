/** Whether a program behaves the same natively and compiled. */

import { Script } from "node:vm";
import ts from "typescript";
import type { Compile } from "../test/support/compilers.js";
import type { Driver } from "../test/support/drivers.js";
import { compare, type Difference, report } from "../test/support/oracle.js";

export interface Judging {
  readonly compile: Compile;
  readonly ticks: "spec" | "fused";
  /** Programs with `using`: the engine may not know it, and TypeScript's lowering stands in for both. */
  readonly using: boolean;
}

export interface Failure {
  readonly driver: Driver;
  readonly text: string;
  /** Whether the compiler itself failed: it threw, refused, or its output does not parse. */
  readonly compiler: boolean;
}

/** Whether this engine can parse it. V8 refuses some valid destructuring assignments. */
export function isValid(source: string): boolean {
  try {
    new Script(`(function () {${source}\n})`);
    return true;
  } catch {
    return false;
  }
}

const withoutUsing = (source: string): string =>
  ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.None } })
    .outputText;

function failureOf(difference: Difference): Failure {
  const compiler = difference.problems.length > 0 || difference.compiled.some((line) => line.includes("program threw"));
  return { driver: difference.driver, text: report(difference), compiler };
}

/** The first difference. `"invalid"` when there is nothing to compare with. */
export async function judge(
  source: string,
  drivers: readonly Driver[],
  { compile, ticks, using }: Judging,
): Promise<Failure | "same" | "invalid"> {
  const reference = using ? withoutUsing(source) : source;
  if (!isValid(reference)) return "invalid";
  const build: Compile = (text, request) => {
    const { code, problems } = compile(text, request);
    return { code: using ? withoutUsing(code) : code, problems };
  };
  try {
    const difference = await compare(source, {
      compile: build,
      drivers,
      reference,
      ticks,
      timed: ticks === "spec" && !using,
    });
    return difference ? failureOf(difference) : "same";
  } catch (thrown) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { driver: drivers[0]!, text: `the compiler threw\n${text}`, compiler: true };
  }
}
