/** What `aclose doctor` looks at. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { version } from "../../../transformer/version.js";
import { loadCompiler } from "../compiler.js";
import { toPosix } from "../files.js";
import { hasBabelPlugin, parcelResolver } from "./babel.js";
import { textsOf } from "./commands.js";
import { hasProjects, loweringFirst, projectsWithout } from "./config-source.js";
import { valueAt } from "./json.js";
import {
  asksForRuntime,
  callsTspc,
  dependenciesOf,
  installedVersion,
  majorOf,
  manifestPath,
  preview,
  runVersion,
  uncompiledWatches,
  versionIn,
  withoutPatch,
} from "./manifest.js";
import { ownCompilers } from "./others.js";
import { optionErrors, probe } from "./probe.js";
import { type Bundler, buildInfosOf, hasAclose, isolated, type Project, refusalsIn } from "./project.js";
import { wholeText } from "./taken-in.js";
import { option } from "./tsconfig.js";

export interface Finding {
  readonly kind: "good" | "note" | "bad";
  readonly text: string;
}

const good = (text: string): Finding => ({ kind: "good", text });
const note = (text: string): Finding => ({ kind: "note", text });
const bad = (text: string): Finding => ({ kind: "bad", text });

export async function examine(project: Project): Promise<Finding[]> {
  if (!project.compiles && project.isWorkspace)
    return [
      note("no tool that compiles is known in this folder: run `npx aclose doctor` in each package that has one."),
    ];
  const bundlers = project.bundlers.flatMap((each) => bundler(project, each));
  return [
    ...runtime(project),
    ...(await compiler()),
    ...bundlers,
    ...jest(project),
    ...babel(project),
    ...others(project),
    ...typescript(project),
  ];
}

/** Whether the compiler finds a TypeScript with an API from where it is installed. */
async function compiler(): Promise<Finding[]> {
  try {
    const { typescript } = await loadCompiler();
    return [good(`the compiler reads your code with TypeScript ${typescript.version}`)];
  } catch (error) {
    return [bad((error as Error).message)];
  }
}

function runtime({ folder, manifest }: Project): Finding[] {
  const require = createRequire(join(folder, "package.json"));
  let found: { ABI_VERSION?: number };
  try {
    found = require("aclose/runtime") as typeof found;
  } catch (error) {
    const why = (error as Error).message.split("\n")[0];
    return [bad(`compiled code cannot load aclose/runtime: ${why}. Run \`npm install aclose\`.`)];
  }
  const installed = installedVersion(folder, "aclose");
  const findings = [good(`the runtime is installed (aclose ${installed}, ABI ${found.ABI_VERSION})`)];
  if (installed !== version)
    findings.push(bad(`this compiler is aclose ${version}, the runtime is ${installed}: install one version.`));
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const path = name === "aclose" ? undefined : manifestPath(folder, [name, "aclose"]);
    if (path && versionIn(path) !== installed)
      findings.push(
        note(
          `${name} brings a runtime of its own (aclose ${versionIn(path)}), whose generators the hooks and lists of this one do not have: have both ask for one version.`,
        ),
      );
  }
  if (manifest.devDependencies?.aclose && !asksForRuntime(manifest))
    findings.push(note("aclose is in devDependencies: programs need its runtime, so it belongs in dependencies."));
  return findings;
}

function bundler({ folder, emitting, tsconfig }: Project, { name, config }: Bundler): Finding[] {
  const text = wholeText(folder, config);
  if (!hasAclose.test(text)) return [bad(`${config} does not have the plugin for ${name}: run \`npx aclose init\`.`)];
  const findings = [good(`${config} has the plugin for ${name}`)];
  const readsOptions = text.includes("aclose/ts-loader");
  if (tsconfig && !readsOptions && emitting.length === 0 && pluginsOf(folder, tsconfig).length > 0)
    findings.push(note(`${name} does not read the plugins of ${tsconfig}; its options are those in ${config}.`));
  for (const each of name === "rollup" || name === "rolldown" ? loweringFirst(textsOf(folder, [config]).join()) : [])
    findings.push(
      note(
        `${each} comes before aclose in ${config}, and what lowers generators must come after it: put aclose first.`,
      ),
    );
  if (text.includes("aclose/unplugin"))
    findings.push(...refusalsIn(text).map((refusal) => note(`${config} has ${refusal}.`)));
  for (const each of name === "vite" ? projectsWithout(textsOf(folder, [config]).join()) : [])
    findings.push(
      note(`vitest's project ${each} does not have the plugin (${config}): it needs \`extends: true\`, or its own.`),
    );
  return findings;
}

