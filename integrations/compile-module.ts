/** One file for a host to which every file is a module, also without `import` and `export`: an entry needs neither. */

import { concernPattern, type Diagnostic, messages, type Options, type TransformResult } from "../transformer/index.js";
import { isInstalled } from "./file-kinds.js";

export type FileOptions = Options & { readonly fileName: string };

/** To compile all files is to compile all of the project: what is installed has its own directives. */
const includeFor = ({ fileName, include }: FileOptions): Options["include"] =>
  isInstalled(fileName) ? "directive" : include;

/** Whether there may be anything to compile. */
export const isAsked = (source: string, options: FileOptions): boolean =>
  concernPattern(includeFor(options)).test(source);

/** `module` is what a file becomes that does not say what it is. */
export function compileModule<Map>(
  options: FileOptions,
  module: "esm" | "cjs",
  compile: (options: FileOptions) => TransformResult<Map>,
): TransformResult<Map> {
  const given = { ...options, include: includeFor(options) };
  const result = compile(given);
  const isOpen = given.module === undefined || given.module === "auto";
  const isScript = result.diagnostics.some(({ code }) => code === messages.scriptNeedsGlobalRuntime.code);
  return isOpen && isScript ? compile({ ...given, module }) : result;
}

/** Says each warning, and gives the errors, which refuse the file. */
export function errorsBesideWarnings(
  diagnostics: readonly Diagnostic[],
  warn: (warning: Diagnostic) => void,
): readonly Diagnostic[] {
  for (const each of diagnostics) if (each.severity === "warning") warn(each);
  return diagnostics.filter(({ severity }) => severity === "error");
}
