/** How a file is linked to others. */

import type ts from "typescript";
import type { Options } from "../options.js";
import { api } from "../typescript.js";

export type ModuleKind = Exclude<NonNullable<Options["module"]>, "auto">;

/** As the option says, or where that leaves it to the file, as its syntax and its name do. */
export function moduleKind(option: NonNullable<Options["module"]>, file: ts.SourceFile): ModuleKind {
  if (option !== "auto") return option;
  if (api.isExternalModule(file) || /\.m[jt]s$/.test(file.fileName)) return "esm";
  if (/\.c[jt]s$/.test(file.fileName) || /\b(?:require\s*\(|module\.exports\b|exports\.)/.test(file.text)) return "cjs";
  return "script";
}

/**
 * Whether a module in TypeScript is CommonJS whatever it is compiled with. There `import *` is an error or stays as it is, or
 * needs a helper, which the project may not have.
 */
export function isCommonJsSource(file: ts.SourceFile): boolean {
  return (
    /\.cts$/.test(file.fileName) || file.statements.some((each) => api.isExportAssignment(each) && each.isExportEquals)
  );
}