function jest({ folder, jest }: Project): Finding[] {
  return jest.map((config) => {
    if (wholeText(folder, config).includes("aclose/ts-jest")) return good(`${config} has the transformer for ts-jest`);
    if (hasProjects(config, textsOf(folder, [config]).join()))
      return note(`${config} has projects: ts-jest needs the transformer in each of them.`);
    return bad(`ts-jest does not have the transformer (${config}): run \`npx aclose init\`.`);
  });
}

function babel({ folder, babel }: Project): Finding[] {
  return babel.flatMap(({ config, host }) => {
    const finding = hasBabelPlugin(wholeText(folder, config))
      ? good(`${config} has the plugin for Babel`)
      : bad(`${config} does not have the plugin for Babel: run \`npx aclose init\`.`);
    if (host !== "parcel" || valueAt(readFileSync(join(folder, "package.json"), "utf8"), parcelResolver))
      return [finding];
    return [
      finding,
      bad("Parcel finds nothing of aclose before it reads the exports of packages: run `npx aclose init`."),
    ];
  });
}

function others({ others, usesEsbuild }: Project): Finding[] {
  const findings = others.map(({ name, isSetUp, cure, isUncertain }) => {
    if (isSetUp) return good(`${name} compiles here, and aclose for it`);
    return (isUncertain ? note : bad)(`${name} compiles here, without aclose: ${cure}`);
  });
  if (usesEsbuild)
    findings.push(
      note(
        'esbuild may compile here: whether its calls have the plugin from "aclose/unplugin/esbuild" cannot be seen.',
      ),
    );
  return findings;
}

/** The transformers of a configuration, its own or inherited ones. */
function pluginsOf(folder: string, tsconfig: string): string[] {
  const { value = [] } = option(join(folder, tsconfig), "plugins") ?? {};
  return value.flatMap(({ transform }) => (transform ? [transform] : []));
}

function typescript(project: Project): Finding[] {
  const { folder, emitting, compiles } = project;
  if (!compiles)
    return [note("no tool that compiles is known here: `aclose build` or `aclose/register` do, where they are run.")];
  if (emitting.length === 0) return [];
  const installed = installedVersion(folder, project.compiler);
  if (!installed) return [bad("TypeScript is not installed: run `npm install`.")];
  const major = majorOf(installed);
  if (major < 5 || (major === 5 && Number(installed.split(".")[1]) < 9))
    return [bad(`TypeScript ${installed} is too old: aclose needs 5.9 or newer.`)];
  return major >= 7 ? afterTsc(project, installed) : withPlugins(project, installed);
}

/** TypeScript 7 has no plugins: `aclose build` runs after it, with a TypeScript that has an API. */
function afterTsc({ manifest, folder, compiler }: Project, installed: string): Finding[] {
  const scripts = Object.entries(manifest.scripts ?? {});
  const builds = scripts.some(([, script]) => script.includes("aclose build"));
  const dead = scripts.filter(([, script]) => withoutPatch(script) !== script).map(([name]) => `"${name}"`);
  const found =
    dead.length > 0
      ? [
          bad(
            `ts-patch, of which tspc is a part, fails with TypeScript ${installed} (${dead.join(", ")}): run \`npx aclose init\`.`,
          ),
        ]
      : [];
  const run = runVersion(folder, compiler === preview ? "tsgo" : "tsc");
  if (run && run !== installed)
    found.push(
      note(
        `\`tsc\` in a script is that of TypeScript ${run}, which npm prefers to that of ${installed}: \`node node_modules/${compiler}/bin/tsc\` is this.`,
      ),
    );
  const watches = uncompiledWatches(scripts);
  if (builds && watches.length > 0)
    found.push(note(`nothing compiles what tsc writes by ${watches.join(", ")}: run \`npx aclose init\`.`));
  return [
    ...found,
    builds
      ? good(`TypeScript ${installed} has no plugins, and a script runs \`aclose build\``)
      : bad(
          `TypeScript ${installed} has no plugins, and no script runs \`aclose build\` after tsc: run \`npx aclose init\`.`,
        ),
  ];
}

