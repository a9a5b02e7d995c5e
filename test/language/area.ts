/** Behaviour cases by area, each compared with the native engine under every driver, in strict and in sloppy mode. */

import { expect } from "chai";
import { type Compile, loadCompiler } from "../support/compilers.js";
import { drivers, script } from "../support/drivers.js";
import { deviations, throwsInto } from "../support/engine.js";
import { type CompareOptions, compare, record, report } from "../support/oracle.js";
import { withoutUsing } from "../support/without-using.js";

interface Details {
  readonly source: string;
  /** Where strict mode forbids the program. */
  readonly sloppyOnly?: boolean;
  /** Why compiled functions stay native in this case. */
  readonly staysNative?: RegExp;
  /** With `using`, which Node 20 cannot parse: what runs natively is TypeScript's own lowering, whose turns differ. */
  readonly using?: boolean;
  /** In TypeScript: what runs natively is what that makes of it. */
  readonly typed?: boolean;
  /** Delegates to synchronous iterators without `throw`: Node 20 does not close them, as the standard now says. */
  readonly closesAdapted?: boolean;
}

/** The text of a program that defines `main`, or only the body of `async function* main()`. */
export type Case = string | Details;

const details = (given: Case): Details => (typeof given === "string" ? { source: given } : given);

const definesMain = /\b(?:function\s*\*?|const|let|var|class)\s+main\b|\bmain\s*=/;

function programText(source: string, strict: boolean): string {
  const program = definesMain.test(source) ? source : `async function* main() {\n${source}\n}`;
  return strict ? `"use strict";\n${program}` : program;
}

/** A build for Node 20: what our compiler leaves alone, tsc lowers after it. */
const thenWithoutUsing =
  (compile: Compile): Compile =>
  (source, request) => {
    const { code, problems } = compile(source, request);
    return { code: withoutUsing(code) ?? code, problems };
  };

const asTypeScript =
  (compile: Compile): Compile =>
  (source, request) =>
    compile(source, { ...request, fileName: "input.ts" });

/** Takes note of what stays native on purpose, so that it does not count as a difference. */
function expecting(compile: Compile, staysNative: RegExp | undefined): Compile {
  if (!staysNative) return compile;
  return (source, request) => {
    const { code, problems } = compile(source, request);
    expect(
      problems.some((problem) => staysNative.test(problem)),
      `stays native: ${staysNative}`,
    ).to.equal(true);
    return { code, problems: problems.filter((problem) => !staysNative.test(problem)) };
  };
}

const withoutThrow = drivers.filter((driver) => !throwsInto(driver));

async function check(given: Details, strict: boolean, compile: Compile): Promise<void> {
  const source = programText(given.source, strict);
  const isLowered = given.using || given.typed;
  const reference = (isLowered && withoutUsing(source)) || source;
  const [first] = await record(reference, script("next"));
  expect(first?.text ?? "", "the case itself must be right").not.to.match(/^program threw/);
  const own = given.typed ? asTypeScript(compile) : compile;
  const build = expecting(isLowered ? thenWithoutUsing(own) : own, given.staysNative);
  const judged = given.closesAdapted && (await deviations()).keepsAdaptedOpen ? withoutThrow : drivers;
  const options: CompareOptions = { compile: build, reference, timed: !given.using, drivers: judged };
  const difference = await compare(source, options);
  if (difference) throw new Error(`${strict ? "strict" : "sloppy"} mode\n${source}\n\n${report(difference)}`);
}

export function area(name: string, cases: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    let compile: Compile;
    before(async () => {
      compile = await loadCompiler((process.env.ACLOSE_JUDGED as "identity" | undefined) ?? "aclose");
    });
    for (const [title, given] of Object.entries(cases)) {
      it(title, async () => {
        await check(details(given), false, compile);
        if (!details(given).sloppyOnly) await check(details(given), true, compile);
      });
    }
  });
}

/** One case for each value, for families that differ in one place. */
export function each<T extends string>(
  values: readonly T[],
  title: (value: T) => string,
  source: (value: T) => Case,
): Record<string, Case> {
  return Object.fromEntries(values.map((value) => [title(value), source(value)]));
}
