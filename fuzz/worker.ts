/** A process that judges every so many programs, or shrinks one. It tells which program it is at, in case that one ends it. */

import { type CompilerName, loadCompiler } from "../test/support/compilers.js";
import type { Driver } from "../test/support/drivers.js";
import { heading, type ModuleFormat, modulesIn } from "../test/support/modules.js";
import { type FuzzCase, generate } from "./generate.js";
import { type Failure, type Judging, judge } from "./judge.js";
import { type Layout, layOut } from "./layouts.js";
import { shrink } from "./shrink.js";

export interface Work {
  readonly compiler: CompilerName;
  readonly seed: number;
  readonly ticks: "spec" | "fused";
  readonly using: boolean;
  readonly layout: Layout;
  readonly modules?: ModuleFormat | undefined;
  /** Judge these indexes … */
  readonly range?: { readonly from: number; readonly to: number; readonly step: number };
  /** … or shrink what failed at one. */
  readonly shrink?: { readonly index: number; readonly seconds: number };
}

export type Message =
  | { readonly kind: "at"; readonly index: number }
  | { readonly kind: "failure"; readonly index: number; readonly failure: Failure }
  | { readonly kind: "invalid"; readonly index: number }
  | { readonly kind: "smaller"; readonly source: string; readonly driver: Driver; readonly text: string };

const post = (message: Message): void => void process.send!(message);

async function programOf(work: Work, index: number): Promise<FuzzCase> {
  const { source, drivers } = generate({ ...work, index });
  // Names are the same in all modules; the rest is laid out in each.
  if (!work.modules || work.layout === "renamed") return { source: await layOut(source, work.layout), drivers };
  const texts: string[] = [];
  for (const [name, text] of modulesIn(source)) texts.push(heading(name) + (await layOut(text, work.layout)));
  return { source: texts.join("\n"), drivers };
}

async function judgeRange(work: Work, judging: Judging, { from, to, step }: NonNullable<Work["range"]>): Promise<void> {
  for (let index = from; index < to; index += step) {
    post({ kind: "at", index });
    const { source, drivers } = await programOf(work, index);
    const result = await judge(source, drivers, judging);
    if (result === "invalid") post({ kind: "invalid", index });
    else if (result !== "same") post({ kind: "failure", index, failure: result });
  }
}

async function shrinkOne(work: Work, judging: Judging, { index, seconds }: NonNullable<Work["shrink"]>): Promise<void> {
  const { source, drivers } = await programOf(work, index);
  const first = await judge(source, drivers, judging);
  if (typeof first === "string") return;
  let last = first;
  const fails = async (candidate: string, driver: Driver): Promise<boolean> => {
    const result = await judge(candidate, [driver], judging);
    // A compiler that crashes must not shrink into one that miscompiles, nor the other way round.
    if (typeof result === "string" || result.compiler !== first.compiler || result.started !== first.started)
      return false;
    last = result;
    return true;
  };
  post({ kind: "smaller", source, driver: first.driver, text: first.text });
  await shrink(
    source,
    first.driver,
    fails,
    (smaller, driver) => post({ kind: "smaller", source: smaller, driver, text: last.text }),
    performance.now() + seconds * 1000,
  );
}

process.once("message", async (work: Work) => {
  const judging: Judging = {
    compile: await loadCompiler(work.compiler),
    ticks: work.ticks,
    using: work.using,
    typed: work.layout === "typed",
    modules: work.modules,
  };
  if (work.range) await judgeRange(work, judging, work.range);
  if (work.shrink) await shrinkOne(work, judging, work.shrink);
  process.disconnect();
});
