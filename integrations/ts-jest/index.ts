/** `aclose/ts-jest`: for ts-jest's `astTransformers.before`. */

import type ts from "typescript";
import { createTransformer, type Options, version } from "../../transformer/index.js";

/** What ts-jest calls the transformer; part of its cache key. */
export const name = "aclose";

// ts-jest caches what it compiled until this changes.
export { version };

/** What of ts-jest's compiler is used here. */
export interface TsJestCompiler {
  readonly configSet: { readonly compilerModule: typeof ts };
}

/** What ts-jest calls to get the transformer, with the options of the entry in `astTransformers`. */
export function factory(compiler: TsJestCompiler, options?: Options): ts.TransformerFactory<ts.SourceFile> {
  return createTransformer(compiler.configSet.compilerModule, options);
}
