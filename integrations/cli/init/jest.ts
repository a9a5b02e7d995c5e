/** Where Jest is configured, and ts-jest's entry in JSON. */

import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { UsageError } from "../exit.js";
import { toPosix } from "../files.js";
import type { Manifest } from "./manifest.js";

/** The path in quotes, or without. */
const named = /\bjest\b[^&|;\n]*?\s(?:-c|--config)[\s=]+(?:"([^"]*)"|'([^']*)'|([^\s&|;]+))/g;

/** The files in the folder: the one that Jest finds by itself, and those that scripts name. */
export function jestConfigs(folder: string, { jest, scripts = {} }: Manifest, own: string | undefined): string[] {
  const inScripts = Object.values(scripts)
    .flatMap((script) => [...script.matchAll(named)].map(([, ...kinds]) => kinds.join("")))
    // It may be the configuration itself.
    .filter((path) => existsSync(join(folder, path)));
  const found = [own ?? (typeof jest === "string" ? checked(folder, jest) : jest && "package.json"), ...inScripts];
  const paths = found.filter((path) => path !== undefined).map((path) => relative(folder, resolve(folder, path)));
  return [...new Set(paths.filter((path) => !path.startsWith("..")).map(toPosix))];
}

function checked(folder: string, path: string): string {
  if (existsSync(join(folder, path))) return path;
  throw new UsageError(`${join(folder, "package.json")}: "jest" names ${path}, which is not there`);
}

export const jestTransformer = "aclose/ts-jest";

export interface JestOptions {
  readonly astTransformers?: { readonly before?: readonly unknown[] };
}

/** ts-jest's entry with the transformer before the others, as for tsc. */
export function withTransformer({ astTransformers = {}, ...others }: JestOptions): unknown[] {
  const before = [jestTransformer, ...(astTransformers.before ?? [])];
  return ["ts-jest", { ...others, astTransformers: { ...astTransformers, before } }];
}
