/** The body of one async generator function. */

import { Builder } from "../ir/builder.js";
import type { Body } from "../ir/ir.js";
import type { Bindings } from "../syntax/bindings.js";
import type { AsyncGenerator } from "../syntax/functions.js";
import { isDirective } from "../syntax/prologue.js";
import { SuspensionFacts } from "../syntax/suspension.js";
import { Control } from "./control.js";
import { code, type Lowering, variable } from "./lowering.js";
import { enterScope, lowerStatements } from "./statement.js";

export function lowerFunction(node: AsyncGenerator, bindings: Bindings): Body {
  const scope = bindings.scopeOf(node.body)!;
  const builder = new Builder(scope);
  const l: Lowering = { builder, bindings, facts: new SuspensionFacts(node), control: new Control() };
  enterScope(l, scope);
  builder.manage(scope.parent);
  for (const of of scope.variables.values())
    if (of.startsAs) builder.emit({ kind: "assign", target: of, value: variable(of.startsAs) });
  const own = scope.variables.get("arguments");
  if (own?.kind === "var" && !own.startsAs) builder.emit({ kind: "assign", target: own, value: code`arguments` });
  lowerStatements(l, node.body, undefined, node.body.statements.slice(prologueLength(node)));
  return builder.finish();
}

/** The directives of the body: the shell and the step have their own. */
function prologueLength({ body }: AsyncGenerator): number {
  const first = body.statements.findIndex((statement) => !isDirective(statement));
  return first < 0 ? body.statements.length : first;
}
