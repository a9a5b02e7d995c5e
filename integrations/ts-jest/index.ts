/** `aclose/ts-jest`: for ts-jest's `astTransformers.before`. */

import type ts from "typescript";
import { type Options, version } from "../../transformer/index.js";
import { createModuleTransformer } from "../every-file-a-module.js";
import { Hoisted } from "./hoisted.js";

/** What ts-jest calls the transformer; part of its cache key. */
export const name = "aclose";

// ts-jest caches what it compiled until this changes.
export { version };

/** What of ts-jest's compiler is used here. */
export interface TsJestCompiler {
  readonly configSet: { readonly compilerModule: typeof ts };
}

/** What ts-jest calls to get the transformer, with the options of the entry in `astTransformers`; without, those in `tsconfig.json` count. */
export function factory(compiler: TsJestCompiler, options?: Options): ts.TransformerFactory<ts.SourceFile> {
  const { compilerModule } = compiler.configSet;
  const transformer = createModuleTransformer(compilerModule, options);
  return (context) => {
    const transform = transformer(context);
    return (file) => {
      const hoisted = new Hoisted(compilerModule, file);
      return hoisted.applyTo(transform(file));
    };
  };
}
