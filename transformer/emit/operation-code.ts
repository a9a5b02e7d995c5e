/** What a step leaves in `op`: the operation, and whether cleanup is owed there (`runtime/abi.ts`). */

import { Operation, OWES_CLEANUP } from "../../runtime/abi.js";
import type { Suspension } from "../ir/ir.js";

const codes: Record<Suspension["operation"], Operation> = {
  Await: Operation.Await,
  Yield: Operation.Yield,
  Delegate: Operation.Delegate,
  Next: Operation.Next,
  Close: Operation.Close,
  Dispose: Operation.Dispose,
};

export const operationCode = (operation: Suspension["operation"], owesCleanup: boolean): number =>
  codes[operation] + (owesCleanup ? OWES_CLEANUP : 0);

/** What a suspension is called in a comment. */
export const operationWords: Record<Suspension["operation"], string> = {
  Await: "await",
  Yield: "yield",
  Delegate: "yield*",
  Next: "next",
  Close: "close",
  Dispose: "dispose",
};
