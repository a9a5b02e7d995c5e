/**
 * Fixtures and their goldens: `fixtures/<area>/<name>.ts` has the bodies of its functions in `<name>.ir.golden` and
 * its output in `<name>.out.golden`. A first line `// options: {…}` gives options of the compiler.
 */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Options, type TransformResult, transform } from "../../transformer/index.js";
import { printBody } from "../../transformer/ir/printer.js";
import { inspect } from "../../transformer/pipeline.js";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "fixtures");

export interface Fixture {
  /** `loops/pages.ts`. */
  readonly name: string;
  readonly source: string;
  readonly options: Options;
  /** Paths from the root, and what stands in them. */
  readonly goldens: ReadonlyMap<string, () => string>;
}

function filesIn(pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => pattern.test(name))
    .map((name) => name.split(sep).join("/"))
    .sort();
}

function optionsOf(source: string, name: string): Options {
  const [, given = "{}"] = /^(?:#!.*\n)?\/\/ options: (.*)$/m.exec(source.slice(0, 200)) ?? [];
  return { fileName: basename(name), include: "all", sourceMap: false, ...JSON.parse(given) };
}

function readFixture(name: string): Fixture {
  const source = readFileSync(join(folder, name), "utf8");
  const options = optionsOf(source, name);
  const stem = `fixtures/${name.replace(/\.[^.]+$/, "")}`;
  return {
    name,
    source,
    options,
    goldens: new Map([
      [`${stem}.ir.golden`, () => bodies(source, options)],
      [`${stem}.out.golden`, () => output(transform(source, options))],
    ]),
  };
}

export const fixtures: readonly Fixture[] = filesIn(/\.[cm]?[jt]sx?$/).map(readFixture);

function bodies(source: string, options: Options): string {
  return inspect(source, options)
    .map(({ name, body, placements }) => `# ${name || "(anonymous)"}\n\n${printBody(body, placements)}`)
    .join("\n");
}

function output({ code, diagnostics }: TransformResult): string {
  const notes = diagnostics.map(
    ({ severity, code: id, line, column, message }) => `// ${severity} ${id} at ${line}:${column}: ${message}\n`,
  );
  return notes.join("") + code;
}

/** Goldens that no fixture has. */
export function unusedGoldens(): string[] {
  const used = new Set(fixtures.flatMap(({ goldens }) => [...goldens.keys()]));
  return filesIn(/\.golden$/)
    .map((name) => `fixtures/${name}`)
    .filter((path) => !used.has(path));
}

export function readGolden(path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
}

/** Brings all goldens in step; gives the paths that changed. */
export function updateGoldens(): string[] {
  const changed: string[] = [];
  for (const { goldens } of fixtures) {
    for (const [path, text] of goldens) {
      const expected = text();
      if (readGolden(path) === expected) continue;
      writeFileSync(join(root, path), expected);
      changed.push(path);
    }
  }
  for (const path of unusedGoldens()) {
    rmSync(join(root, path));
    changed.push(`${path} (removed)`);
  }
  return changed;
}
