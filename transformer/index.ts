/** `aclose/transformer`: the compiler. */

export type { CompiledFunction } from "./chunk.js";
export type { Diagnostic, Severity } from "./diagnostics.js";
export type { Options, RuleSeverity, RuntimeReference } from "./options.js";
export { createTransformer, default } from "./plugin.js";
export type { SourceMap } from "./serialize.js";
export { type TransformResult, transform } from "./transform.js";
