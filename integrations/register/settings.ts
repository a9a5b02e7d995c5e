/** What the nearest tsconfig.json says: how TypeScript is lowered, and the options of the plugin's entry. */

import { dirname } from "node:path";
import type ts from "typescript";
import { typescript as api, type Options } from "../../transformer/index.js";
import { pluginOptions } from "../plugin-options.js";

interface Settings {
  readonly compilerOptions: ts.CompilerOptions;
  readonly options: Options;
}

const byFolder = new Map<string, Settings>();

export function settingsFor(fileName: string): Settings {
  const folder = dirname(fileName);
  let settings = byFolder.get(folder);
  if (!settings) byFolder.set(folder, (settings = read(folder)));
  return settings;
}

function read(folder: string): Settings {
  const path = api.findConfigFile(folder, api.sys.fileExists);
  if (path === undefined) return { compilerOptions: {}, options: {} };
  const file = api.readJsonConfigFile(path, api.sys.readFile);
  // TypeScript keeps them to itself where it reads a configuration as a tree.
  const [error] = (file as { parseDiagnostics?: readonly ts.Diagnostic[] }).parseDiagnostics ?? [];
  if (error)
    throw new SyntaxError(
      api.formatDiagnostic(error, { ...api.sys, getCanonicalFileName: (name) => name, getNewLine: () => "" }),
    );
  // Its options only: which files belong to it does not matter here.
  const host: ts.ParseConfigHost = { ...api.sys, readDirectory: () => [] };
  const { options: compilerOptions } = api.parseJsonSourceFileConfigFileContent(
    file,
    host,
    dirname(path),
    undefined,
    path,
  );
  return { compilerOptions, options: pluginOptions(api, compilerOptions) };
}
