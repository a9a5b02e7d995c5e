/** What a process is to judge. */

import { type CompilerName, loadCompiler } from "../test/support/compilers.js";
import { heading, type ModuleFormat, modulesIn } from "../test/support/modules.js";
import { type FuzzCase, generate } from "./generate.js";
import type { Judging } from "./judge.js";
import { type Layout, layOut } from "./layouts.js";

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

export async function programOf(work: Work, index: number): Promise<FuzzCase> {
  const { source, drivers } = generate({ ...work, index });
  // Names are the same in all modules; the rest is laid out in each.
  if (!work.modules || work.layout === "renamed") return { source: await layOut(source, work.layout), drivers };
  const texts: string[] = [];
  for (const [name, text] of modulesIn(source)) texts.push(heading(name) + (await layOut(text, work.layout)));
  return { source: texts.join("\n"), drivers };
}

export const syntaxOf = (layout: Layout): Judging["syntax"] =>
  layout === "typed" ? "ts" : layout === "jsx" ? "jsx" : undefined;

export const judgingOf = async ({ compiler, ticks, using, layout, modules }: Work): Promise<Judging> => ({
  compile: await loadCompiler(compiler),
  ticks,
  using,
  syntax: syntaxOf(layout),
  modules,
});
