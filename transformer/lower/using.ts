/** `using` and `await using`: a disposal scope around the statements that follow. */

import type ts from "typescript";
import { CompletionKind } from "../../runtime/abi.js";
import { code, type Lowering, runtime, variable } from "./lowering.js";
import { lowerFinally } from "./try.js";

/** Lowers `body`, in which `using` declarations register with a new disposal scope. */
export function lowerUsing(l: Lowering, origin: ts.Node, body: () => void): void {
  const { builder } = l;
  const resources = builder.temporary("resources");
  builder.emit({ kind: "assign", target: resources, value: code`${runtime("disposal")}()` });
  lowerFinally(l, {
    origin,
    body: () => l.control.within({ kind: "disposal", resources }, body),
    finalizesNormal: true,
    finalizer: ({ completion, value }) => {
      const failed = code`${variable(completion)} === ${String(CompletionKind.Throw)}`;
      const fail = code`${variable(resources)}.fail(${variable(value)})`;
      builder.emit({ kind: "evaluate", value: code`${failed} && ${fail}` });
      builder.suspend("Dispose", variable(resources), origin);
    },
  });
}
