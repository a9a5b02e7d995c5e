/** What stands in for `using` where the engine does not know it: TypeScript's own lowering. */

import ts from "typescript";

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  // A script stays a script, sloppy or strict as it was.
  module: ts.ModuleKind.None,
  ignoreDeprecations: "6.0",
  alwaysStrict: false,
  jsx: ts.JsxEmit.React,
  jsxFactory: "jsx",
  jsxFragmentFactory: "log",
};

/** What TypeScript reports but leaves as it is: `a?.#b`, and octal literals in sloppy code. */
const REPORTED = new Set([18030, 1121, 1489]);

/** The program without `using`, types and JSX; async generators stay as they are. Undefined where it does not parse, or cannot be lowered. */
export function withoutUsing(source: string, syntax = "ts"): string | undefined {
  try {
    const fileName = `module.${syntax}`;
    const { outputText, diagnostics } = ts.transpileModule(source, {
      fileName,
      compilerOptions,
      reportDiagnostics: true,
    });
    return diagnostics?.some(({ code }) => !REPORTED.has(code)) ? undefined : outputText;
  } catch {
    // TypeScript itself fails at a few.
    return undefined;
  }
}
