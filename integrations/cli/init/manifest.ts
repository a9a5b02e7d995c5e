/** package.json, as it is read here. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../exit.js";
import { withoutMark } from "./json.js";

export interface Manifest {
  readonly type?: string;
  readonly packageManager?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** The configuration of Jest, or its path. */
  readonly jest?: Readonly<Record<string, unknown>> | string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => isObject(value) && Object.values(value).every(isText);

/** What each key must be, where it is there. */
const shapes: Readonly<Record<keyof Manifest, readonly [is: (value: unknown) => boolean, what: string]>> = {
  type: [isText, "a string"],
  packageManager: [isText, "a string"],
  scripts: [isTexts, "an object of strings"],
  dependencies: [isTexts, "an object of strings"],
  devDependencies: [isTexts, "an object of strings"],
  jest: [(value) => isObject(value) || isText(value), "an object or a path"],
};

export function manifestOf(folder: string): Manifest {
  const path = join(folder, "package.json");
  if (!existsSync(path)) throw new UsageError(`there is no package.json in ${folder}`);
  const manifest = parsed(path);
  if (!isObject(manifest)) throw new UsageError(`${path} must hold an object`);
  for (const [key, [is, what]] of Object.entries(shapes))
    if (manifest[key] !== undefined && !is(manifest[key])) throw new UsageError(`${path}: "${key}" must be ${what}`);
  return manifest;
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(path, "utf8")));
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
}

export const dependenciesOf = ({ dependencies, devDependencies }: Manifest): Record<string, string> => ({
  ...devDependencies,
  ...dependencies,
});
