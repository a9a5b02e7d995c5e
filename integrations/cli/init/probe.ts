/** Compiles one small file as the project compiles its own: the only sure way to know whether the plugin runs. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { option, type PluginEntry } from "./tsconfig.js";

const source = `export async function* probe() {\n  "use aclose";\n  yield 1;\n}\n`;

export interface Probe {
  readonly works: boolean;
  /** What the compiler said. */
  readonly output: string;
}

/** Through the manifest, which every package lets be found: ts-patch 4 does not do so with the file itself. */
function programOf(config: string, name: string, command: string): string {
  const manifest = createRequire(config).resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: Record<string, string> };
  const program = bin[command];
  if (program === undefined) throw new Error(`the package ${name} has no ${command}`);
  return join(dirname(manifest), program);
}

/** Of a plugin in the project itself ts-patch looks for the file from the folder of the configuration that it compiles. */
function seenFrom(folder: string, entry: PluginEntry): PluginEntry {
  const { transform } = entry;
  return transform && /^\.{1,2}\//.test(transform) ? { ...entry, transform: resolve(folder, transform) } : entry;
}

/** `config`: the tsconfig.json, whose folder the package of the compiler is found from. */
export function probe(config: string, name: string, command: string): Probe {
  const folder = dirname(config);
  // Inside the project, so that its packages are found from there.
  const cache = join(folder, "node_modules/.cache");
  let place: string | undefined;
  try {
    mkdirSync(cache, { recursive: true });
    place = mkdtempSync(join(cache, "aclose-doctor-"));
    const path = programOf(config, name, command);
    const alone = {
      noEmit: false,
      emitDeclarationOnly: false,
      composite: false,
      incremental: false,
      // What goes without these is an error in other options, and its output is asked for all the same.
      noEmitOnError: false,
      rootDir: ".",
      outDir: "out",
      // These lead to files of the project, where the test file would be what is in them.
      outFile: null,
      declaration: false,
      declarationDir: null,
      types: [],
      plugins: option(config, "plugins")?.value.map((entry) => seenFrom(folder, entry)),
    };
    writeFileSync(join(place, "probe.ts"), source);
    writeFileSync(
      join(place, "tsconfig.json"),
      JSON.stringify({
        extends: config,
        compilerOptions: alone,
        files: ["probe.ts"],
        include: [],
        references: [],
      }),
    );
    const { stdout, stderr } = spawnSync(process.execPath, [path, "-p", place], { encoding: "utf8", cwd: folder });
    const output = (stdout + stderr).trim();
    const written = join(place, "out/probe.js");
    return { works: existsSync(written) && readFileSync(written, "utf8").includes("probe$step"), output };
  } catch (error) {
    return { works: false, output: (error as Error).message };
  } finally {
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  }
}

/** Undefined where it cannot be loaded: the probe says why. */
function compilerOf(config: string): typeof ts | undefined {
  try {
    return createRequire(config)("typescript") as typeof ts;
  } catch {
    return undefined;
  }
}

/** That no file is there yet: by then the rest of the configuration says nothing about where they are. */
const noInputs = 18003;

/**
 * What TypeScript says of the options of a configuration: it fails with that whatever it compiles. The probe's own options may be at odds
 * with others of the project, so what it says of them tells nothing.
 */
export function optionErrors(config: string): string {
  const folder = dirname(config);
  const api = compilerOf(config);
  if (!api) return "";
  const found: ts.Diagnostic[] = [];
  const host = {
    ...api.sys,
    getCurrentDirectory: () => folder,
    onUnRecoverableConfigFileDiagnostic: (each: ts.Diagnostic) => void found.push(each),
  };
  const parsed = api.getParsedCommandLineOfConfigFile(config, undefined, host);
  if (parsed) {
    const { fileNames: rootNames, options, projectReferences, errors } = parsed;
    found.push(...errors.filter(({ code }) => code !== noInputs));
    // ts-patch would run other plugins.
    options.plugins = undefined;
    if (rootNames.length > 0)
      found.push(...api.createProgram({ rootNames, options, projectReferences }).getOptionsDiagnostics());
  }
  return api
    .formatDiagnostics(found, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => folder,
      getNewLine: () => "\n",
    })
    .trim();
}
