/** Where Jest is configured, and ts-jest's entry in JSON. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../exit.js";
import { type Manifest, namedConfigs, within } from "./manifest.js";

/** The files in the folder: the one that Jest finds by itself, and those that commands name. */
export function jestConfigs(
  folder: string,
  { jest }: Manifest,
  commands: readonly string[],
  own: string | undefined,
): string[] {
  const first = own ?? (typeof jest === "string" ? checked(folder, jest) : jest && "package.json");
  return within(folder, [...(first ? [first] : []), ...namedConfigs(folder, commands, "jest")]);
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
