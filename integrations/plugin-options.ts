/** The options that `tsconfig.json` gives to the compiler, for hosts that read it and have no other place for them. */

import type ts from "typescript";
import { checkEntry, type Options, optionsIn, type PluginConfig } from "../transformer/index.js";

/** Throws for those that are wrong, with their place. */
export function pluginOptions(api: typeof ts, { plugins, configFile, configFilePath }: ts.CompilerOptions): Options {
  const entries = (plugins ?? []) as unknown as PluginConfig[];
  const entry = entries.find(({ transform }) => transform === "aclose/transformer");
  if (!entry) return {};
  const { diagnostics, file } = checkEntry(api, entry, configFile as ts.TsConfigSourceFile | undefined);
  const problems = diagnostics.map(({ line, column, code, message }) => {
    const place = file ? `${file.fileName}:${line}:${column}` : (configFilePath ?? "tsconfig.json");
    return `${place} - ${code}: ${message}`;
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return optionsIn(entry);
}
