/** The compilers that are compared, and the files that they make. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync as babel } from "@babel/core";
import { transformSync as swc } from "@swc/core";
import { transformSync as esbuild } from "esbuild";
import ts from "typescript";
import { type Options, transform } from "../transformer/index.js";
import { workloads } from "./workloads.js";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Everything generated goes where nobody commits it. */
export const cache = join(here, "../node_modules/.cache/aclose-bench");

export interface Variant {
  readonly name: string;
  readonly title: string;
  /** Whether it is a way in which aclose compiles. */
  readonly isOwn: boolean;
  /** Whether the function that reads the generators is compiled too. */
  readonly compilesConsumer: boolean;
  readonly compile: (source: string, fileName: string) => string;
}

const runtime = "../dist/node/runtime.mjs";
const aclose = (options: Options) => (source: string, fileName: string) => {
  const { code, diagnostics } = transform(source, {
    fileName,
    runtime: { specifier: runtime },
    sourceMap: false,
    ...options,
  });
  if (diagnostics.length > 0) throw new Error(`${fileName}: ${diagnostics[0]!.message}`);
  return code;
};

const variant = (
  name: string,
  title: string,
  compile: Variant["compile"],
  { isOwn = false, compilesConsumer = false } = {},
): Variant => ({ name, title, isOwn, compile, compilesConsumer });

export const variants: readonly Variant[] = [
  variant("native", "native", (source) => source),
  variant("spec", "aclose spec", aclose({ consumers: false }), { isOwn: true }),
  variant("spec-c", "spec c", aclose({}), { isOwn: true, compilesConsumer: true }),
  variant("fused", "aclose fused", aclose({ ticks: "fused", consumers: false }), { isOwn: true }),
  variant("fused-c", "fused c", aclose({ ticks: "fused" }), { isOwn: true, compilesConsumer: true }),
  variant(
    "typescript",
    "TypeScript",
    (source) =>
      ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2017, module: ts.ModuleKind.ESNext } })
        .outputText,
  ),
  variant(
    "babel",
    "Babel",
    (source, filename) =>
      babel(source, {
        filename,
        configFile: false,
        babelrc: false,
        presets: [["@babel/preset-env", { targets: "IE 11", modules: false }]],
      })!.code!,
  ),
  variant("esbuild", "esbuild", (source) => esbuild(source, { target: "es2017", format: "esm" }).code),
  variant(
    "swc",
    "swc",
    (source, filename) =>
      swc(source, {
        filename,
        configFile: false,
        swcrc: false,
        jsc: { target: "es2017", parser: { syntax: "ecmascript" } },
        module: { type: "es6" },
      }).code,
  ),
  variant("beside", "native, runtime loaded", (source) => `import "${runtime}";\n${source}`),
];

/** The same without the hooks that the runtime installs. */
export const unhooked = ({ name, title, compile, ...rest }: Variant): Variant => ({
  ...rest,
  name: `${name}-unhooked`,
  title: `${title}, no hooks`,
  compile: (source, fileName) =>
    `import { setAsyncGeneratorHooks } from "../dist/node/index.mjs";\nsetAsyncGeneratorHooks({ firstIter: null, finalizer: null });\n${compile(source, fileName)}`,
});

export const sourceOf = (workload: string): string => readFileSync(join(here, "workloads", `${workload}.js`), "utf8");

export const fileOf = (variant: string, workload: string): string => join(cache, variant, `${workload}.mjs`);

/** Writes the runtime, and every workload as each compiler makes it. */
export function writeVariants(): void {
  rmSync(cache, { recursive: true, force: true });
  copyRuntime();
  for (const variant of variants) for (const { name } of workloads) writeWorkload(variant, name);
}

/** Gives the file. */
export function writeWorkload({ name, compile }: Variant, workload: string): string {
  const file = fileOf(name, workload);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, compile(sourceOf(workload), `${workload}.js`));
  return file;
}

/** The runtime as users get it, in a copy, so that a build in the meantime changes nothing. */
function copyRuntime(): void {
  const root = join(here, "..");
  execFileSync(process.execPath, ["scripts/build.mjs", "--if-stale"], { cwd: root, stdio: "inherit" });
  cpSync(join(root, "dist"), join(cache, "dist"), { recursive: true });
}

/** Names of variants whose files are the same as those of an earlier one, with the name of that. */
export function duplicates(): Map<string, string> {
  const seen = new Map<string, string>();
  const found = new Map<string, string>();
  for (const { name } of variants) {
    if (name === "beside") continue;
    const text = workloads.map((workload) => readFileSync(fileOf(name, workload.name), "utf8")).join("\0");
    const same = seen.get(text);
    if (same !== undefined) found.set(name, same);
    else seen.set(text, name);
  }
  return found;
}
