/** The options that `tsconfig.json` gives to the compiler, for hosts that read it and have no other place for them. */

import type ts from "typescript";
import { type Options, optionsIn, type PluginConfig } from "../transformer/index.js";

export function pluginOptions({ plugins }: ts.CompilerOptions): Options {
  const entries = (plugins ?? []) as unknown as PluginConfig[];
  const entry = entries.find(({ transform }) => transform === "aclose/transformer");
  return entry ? optionsIn(entry) : {};
}
