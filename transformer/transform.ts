/** Source text → source text: the door that every tool but the tsc plugin goes through. */

import type { TraceMap } from "@jridgewell/trace-mapping";
import type { CompiledFunction } from "./chunk.js";
import type { Diagnostic } from "./diagnostics.js";
import { dataUrlOf, withMapComment } from "./map-comment.js";
import { type Options, resolveOptions } from "./options.js";
import { compile } from "./pipeline.js";
import { type ComposedMap, mapOf, type SourceMap, textOf } from "./serialize.js";

/** What became of one file. */
export interface TransformResult<M = SourceMap> {
  /** The output; the source itself when nothing is opted in, when the source does not parse and when an option is wrong. */
  readonly code: string;
  /** Null with `sourceMap: false` and `sourceMap: "inline"`. */
  readonly map: M | null;
  /** What is wrong, and what stays native: errors leave the file as it is. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every async generator of the file, compiled or not, in source order; none where it does not parse. */
  readonly functions: readonly CompiledFunction[];
}

/**
 * Rewrites the async generator functions of one file. Needs no program and no type checker, keeps everything else
 * byte for byte, and never throws for what a user can write: what is wrong is in `diagnostics`.
 *
 * With `inputMap`, which gives the map that the source has already, the output's map leads through that. It is called where something is
 * rewritten and a map wanted.
 */
export function transform(source: string, options?: Options): TransformResult;
export function transform(
  source: string,
  options: Options,
  inputMap: (() => TraceMap | undefined) | undefined,
): TransformResult<ComposedMap>;
export function transform(
  source: string,
  options: Options = {},
  inputMap?: () => TraceMap | undefined,
): TransformResult<ComposedMap> {
  const { options: resolved, diagnostics: wrongOptions } = resolveOptions(options);
  if (wrongOptions.length > 0) return { code: source, map: null, diagnostics: wrongOptions, functions: [] };
  const { chunks, diagnostics, functions } = compile(source, resolved);
  const code = textOf(chunks);
  if (!resolved.sourceMap || (code === source && resolved.sourceMap === "inline"))
    return { code, map: null, diagnostics, functions };
  const map = mapOf(chunks, code, source, resolved.fileName, code === source ? undefined : inputMap?.());
  if (resolved.sourceMap === true) return { code, map, diagnostics, functions };
  return { code: withMapComment(code, dataUrlOf(map)), map: null, diagnostics, functions };
}
