/** Mistakes of the compiler itself: what it throws names the pass and the file. What a user gets wrong is a diagnostic. */

import type ts from "typescript";

export class InvariantError extends Error {
  override name = "InvariantError";
  constructor(pass: string, message: string) {
    super(`internal fault in pass "${pass}": ${message}`);
  }
}

/** What no engine takes, but TypeScript's parser does: its checker would say so, which nobody may run. */
export class UnlowerableError extends Error {
  override name = "UnlowerableError";
  constructor(
    readonly node: ts.Node,
    reason: string,
  ) {
    super(reason);
  }
}

/** Whatever is thrown while a file is compiled is such a mistake. Hosts show no more of an error than its message. */
export function faultIn(fileName: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`aclose: a fault of the compiler in ${fileName}: ${message}`, { cause });
}
