/** What of a file is to be rewritten. */

import type ts from "typescript";
import type { ResolvedOptions } from "../options.js";
import { firstNotBefore } from "../search.js";
import { runsBeforeImports } from "./before-imports.js";
import { type ForAwait, findConsumers } from "./consumers.js";
import { type Directives, type DirectiveWord, isOptedOut } from "./directive.js";
import { fileOptsIn, fileWords, type Target } from "./targets.js";

export interface Selection {
  readonly generators: readonly Target[];
  /** Loops of ordinary async functions. */
  readonly loops: readonly ForAwait[];
  /** Where they all begin, in source order. */
  readonly starts: readonly number[];
  /** What the file's own directives say of its loops. */
  readonly words: readonly DirectiveWord[];
}

export function select(
  file: ts.SourceFile,
  targets: readonly Target[],
  directives: Directives,
  options: ResolvedOptions,
): Selection {
  const generators = targets.filter(({ isOptedIn }) => isOptedIn);
  const all = options.consumers && fileOptsIn(file, directives, options) ? findConsumers(file) : [];
  const hasRuntime = (loop: ForAwait): boolean => "global" in options.runtime || !runsBeforeImports(loop);
  const loops = all.filter((loop) => !isOptedOut(loop, directives) && hasRuntime(loop));
  const nodes = [...generators.map(({ node }) => node), ...loops];
  const starts = nodes.map(({ pos }) => pos).sort((one, other) => one - other);
  return { generators, loops, starts, words: fileWords(file, directives) };
}

/** Whether anything in a statement of the file is to be rewritten. */
export function isConcerned(starts: readonly number[], { pos, end }: ts.Statement): boolean {
  const next = starts[firstNotBefore(starts, (each) => each < pos)];
  return next !== undefined && next < end;
}
