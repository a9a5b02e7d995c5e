/** For tools that load every file as a module, also what TypeScript takes for a script: there is no global runtime for it. */

import type ts from "typescript";
import { createTransformer, type Options } from "../transformer/index.js";
import { pluginOptions } from "./plugin-options.js";

/** Without options those in `tsconfig.json` count, which these tools read too. */
export function createModuleTransformer(api: typeof ts, given?: Options): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const compilerOptions = context.getCompilerOptions();
    const options = given ?? pluginOptions(api, compilerOptions);
    const make = (module: Options["module"]) =>
      createTransformer(api, { ...options, module: options.module ?? module })(context);
    const { module = api.ModuleKind.CommonJS } = compilerOptions;
    const isEsm = module >= api.ModuleKind.ES2015 && module <= api.ModuleKind.ESNext;
    const [transform, transformScript] = [make("auto"), make(isEsm ? "esm" : "cjs")];
    return (file) => (isScript(api, file) ? transformScript : transform)(file);
  };
}

function isScript(api: typeof ts, file: ts.SourceFile): boolean {
  return !api.isExternalModule(file) && !(file as { commonJsModuleIndicator?: ts.Node }).commonJsModuleIndicator;
}
