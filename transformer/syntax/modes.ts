/** How a function runs. */

import type { ResolvedOptions } from "../options.js";
import type { DirectiveWord } from "./directive.js";

export type Modes = Pick<ResolvedOptions, "close" | "ticks">;

/** Directive words count before options, the innermost first. */
export function modesOf(words: readonly DirectiveWord[], options: ResolvedOptions): Modes {
  return {
    close: words.findLast((word) => word === "interrupt" || word === "queue") ?? options.close,
    ticks: words.findLast((word) => word === "spec" || word === "fused") ?? options.ticks,
  };
}
