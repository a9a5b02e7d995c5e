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
  readonly useESM?: boolean;
  readonly astTransformers?: { readonly before?: readonly unknown[] };
}

/** An entry of the user's comes before that of a preset of ts-jest's, and must be for the same files, with the same options. */
export function entryOver(preset: unknown): readonly [pattern: string, options: JestOptions] {
  const [, name = ""] = /^ts-jest\/presets\/([\w-]+)$/.exec(String(preset)) ?? [];
  const isEsm = /-esm\b/.test(name);
  const endings = `${isEsm ? "m?" : ""}${name.startsWith("js-with-ts") ? "[tj]s" : "ts"}x?`;
  return [`^.+\\.${endings}$`, isEsm ? { useESM: true } : {}];
}

/** ts-jest's entry with the transformer before the others, as for tsc. */
export function withTransformer({ astTransformers = {}, ...others }: JestOptions): unknown[] {
  const before = [jestTransformer, ...(astTransformers.before ?? [])];
  return ["ts-jest", { ...others, astTransformers: { ...astTransformers, before } }];
}