function pluginIn({ folder }: Project, tsconfig: string): Finding[] {
  const plugins = pluginsOf(folder, tsconfig);
  const index = plugins.indexOf("aclose/transformer");
  if (index < 0) return [bad(`${tsconfig} does not have aclose/transformer in "plugins": run \`npx aclose init\`.`)];
  if (index > 0)
    return [bad(`${plugins[0]} comes before aclose/transformer: put aclose first in "plugins" (${tsconfig}).`)];
  return [good(`${tsconfig} has the plugin`)];
}

function withPlugins(project: Project, installed: string): Finding[] {
  const { folder, emitting } = project;
  const patch = installedVersion(folder, "ts-patch");
  const fits = majorOf(installed) === 5 ? 3 : 4;
  const findings = emitting.flatMap((config) => pluginIn(project, config));
  for (const config of isolated(project))
    findings.push(bad(`ng leaves plugins out with "isolatedModules" (${config}): run \`npx aclose init\`.`));
  if (!project.tscIsRun)
    findings.push(note("no script here runs tsc: another tool that compiles needs what `aclose build` writes."));
  const cure = "ts-patch" in dependenciesOf(project.manifest) ? project.install : "npx aclose init";
  if (!patch) findings.push(bad(`ts-patch is not installed, so tsc does not see plugins: run \`${cure}\`.`));
  else if (majorOf(patch) !== fits)
    findings.push(bad(`ts-patch ${patch} does not fit TypeScript ${installed}: install ts-patch ${fits}.`));
  else findings.push(good(`ts-patch ${patch} fits TypeScript ${installed}`));
  for (const name of buildInfosOf(project))
    findings.push(
      note(
        `tsc compiles nothing anew that it keeps by ${name}: after a change of aclose's options or version remove that, or run \`tsc -b --force\`.`,
      ),
    );
  findings.push(
    ...duplicates(project, installed),
    ...emitting.flatMap((config) => [...configured(project, config), ...probed(project, config, patch !== undefined)]),
  );
  return findings;
}

/** ts-patch patches the TypeScript that it finds, which must be the one that is run. */
function duplicates({ folder, manager, hosts, compiler }: Project, installed: string): Finding[] {
  const own = manifestPath(folder, [compiler]);
  const findings = hosts.flatMap((host): Finding[] => {
    const chain = ownCompilers[host];
    const path = chain && manifestPath(folder, [...chain, "typescript"]);
    if (!path || path === own) return [];
    const found = versionIn(path);
    const cure = found === installed ? "remove one of the two" : `install typescript ${found}, or patch that one`;
    return [
      bad(
        `${host} compiles with a TypeScript of its own (${found}, ${toPosix(relative(folder, dirname(path)))}), and not with the one that is patched: ${cure}.`,
      ),
    ];
  });
  const place = join(folder, "node_modules/ts-patch");
  const other = existsSync(place) ? installedVersion(place, "typescript") : undefined;
  if (other && other !== installed)
    findings.push(bad(`there are two TypeScripts: the project has ${installed}, ts-patch sees ${other}.`));
  if (manager === "pnpm")
    findings.push(
      note(
        "pnpm shares packages: a patched tsc may be that of another project too. `tspc` in place of `tsc` patches nothing.",
      ),
    );
  return findings;
}

function configured(project: Project, config: string): Finding[] {
  const errors = optionErrors(join(project.folder, config));
  return errors === "" ? [] : [bad(`tsc fails with this configuration, whatever it compiles: ${errors}`)];
}

function probed(project: Project, config: string, canUseTspc: boolean): Finding[] {
  const { works, output } = probe(join(project.folder, config), "typescript", "tsc");
  if (works) return [good(`tsc compiled a generator of a test file: the plugin runs (${config})`)];
  const scripts = Object.values(project.manifest.scripts ?? {}).join("\n");
  if (canUseTspc && callsTspc(scripts)) {
    const other = probe(join(project.folder, config), "ts-patch", "tspc");
    if (other.works) return [good(`tspc compiled a generator of a test file: the plugin runs (${config})`)];
    const why = other.output ? `: ${other.output}` : ".";
    return [bad(`tspc did not compile a generator of a test file (${config})${why}`)];
  }
  const why = output ? `: ${output}` : ". It is not patched: run `npx ts-patch install`, or use `tspc`.";
  return [bad(`tsc did not compile a generator of a test file (${config})${why}`)];
}
