/** What `aclose init` changes. Making the plan changes nothing. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { typescript as api, version } from "../../../transformer/index.js";
import {
  jestPattern,
  jestTransform,
  newViteConfig,
  withJestTransform,
  withPlugin,
  withTsLoader,
} from "./config-source.js";
import { read, type Value, withValue } from "./json.js";
import { dependenciesOf, majorOf, type Project } from "./project.js";

export interface Plan {
  /** New texts by file name. */
  readonly texts: Map<string, string>;
  /** What is done, a line each. */
  readonly done: string[];
  /** What the user must do. */
  readonly advice: string[];
}

/** The ts-patch for each TypeScript. TypeScript 7 has no plugins. */
const patches: Readonly<Record<number, string>> = { 5: "^3.3.0", 6: "^4.0.1" };
const classicApi = "^6.0.0";

export function makePlan(project: Project): Plan {
  return new Planner(project).run();
}

class Planner implements Plan {
  readonly texts = new Map<string, string>();
  readonly done: string[] = [];
  readonly advice: string[] = [];

  constructor(private readonly project: Project) {}

  run(): Plan {
    const { bundler, jest, usesEsbuild } = this.project;
    this.require("dependencies", "aclose", `^${version}`);
    if (bundler) this.addToBundler();
    if (jest) this.addToJest(jest);
    if (this.tscEmits()) this.addToTsc();
    else if (!bundler && !jest) {
      if (usesEsbuild)
        this.advice.push('Add `aclose()` from "aclose/unplugin/esbuild" to the plugins of your esbuild call.');
      else
        this.advice.push(
          "There is nothing here that compiles: run with `node --import aclose/register`, or `npx aclose build`.",
        );
    }
    return this;
  }

  /** Whether `tsc` writes what runs: where a bundler or ts-jest does, tsc only checks types. */
  private tscEmits(): boolean {
    const { tsconfig, typescript, bundler, jest, manifest } = this.project;
    if (!tsconfig || !typescript || bundler) return false;
    const { compilerOptions } = read(this.text(tsconfig)) as { compilerOptions?: { noEmit?: boolean } };
    if (compilerOptions?.noEmit) return false;
    return !jest || Object.values(manifest.scripts ?? {}).some((script) => /\btsp?c\b/.test(script));
  }

  private text(name: string): string {
    const path = join(this.project.folder, name);
    return this.texts.get(name) ?? (existsSync(path) ? readFileSync(path, "utf8") : "");
  }

  private change(name: string, text: string, what: string): void {
    if (text === this.text(name)) return;
    this.texts.set(name, text);
    this.done.push(`${name}: ${what}`);
  }

  private set(name: string, path: (string | number)[], value: Value, what: string): void {
    this.change(name, withValue(this.text(name), path, value), what);
  }

  private require(kind: "dependencies" | "devDependencies", name: string, range: string): void {
    if (dependenciesOf(this.project.manifest)[name] === undefined)
      this.set("package.json", [kind, name], range, `${name} ${range} in ${kind}`);
  }

  private addToTsc(): void {
    const { typescript = "", manifest } = this.project;
    const major = majorOf(typescript);
    if (major >= 7) return this.addAfterTsc();
    const patch = patches[major];
    if (!patch) {
      this.advice.push(`TypeScript ${typescript} is not supported: install TypeScript 5.9 or newer.`);
      return;
    }
    this.addToPlugins();
    const known = manifest.devDependencies?.["ts-patch"] ?? manifest.dependencies?.["ts-patch"];
    if (known && majorOf(known) !== majorOf(patch))
      this.set(
        "package.json",
        ["devDependencies", "ts-patch"],
        patch,
        `ts-patch ${patch}, which fits TypeScript ${major}`,
      );
    else this.require("devDependencies", "ts-patch", patch);
    const { prepare } = manifest.scripts ?? {};
    if (prepare?.includes("ts-patch install")) return;
    const install = "ts-patch install -s";
    this.set(
      "package.json",
      ["scripts", "prepare"],
      prepare ? `${install} && ${prepare}` : install,
      `"prepare" patches tsc`,
    );
  }

