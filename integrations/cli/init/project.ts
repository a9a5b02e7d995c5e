/** What a project builds with, as far as its files tell. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UsageError } from "../exit.js";

export type Bundler = "vite" | "rollup" | "rolldown" | "webpack" | "rspack";

export interface Manifest {
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly jest?: Readonly<Record<string, unknown>>;
}

export interface Project {
  readonly folder: string;
  readonly manifest: Manifest;
  /** TypeScript's version, installed or asked for; undefined in a project of JavaScript. */
  readonly typescript: string | undefined;
  readonly tsconfig: string | undefined;
  readonly bundler: { readonly name: Bundler; readonly config: string } | undefined;
  /** Jest's configuration: a file, or "package.json". */
  readonly jest: string | undefined;
  readonly usesEsbuild: boolean;
  readonly manager: "npm" | "pnpm" | "yarn" | "bun";
}

const configKinds = ["ts", "mts", "cts", "js", "mjs", "cjs"];
const bundlers: readonly [Bundler, string][] = [
  ["vite", "vite.config"],
  ["vite", "vitest.config"],
  ["rspack", "rspack.config"],
  ["webpack", "webpack.config"],
  ["rolldown", "rolldown.config"],
  ["rollup", "rollup.config"],
];

export function manifestOf(folder: string): Manifest {
  const path = join(folder, "package.json");
  if (!existsSync(path)) throw new UsageError(`there is no package.json in ${folder}`);
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
}

export const dependenciesOf = ({ dependencies, devDependencies }: Manifest): Record<string, string> => ({
  ...devDependencies,
  ...dependencies,
});

/** The version of a package as the project's own files find it. */
export function installedVersion(folder: string, name: string): string | undefined {
  try {
    const path = createRequire(join(folder, "package.json")).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}

export const majorOf = (version: string): number => Number(/\d+/.exec(version)?.[0]);

function managerOf(folder: string): Project["manager"] {
  const has = (name: string): boolean => existsSync(join(folder, name));
  if (has("pnpm-lock.yaml")) return "pnpm";
  if (has("yarn.lock")) return "yarn";
  return has("bun.lock") || has("bun.lockb") ? "bun" : "npm";
}

export function inspect(folder: string): Project {
  const manifest = manifestOf(folder);
  const known = dependenciesOf(manifest);
  const config = (stem: string): string | undefined =>
    configKinds.map((kind) => `${stem}.${kind}`).find((name) => existsSync(join(folder, name)));
  const found = bundlers.flatMap(([name, stem]) => {
    const file = config(stem);
    return file ? [{ name, config: file }] : [];
  });
  const usesVite = "vite" in known || "vitest" in known;
  const jest = config("jest.config") ?? (manifest.jest ? "package.json" : undefined);
  return {
    folder,
    manifest,
    typescript: installedVersion(folder, "typescript") ?? known.typescript,
    tsconfig: existsSync(join(folder, "tsconfig.json")) ? "tsconfig.json" : undefined,
    bundler: found[0] ?? (usesVite ? { name: "vite", config: viteConfigName(manifest) } : undefined),
    jest: "ts-jest" in known ? jest : undefined,
    usesEsbuild: "esbuild" in known,
    manager: managerOf(folder),
  };
}

/** Vite and vitest work without a configuration; the plugin needs one. */
function viteConfigName(manifest: Manifest): string {
  return manifest.type === "module" ? "vite.config.js" : "vite.config.mjs";
}
