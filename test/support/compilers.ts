/**
 * The compilers that a judge can judge: ours, and two that show that the judge itself works. `identity` must never
 * differ from native; `broken` must always be caught.
 */

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import type { PluginItem } from "@babel/core";
import { build } from "esbuild";
import ts from "typescript";

export interface CompileRequest {
  readonly fileName?: string;
  readonly module?: "script" | "esm";
  readonly ticks?: "spec" | "fused";
  /** What TypeScript lowers to in the same run. */
  readonly target?: ts.ScriptTarget;
  /** What TypeScript makes of a module, which imports the runtime. */
  readonly output?: ts.ModuleKind;
}

export interface Compiled {
  readonly code: string;
  /** Async generators that were left native, with the reason, and syntax diagnostics. */
  readonly problems: readonly string[];
}

export type Compile = (source: string, request?: CompileRequest) => Compiled;

/** `debug` and `annotate` are ours with that option, `tsc` ours as TypeScript's plugin, `babel` as Babel's. */
export const compilerNames = ["aclose", "debug", "annotate", "tsc", "babel", "identity", "broken"] as const;
export type CompilerName = (typeof compilerNames)[number];

const runtimeFolder = fileURLToPath(new URL("../../runtime/", import.meta.url));

/** Generators that a program abandons must not be closed in the middle of a later program, nor at the end of the process. */
const quiet = `import "./global.ts";
import { setAsyncGeneratorHooks } from "./hooks.ts";
setAsyncGeneratorHooks({ firstIter: null, finalizer: null });`;

/** The text of the classic script that defines `__aclose`, bundled from the sources so that it is never stale. */
export async function runtimeScript(entry = `import "./global.ts";`): Promise<string> {
  const result = await build({
    stdin: { contents: entry, resolveDir: runtimeFolder, loader: "ts" },
    bundle: true,
    // The package declares itself free of side effects; the entry is nothing else.
    ignoreAnnotations: true,
    format: "iife",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return result.outputFiles[0]!.text;
}

async function ours(name: CompilerName): Promise<Compile> {
  const { transform } = await import("../../transformer/index.js");
  return (source, { target: _, output, ...request } = {}) => {
    const result = transform(source, {
      fileName: "input.js",
      include: "all",
      runtime: output === undefined ? { global: "__aclose" } : { specifier: "aclose/runtime" },
      module: "script",
      sourceMap: false,
      debug: name === "debug",
      annotate: name === "annotate",
      ...request,
    });
    const errors = result.diagnostics.filter((each) => each.severity === "error");
    const native = result.functions.filter((each) => !each.rewritten);
    return {
      code: result.code,
      problems: [
        ...errors.map((each) => `${each.code}: ${each.message}`),
        ...native.map((each) => `${each.name || "anonymous"} stays native: ${each.reason}`),
      ],
    };
  };
}

/** What the plugin puts back into TypeScript's tree, and TypeScript prints. */
async function plugin(): Promise<Compile> {
  const { createTransformer } = await import("../../transformer/index.js");
  return (source, { fileName = "input.ts", ticks, target = ts.ScriptTarget.ESNext, output } = {}) => {
    const compilerOptions: ts.CompilerOptions = {
      target,
      module: output ?? ts.ModuleKind.None,
      // Imports stay that nothing uses: what they lead to is evaluated.
      verbatimModuleSyntax: output === ts.ModuleKind.ESNext,
      ignoreDeprecations: "6.0",
      alwaysStrict: false,
      jsx: ts.JsxEmit.Preserve,
    };
    const problems: string[] = [];
    const addDiagnostic = ({ messageText }: ts.Diagnostic) =>
      problems.push(ts.flattenDiagnosticMessageText(messageText, "\n"));
    const linkage = output === undefined ? ({ runtime: { global: "__aclose" }, module: "script" } as const) : {};
    const options = { include: "all", ...linkage, ticks } as const;
    const { outputText } = ts.transpileModule(source, {
      fileName,
      compilerOptions,
      transformers: { before: [createTransformer(ts, options, addDiagnostic)] },
    });
    return { code: outputText, problems };
  };
}

const jsxIn = (fileName: string) => (fileName.endsWith("x") ? (["jsx"] as const) : []);

/** What Babel prints of the compiled text that it has parsed. */
async function babel(): Promise<Compile> {
  const { transformSync } = await import("@babel/core");
  const plugin = createRequire(import.meta.url)("../../integrations/babel/index.cts") as PluginItem;
  return (source, { fileName = "input.js", ticks, output, module = "script" } = {}) => {
    const linkage = output === undefined ? { runtime: { global: "__aclose" }, module } : {};
    const presets = fileName.endsWith(".ts") ? [["@babel/preset-typescript", { allowDeclareFields: true }]] : [];
    const parserOpts = { plugins: ["decorators" as const, "decoratorAutoAccessors" as const, ...jsxIn(fileName)] };
    const plugins: PluginItem[] = [[plugin as never, { include: "all", ticks, ...linkage }]];
    const files = { filename: fileName, configFile: false, babelrc: false } as const;
    const sourceType = output === undefined ? "script" : "module";
    try {
      const { code } = transformSync(source, { ...files, parserOpts, sourceType, presets, plugins, compact: false })!;
      return { code: code!, problems: [] };
    } catch (error) {
      const refusal = /\b(?:TS|ACLOSE)\d+: [^\n]*/.exec((error as Error).message);
      if (refusal) return { code: source, problems: [refusal[0]] };
      throw error;
    }
  };
}

const identity: Compile = (code) => ({ code, problems: [] });

/** Makes the first `yield` one tick late: no defect of ours will be more subtle. */
const broken: Compile = (code) => ({ code: code.replace(/\byield(?!\s*\*|\w)/, "await null, yield"), problems: [] });

/** Loads a compiler, and for ours the runtime that its output needs, into this realm. */
export async function loadCompiler(name: CompilerName = "aclose"): Promise<Compile> {
  if (name === "identity") return identity;
  if (name === "broken") return broken;
  if (!("__aclose" in globalThis)) runInThisContext(await runtimeScript(quiet), { filename: "aclose.global.js" });
  if (name === "tsc") return plugin();
  return name === "babel" ? babel() : ours(name);
}