  private addToPlugins(): void {
    const name = this.project.tsconfig as string;
    const { compilerOptions } = read(this.text(name)) as { compilerOptions?: { plugins?: { transform?: string }[] } };
    const plugins = compilerOptions?.plugins;
    if (plugins?.some(({ transform }) => transform === "aclose/transformer")) return;
    const entry = { transform: "aclose/transformer" };
    // First: another transformer's output has no positions.
    if (plugins) this.set(name, ["compilerOptions", "plugins", 0], entry, "the plugin, before the others");
    else this.set(name, ["compilerOptions", "plugins"], [entry], "the plugin");
  }

  private addAfterTsc(): void {
    const { manifest, tsconfig, folder } = this.project;
    this.require("devDependencies", "@typescript/typescript6", classicApi);
    const scripts = Object.entries(manifest.scripts ?? {});
    if (scripts.some(([, script]) => script.includes("aclose build"))) return;
    const [name, script] = scripts.find(([key, text]) => key === "build" && /\btsc\b/.test(text)) ?? [];
    const { outDir } = this.compilerOptions(join(folder, tsconfig as string));
    const command = `aclose build --in-place ${outDir ?? "<output folder>"}`;
    if (name === undefined || outDir === undefined)
      this.advice.push(`TypeScript 7 has no plugins: run \`${command}\` after tsc.`);
    else this.set("package.json", ["scripts", name], `${script} && ${command}`, `"${name}" compiles what tsc wrote`);
  }

  private compilerOptions(path: string): { outDir?: string } {
    const { config } = api.readConfigFile(path, api.sys.readFile) as {
      config?: { compilerOptions?: { outDir?: string } };
    };
    return config?.compilerOptions ?? {};
  }

  private addToBundler(): void {
    const { name, config } = this.project.bundler as NonNullable<Project["bundler"]>;
    const text = this.text(config);
    if (text.includes("aclose/unplugin") || text.includes("aclose/ts-loader")) return;
    const isModule = /\.m[jt]s$/.test(config) || (!/\.c[jt]s$/.test(config) && this.isModule(text));
    const isTsLoader = text.includes('"ts-loader"') || text.includes("'ts-loader'");
    const changed =
      text === ""
        ? newViteConfig
        : isTsLoader
          ? withTsLoader(text, config, isModule)
          : withPlugin(text, config, name, isModule);
    if (changed) this.change(config, changed, isTsLoader ? "the transformer for ts-loader" : `the plugin for ${name}`);
    else
      this.advice.push(
        `${config} has a form that is not known: add \`aclose()\` from "aclose/unplugin/${name}" first in its plugins.`,
      );
  }

  private isModule(text: string): boolean {
    return this.project.manifest.type === "module" || /^\s*(?:import|export)\b/m.test(text);
  }

  private addToJest(file: string): void {
    const text = this.text(file);
    if (text.includes("aclose/ts-jest")) return;
    if (file !== "package.json") {
      const changed = withJestTransform(text, file);
      if (changed) this.change(file, changed, "the transformer for ts-jest");
      else
        this.advice.push(
          `${file} has a form that is not known: add "aclose/ts-jest" to astTransformers.before of ts-jest.`,
        );
      return;
    }
    const { transform = {} } = this.project.manifest.jest as { transform?: Record<string, Value> };
    const isOurs = ([, value]: [string, Value]): boolean => (Array.isArray(value) ? value[0] : value) === "ts-jest";
    const [pattern = jestPattern, value] = Object.entries(transform).find(isOurs) ?? [];
    const [name, own] = jestTransform as [string, object];
    const given = Array.isArray(value) ? (value[1] as object) : {};
    this.set(file, ["jest", "transform", pattern], [name, { ...given, ...own }], "the transformer for ts-jest");
  }
}
