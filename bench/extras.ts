/** What is measured besides speed: the first items, hooks, memory, size of emitted code, and time to compile it. */

import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { buildSync, transformSync } from "esbuild";
import { measure } from "./measure.js";
import { fileOf, sourceOf, unhooked, type Variant, writeWorkload } from "./variants.js";
import { coldWorkload, workloads } from "./workloads.js";

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const url = (variant: string, workload: string) => pathToFileURL(fileOf(variant, workload)).href;

export interface Cold {
  /** Nanoseconds, of the best sample. */
  readonly load: number;
  readonly time: number;
}

/** The first items after loading, each sample in a process of its own; the variants take turns. */
export async function measureCold(
  node: string,
  variants: readonly Variant[],
  rounds: number,
): Promise<Record<string, Cold>> {
  const best = new Map<string, Cold>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, compilesConsumer } of variants) {
      const generators = url(name, coldWorkload.name);
      const consumer = compilesConsumer ? generators : url("native", coldWorkload.name);
      const { stdout } = await run(node, [script("./cold.js"), generators, consumer, String(coldWorkload.n)]);
      const { load, time } = JSON.parse(stdout);
      const before = best.get(name) ?? { load: Infinity, time: Infinity };
      best.set(name, { load: Math.min(load, before.load), time: Math.min(time, before.time) });
    }
  }
  return Object.fromEntries(best);
}

/** Processes of each variant: how an engine optimizes differs from one to the next by as much as the hooks may cost. */
const HOOK_PROCESSES = 5;

/**
 * What the default hooks cost a generator with a `finally` that a `break` closes, by variant: time without hooks / time with them.
 * Each time is the median, over several processes that take turns, of the best sample.
 */
export async function measureHooks(
  node: string,
  native: Variant,
  variants: readonly Variant[],
  rounds: number,
): Promise<Record<string, number>> {
  const workload = workloads.filter(({ name }) => name === "early-break");
  const others = variants.map(unhooked);
  for (const each of others) writeWorkload(each, "early-break");
  const plan = { node, workloads: workload, variants: [native, ...variants, ...others], rounds, warmUp: 10 };
  const bests = new Map<string, number[]>(plan.variants.map(({ name }) => [name, []]));
  for (let i = 0; i < HOOK_PROCESSES; i++) {
    const samples = (await measure({ ...plan, processes: 1, together: false })).get("early-break")!;
    for (const [name, times] of samples) bests.get(name)!.push(Math.min(...times));
  }
  const time = ({ name }: Variant) => bests.get(name)!.sort((a, b) => a - b)[HOOK_PROCESSES >> 1]!;
  return Object.fromEntries(variants.map((each, i) => [each.name, time(others[i]!) / time(each)]));
}

export interface Memory {
  readonly suspendedAtYield: number;
  readonly suspendedAtAwait: number;
}

/** Bytes for each live generator. */
export async function measureMemory(node: string, variants: readonly Variant[]): Promise<Record<string, Memory>> {
  const figures: Record<string, Memory> = {};
  for (const variant of variants) {
    const { name } = variant;
    const waiting = writeWorkload(variant, "waiting");
    const { stdout } = await run(node, [
      "--expose-gc",
      script("./memory.js"),
      url(name, "yield-loop"),
      pathToFileURL(waiting).href,
    ]);
    figures[name] = JSON.parse(stdout);
  }
  return figures;
}

export interface Size {
  readonly raw: number;
  readonly gzip: number;
  /** Milliseconds to compile it, warm. */
  readonly compileTime: number;
}

/** All workloads as one module, as an application would have them. */
function wholeSource(): string {
  const parts = workloads.map(({ name }) =>
    sourceOf(name)
      .replace(/^"use aclose";\n/, "")
      .replace(/\brun\(/, `run_${name.replaceAll("-", "_")}(`),
  );
  return `"use aclose";\n${parts.join("")}`;
}

const packed = (text: string): number =>
  gzipSync(transformSync(text, { minify: true, format: "esm", target: "es2022" }).code).length;

/** The size of what the compilers make of all workloads, with the helpers that they put into it. */
export function measureSizes(variants: readonly Variant[]): Record<string, Size> {
  const source = wholeSource();
  return Object.fromEntries(
    variants.map(({ name, compile }) => {
      let compileTime = Infinity;
      let code = "";
      for (let i = 0; i < 7; i++) {
        const start = performance.now();
        code = compile(source, "whole.js");
        compileTime = Math.min(compileTime, performance.now() - start);
      }
      return [name, { raw: Buffer.byteLength(code), gzip: packed(code), compileTime }];
    }),
  );
}

/** Bytes, minified and compressed, of what the emitted code of a variant needs of the runtime. */
export function measureRuntimeSize({ compile }: Variant): number {
  const names = new Set([...compile(wholeSource(), "whole.js").matchAll(/\$aclose\.(\w+)/g)].map((match) => match[1]));
  const { outputFiles } = buildSync({
    stdin: {
      contents: `export { ${[...names].join(", ")} } from "./runtime.ts";`,
      resolveDir: script("../runtime"),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    minify: true,
    write: false,
    treeShaking: true,
  });
  return gzipSync(outputFiles[0]!.contents).length;
}
