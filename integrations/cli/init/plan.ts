/** What `aclose init` changes. Making the plan changes nothing. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { version } from "../../../transformer/version.js";
import { UsageError } from "../exit.js";
import { toPosix } from "../files.js";
import { type BabelConfig, babelPlugin, hasBabelPlugin, newBabelConfig, parcelResolver } from "./babel.js";
import {
  hasProjects,
  newViteConfig,
  withBabelPlugin,
  withJestTransform,
  withPlugin,
  withTsLoader,
} from "./config-source.js";
import { liveText } from "./config-values.js";
import { entryOver, type JestOptions, jestTransformer, withTransformer } from "./jest.js";
import { read, type Value, valueAt, withValue } from "./json.js";
import {
  asksForRuntime,
  callsTspc,
  dependenciesOf,
  emits,
  majorOf,
  uncompiledWatches,
  withoutPatch,
} from "./manifest.js";
import { type Bundler, buildInfosOf, hasAclose, isolated, type Project, refusalsIn } from "./project.js";
import { filesOf, wholeText } from "./taken-in.js";
import { inherits, memberOf, option, type PluginEntry, pathOption } from "./tsconfig.js";

export interface Plan {
  /** New texts by file name. */
  readonly texts: Map<string, string>;
  /** Files that go, for what tsc keeps by them was compiled without the plugin. */
  readonly outdated: string[];
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
  readonly outdated: string[] = [];
  readonly done: string[] = [];
  readonly advice: string[] = [];

  constructor(private readonly project: Project) {}

  run(): Plan {
    const { bundlers, jest, babel, others, emitting, tscIsRun, usesEsbuild, typescript, hasApi } = this.project;
    const { compiles, isWorkspace } = this.project;
    if (!compiles && isWorkspace) {
      this.advice.push(
        "No tool that compiles is known in this folder: run `npx aclose init` in each package that has one.",
      );
      return this;
    }
    this.requireRuntime("package.json");
    // The compiler reads with a TypeScript that has an API; one below 7 is its own plugin's host.
    if (!hasApi) this.require("devDependencies", "@typescript/typescript6", classicApi);
    for (const bundler of bundlers) this.addToBundler(bundler);
    for (const config of jest) this.addToJest(config);
    for (const config of babel) this.addToBabel(config);
    if (emitting.length > 0) this.addToTsc(typescript as string);
    if (emitting.length > 0 && !tscIsRun)
      this.advice.push(
        "No script here runs tsc: another tool that compiles needs what `aclose build <sources> --out-dir <folder>` writes, and a package of a workspace its own `npx aclose init`.",
      );
    for (const { name, isSetUp, cure } of others) if (!isSetUp) this.advice.push(`${name} compiles here: ${cure}`);
    if (usesEsbuild)
      this.advice.push('Add `aclose()` from "aclose/unplugin/esbuild" to the plugins of your esbuild call.');
    else if (!compiles)
      this.advice.push(
        "No tool that compiles is known here: run with `node --import aclose/register`, or give your tool what `npx aclose build` writes.",
      );
    return this;
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

  /** `text`: undefined where the file has a form that is not known, which the user changes himself. */
  private changeIfKnown(name: string, text: string | undefined, what: string, byHand: string): void {
    if (text) this.change(name, text, what);
    else this.advice.push(`${name} has a form that is not known: ${byHand}.`);
  }

  private set(name: string, path: (string | number)[], value: Value, what: string): void {
    let text: string;
    try {
      text = withValue(this.text(name), path, value);
    } catch (error) {
      const where = join(this.project.folder, name);
      throw new UsageError(`cannot set ${path.join(".")} in ${where}: ${(error as Error).message}`);
    }
    this.change(name, text, what);
  }

  private require(
    kind: "dependencies" | "devDependencies" | "peerDependencies",
    name: string,
    range: string,
    file = "package.json",
  ): void {
    if (dependenciesOf(read(this.text(file)))[name] === undefined)
      this.set(file, [kind, name], range, `${name} ${range} in ${kind}`);
  }

  private requireRuntime(file: string): void {
    if (asksForRuntime(read(this.text(file)))) return;
    // ng-packagr refuses a library with dependencies of its own.
    const isOfAngular = existsSync(join(this.project.folder, dirname(file), "ng-package.json"));
    this.require(isOfAngular ? "peerDependencies" : "dependencies", "aclose", `^${version}`, file);
  }

  private addToTsc(typescript: string): void {
    const { folder, emitting } = this.project;
    // What it writes imports the runtime from there.
    for (const config of emitting) {
      const member = memberOf(folder, config);
      if (member) this.requireRuntime(member);
    }
    const major = majorOf(typescript);
    if (major >= 7) return this.addAfterTsc();
    const patch = patches[major];
    if (patch) {
      const before = this.done.length;
      // What is in one that others extend has its options in one place.
      const isHeir = (config: string): boolean =>
        emitting.some((other) => inherits(join(folder, config), join(folder, other), "plugins"));
      for (const config of emitting) if (!isHeir(config)) this.addToPlugins(config);
      for (const config of isolated(this.project))
        this.set(
          config,
          ["compilerOptions", "isolatedModules"],
          false,
          "no isolatedModules, with which ng leaves plugins out",
        );
      this.addPatch(patch, major);
      if (this.done.length > before) this.outdated.push(...buildInfosOf(this.project));
    } else if (Number.isNaN(major))
      this.advice.push(
        `Which TypeScript "${typescript}" means is known once it is there: run \`${this.project.install}\`, then \`npx aclose init\` again.`,
      );
    else this.advice.push(`TypeScript ${typescript} is not supported: install TypeScript 5.9 or newer.`);
  }

  private addPatch(patch: string, major: number): void {
    const { manifest, runsPrepare } = this.project;
    const known = manifest.devDependencies?.["ts-patch"] ?? manifest.dependencies?.["ts-patch"];
    // One that a catalogue names has its version there.
    if (known && /\d/.test(known) && majorOf(known) !== majorOf(patch))
      this.set(
        "package.json",
        ["devDependencies", "ts-patch"],
        patch,
        `ts-patch ${patch}, which fits TypeScript ${major}`,
      );
    else this.require("devDependencies", "ts-patch", patch);
    const { prepare, ...others } = manifest.scripts ?? {};
    if (prepare?.includes("ts-patch install") && runsPrepare) return;
    if (this.project.hosts.length === 0 && Object.values(others).some(callsTspc)) return;
    if (!runsPrepare) return this.useTspc(Object.entries(others));
    const install = "ts-patch install -s";
    this.set(
      "package.json",
      ["scripts", "prepare"],
      prepare ? `${install} && ${prepare}` : install,
      `"prepare" patches tsc`,
    );
  }

  /** Needs no patch, and so nobody who runs "prepare". */
  private useTspc(scripts: readonly [string, string][]): void {
    const emitting = scripts.filter(([, script]) => emits(script));
    for (const [name, script] of emitting) {
      const changed = script.replace(/[^&|;]+/g, (command) =>
        emits(command) ? command.replace(/(?<![\w-])tsc(?![\w-])/, "tspc") : command,
      );
      this.set("package.json", ["scripts", name], changed, `"${name}" runs tspc, which is tsc with plugins`);
    }
    const { hosts } = this.project;
    if (hosts.length > 0)
      this.advice.push(
        `Run \`ts-patch install\` after each install, for ${hosts.join(", ")}: an installation here runs no "prepare".`,
      );
    else if (emitting.length === 0)
      this.advice.push("Run `tspc` in place of `tsc`: an installation here runs no script that patches it.");
  }

  /** First: another transformer's output has no positions. A list replaces one that is inherited, and must hold its entries. */
  private addToPlugins(config: string): void {
    const { folder } = this.project;
    const { from, value: plugins } = option(join(folder, config), "plugins") ?? {};
    const holder = from && relative(folder, from);
    const isOwn = holder !== undefined && !holder.startsWith("..") && !holder.includes("node_modules");
    const name = isOwn ? toPosix(holder) : config;
    const present = isOwn ? (read(this.text(name)) as { compilerOptions: { plugins: PluginEntry[] } }) : undefined;
    const list = present?.compilerOptions.plugins ?? plugins;
    if (list?.some(({ transform }) => transform === "aclose/transformer")) return;
    const entry = { transform: "aclose/transformer" };
    if (list && isOwn) this.set(name, ["compilerOptions", "plugins", 0], entry, "the plugin, before the others");
    else this.set(name, ["compilerOptions", "plugins"], [entry, ...(list ?? [])], "the plugin");
  }

  /** ts-patch, of which tspc is a part, fails with a TypeScript that has no API. The scripts as they are then. */
  private withoutPatch(): [string, string][] {
    const { manifest } = this.project;
    const scripts = Object.entries(manifest.scripts ?? {}).map(([name, script]): [string, string] => {
      const changed = withoutPatch(script);
      if (changed !== script)
        this.set(
          "package.json",
          ["scripts", name],
          changed || undefined,
          `"${name}" without ts-patch, which fails with TypeScript 7`,
        );
      return [name, changed];
    });
    for (const kind of ["dependencies", "devDependencies"] as const)
      if (manifest[kind]?.["ts-patch"])
        this.set("package.json", [kind, "ts-patch"], undefined, `no ts-patch in ${kind}`);
    return scripts;
  }

  private addAfterTsc(): void {
    const { emitting, folder } = this.project;
    const all = this.withoutPatch();
    const scripts = all.filter(([, script]) => /\bts(?:c|go)\b/.test(script));
    const isBuilt = scripts.some(([, script]) => script.includes("aclose build"));
    const scattered = emitting.filter((config) => !option(join(folder, config), "outDir"));
    if (scattered.length > 0) {
      if (isBuilt) return;
      // In place over a folder that holds the sources too would compile those.
      this.advice.push(
        `TypeScript 7 has no plugins, so \`aclose build\` must follow it: set "outDir" in ${scattered.join(", ")}, then run \`npx aclose init\` again.`,
      );
      return;
    }
    const outputs = emitting.map((config) => {
      return toPosix(relative(folder, pathOption(join(folder, config), "outDir")!)) || ".";
    });
    const places = [...new Set(outputs)].join(" ");
    const watches = uncompiledWatches(all);
    if (watches.length > 0)
      this.advice.push(
        `TypeScript 7 has no plugins: run \`aclose build --in-place --watch ${places}\` beside ${watches.join(", ")}.`,
      );
    if (isBuilt) return;
    const command = `aclose build --in-place ${places}`;
    const writing = scripts.filter(([, script]) => !/--noEmit\b|--watch\b|\s-w\b/i.test(script));
    const [name, script] = writing.find(([key]) => key === "build") ?? (writing.length === 1 ? writing[0]! : []);
    if (name === undefined || script === undefined)
      this.advice.push(`TypeScript 7 has no plugins: run \`${command}\` after tsc.`);
    else
      this.set(
        "package.json",
        ["scripts", name],
        // Right after tsc: what follows may need what it wrote.
        script.replace(/\bts(?:c|go)\b[^&|;]*/, (tsc) => `${tsc.trimEnd()} && ${command}${/\s$/.test(tsc) ? " " : ""}`),
        `"${name}" compiles what tsc wrote`,
      );
  }

  private addToBundler({ name, config }: Bundler): void {
    const files = filesOf(this.project.folder, config);
    if (files.some((each) => hasAclose.test(liveText(this.text(each))))) return;
    const ofTsLoader = files.find((each) => /["']ts-loader["']/.test(this.text(each)));
    if (ofTsLoader !== undefined) return this.addToTsLoader(ofTsLoader);
    const text = this.text(config);
    const [refusal] = refusalsIn(files.map((each) => this.text(each)).join("\n"));
    if (refusal) {
      this.advice.push(`${config} has ${refusal}.`);
      return;
    }
    const changed = text === "" ? newViteConfig : withPlugin(text, name, this.isModule(config));
    const byHand = `add \`aclose()\` from "aclose/unplugin/${name}" first in its plugins`;
    this.changeIfKnown(config, changed, `the plugin for ${name}`, byHand);
  }

  /** In the file that has ts-loader's entry, which may be one that the configuration takes in. */
  private addToTsLoader(file: string): void {
    const changed = file.startsWith("..") ? undefined : withTsLoader(this.text(file), this.isModule(file));
    const byHand =
      'put `...aclose().before`, with aclose from "aclose/ts-loader", first in `before` of ts-loader\'s getCustomTransformers';
    this.changeIfKnown(file, changed, "the transformer for ts-loader", byHand);
  }

  private isModule(config: string): boolean {
    if (/\.[cm][jt]s$/.test(config)) return /\.m[jt]s$/.test(config);
    return this.project.manifest.type === "module" || /^\s*(?:import|export)\b/m.test(this.text(config));
  }

  private addToJest(file: string): void {
    if (wholeText(this.project.folder, file).includes(jestTransformer)) return;
    const text = this.text(file);
    if (hasProjects(file, text)) {
      this.advice.push(
        `${file} has projects, which take no "transform" from it: add "aclose/ts-jest" to astTransformers.before of ts-jest in each of them.`,
      );
      return;
    }
    if (!file.endsWith(".json")) {
      const byHand = 'add "aclose/ts-jest" to astTransformers.before of ts-jest';
      return this.changeIfKnown(file, withJestTransform(text), "the transformer for ts-jest", byHand);
    }
    const path = file === "package.json" ? ["jest"] : [];
    const config = path.reduce((from, key) => from[key] as Record<string, Value>, read(text));
    const transform = config.transform as Record<string, Value> | null | undefined;
    const isOurs = ([, value]: [string, Value]): boolean => (Array.isArray(value) ? value[0] : value) === "ts-jest";
    const [found, value] = Object.entries(transform ?? {}).find(isOurs) ?? [];
    const [, given = {}] = Array.isArray(value) ? (value as [string, JestOptions?]) : [];
    const [pattern, options] = found === undefined ? entryOver(config.preset) : [found, given];
    this.set(file, [...path, "transform", pattern], withTransformer(options), "the transformer for ts-jest");
  }

  private addToBabel(babel: BabelConfig): void {
    const { config, host } = babel;
    if (host === "parcel") this.set("package.json", parcelResolver, true, "Parcel reads the exports of packages");
    if (hasBabelPlugin(wholeText(this.project.folder, config))) return;
    const text = this.text(config);
    const what = "the plugin for Babel";
    const path = config === "package.json" ? ["babel", "plugins"] : ["plugins"];
    if (text === "") this.change(config, newBabelConfig(babel), what);
    else if (config === ".babelrc" || config.endsWith(".json")) {
      if (valueAt(text, path)) this.set(config, [...path, 0], babelPlugin, what);
      else this.set(config, path, [babelPlugin], what);
    } else this.changeIfKnown(config, withBabelPlugin(text), what, `add "${babelPlugin}" to its plugins`);
  }
}
