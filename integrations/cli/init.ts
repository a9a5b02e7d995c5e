/** `aclose init`: puts aclose into what the project builds with. Running it again changes nothing. */

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "./exit.js";
import { writeWhole } from "./files.js";
import { makePlan } from "./init/plan.js";
import { inspect, type Project } from "./init/project.js";

interface InitFlags {
  dryRun?: boolean;
  install: boolean;
}

export function initCommand(): Command {
  return new Command("init")
    .description("Set a project up: tsconfig.json, package.json, the bundler's or the test runner's configuration.")
    .argument("[folder]", "the project", ".")
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--no-install", "do not install what package.json got")
    .action(init);
}

function init(folder: string, { dryRun, install }: InitFlags): void {
  const project = inspect(resolve(folder));
  console.log(`Found: ${described(project)}.`);
  const { texts, outdated, done, advice } = makePlan(project);
  if (!dryRun) {
    for (const [name, text] of texts) writeWhole(join(project.folder, name), text);
    for (const name of outdated) rmSync(join(project.folder, name));
  }
  for (const line of done) console.log(`${dryRun ? "Would change" : "Changed"} ${line}`);
  for (const name of outdated)
    console.log(`${dryRun ? "Would remove" : "Removed"} ${name}: what tsc keeps by it was compiled without the plugin`);
  if (done.length === 0 && advice.length === 0) console.log("Nothing to do: aclose is set up.");
  for (const line of advice) console.log(`To do: ${line}`);
  if (![...texts.keys()].some((name) => basename(name) === "package.json") || dryRun) return;
  if (install) runInstall(project);
  else console.log(`To do: run \`${project.install}\`.`);
}

function described({ typescript, bundlers, jest, babel, others, hosts, manifest, manager }: Project): string {
  const tools = [
    ...bundlers.map(({ name, config }) => `${name} (${config})`),
    ...others.map(({ name }) => name),
    ...hosts,
  ];
  const found = [
    typescript ? `TypeScript ${typescript}` : "no TypeScript",
    ...(tools.length > 0 ? tools : ["no bundler"]),
    ...jest.map((config) => `ts-jest (${config})`),
    ...babel.map(({ config }) => `Babel (${config})`),
    manifest.type === "module" ? "ES modules" : "CommonJS",
    manager,
  ];
  return found.join(", ");
}

function runInstall({ install, folder }: Project): void {
  console.log(`Running ${install}.`);
  const [program = "", ...rest] = install.split(" ");
  const { status, error } = spawnSync(program, rest, {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new UsageError(`${install} failed${error ? `: ${error.message}` : ""}`);
}
