/** Which files of a Test262 checkout are about async generators, and how each is to be run. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

export type Mode = "sloppy" | "strict" | "module" | "raw";

export interface TestFile {
  /** Relative to the checkout's `test` folder, with forward slashes. */
  readonly path: string;
  readonly source: string;
  readonly modes: readonly Mode[];
  readonly isAsync: boolean;
  readonly includes: readonly string[];
  readonly negative: { readonly phase: string; readonly type: string } | undefined;
}

/** Not part of the standard proper: what is staged, and ECMA-402. */
const excluded = new Set(["staging", "intl402"]);

/**
 * An async generator in any spelling: with comments between the words, with an escaped keyword (an early error
 * that must stay one), or made by the constructor.
 */
const asyncGenerator =
  /sync(?:\s|\/\*.*?\*\/|\/\/.*\n)*(?:function)?(?:\s|\/\*.*?\*\/|\/\/.*\n)*\*|AsyncGeneratorFunction/s;

/** A list of the front matter, in either of YAML's spellings. */
function list(frontMatter: string, name: string): string[] {
  const found = new RegExp(`^${name}:[ \\t]*(?:\\[([^\\]]*)\\]|((?:\\r?\\n[ \\t]*- .*)+))`, "m").exec(frontMatter);
  if (!found) return [];
  const items =
    found[1] !== undefined ? found[1].split(",") : found[2]!.split("\n").map((line) => line.replace(/^\s*- /, ""));
  return items.map((item) => item.trim()).filter(Boolean);
}

function negative(frontMatter: string): TestFile["negative"] {
  const block = /^negative:\s*\n((?:[ \t]+.*\n?)+)/m.exec(frontMatter)?.[1];
  if (!block) return undefined;
  return { phase: /phase:\s*(\w+)/.exec(block)![1]!, type: /type:\s*(\w+)/.exec(block)![1]! };
}

function modesOf(flags: readonly string[]): Mode[] {
  if (flags.includes("module")) return ["module"];
  if (flags.includes("raw")) return ["raw"];
  if (flags.includes("onlyStrict")) return ["strict"];
  if (flags.includes("noStrict")) return ["sloppy"];
  return ["sloppy", "strict"];
}

export function readTest(path: string, source: string): TestFile {
  const frontMatter = /\/\*---(.*?)---\*\//s.exec(source)?.[1] ?? "";
  const flags = list(frontMatter, "flags");
  return {
    path,
    source,
    modes: modesOf(flags),
    isAsync: flags.includes("async"),
    includes: list(frontMatter, "includes"),
    negative: negative(frontMatter),
  };
}

/** Every test with an async generator, in a stable order. */
export function selectTests(checkout: string, filter: string): TestFile[] {
  const root = join(checkout, "test");
  const tests: TestFile[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (folder !== root || !excluded.has(entry.name)) walk(file);
      } else if (entry.name.endsWith(".js") && !entry.name.includes("_FIXTURE")) {
        const path = relative(root, file).split(sep).join("/");
        if (!path.includes(filter)) continue;
        const source = readFileSync(file, "utf8");
        if (asyncGenerator.test(source)) tests.push(readTest(path, source));
      }
    }
  };
  walk(root);
  return tests;
}
