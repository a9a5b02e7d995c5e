/** For tools that load every file as a module, also what TypeScript takes for a script: there is no global runtime for it. */

import type ts from "typescript";
import { createTransformer, type Options } from "../transformer/index.js";

export function createModuleTransformer(api: typeof ts, options: Options = {}): ts.TransformerFactory<ts.SourceFile> {
  const make = (module: Options["module"]) => createTransformer(api, { ...options, module: options.module ?? module });
  const [auto, esm, cjs] = [make("auto"), make("esm"), make("cjs")];
  return (context) => {
    const { module = api.ModuleKind.CommonJS } = context.getCompilerOptions();
    const isEsm = module >= api.ModuleKind.ES2015 && module <= api.ModuleKind.ESNext;
    const [transform, transformScript] = [auto(context), (isEsm ? esm : cjs)(context)];
    return (file) => (isScript(api, file) ? transformScript : transform)(file);
  };
}

function isScript(api: typeof ts, file: ts.SourceFile): boolean {
  return !api.isExternalModule(file) && !(file as { commonJsModuleIndicator?: ts.Node }).commonJsModuleIndicator;
}
