/** `aclose/transformer`: the compiler. */

export type { CompiledFunction } from "./chunk.js";
export type { Diagnostic, Severity } from "./diagnostics.js";
export * as messages from "./diagnostics.js";
export type { ExplainedRegion, ExplainedState, Explanation, SourceRange, Transition } from "./explanation.js";
export { checkOptions, type Options, type RuleName, type RuleSeverity, type RuntimeReference } from "./options.js";
export { explain, explainAll } from "./pipeline.js";
export { checkEntry, createTransformer, default, optionsIn, type PluginConfig, type PluginExtras } from "./plugin.js";
export type { ComposedMap, SourceMap } from "./serialize.js";
export { concernPattern } from "./syntax/concern.js";
export { directivePattern } from "./syntax/directive.js";
export { type TransformResult, transform } from "./transform.js";
export { api as typescript } from "./typescript.js";
export { version } from "./version.js";
