/** Where jumps lead: the loops, labels and protected regions around the code that is being lowered. */

import type ts from "typescript";
import { CompletionKind } from "../../runtime/abi.js";
import { UnlowerableError } from "../fault.js";
import type { BlockId, Instruction } from "../ir/ir.js";
import type { Variable } from "../syntax/scope.js";
import { api } from "../typescript.js";
import { code } from "./lowering.js";

/** A jump that some `finally` delays: where it goes on to, and how much of the stack it leaves. */
export type Jump =
  | { readonly kind: "goto"; readonly target: BlockId; readonly depth: number }
  | { readonly kind: "return" };

export interface FinallyContext {
  readonly kind: "finally";
  readonly entry: BlockId;
  readonly completion: Variable;
  readonly value: Variable;
  /** Delayed jumps; the code of the n-th is `CompletionKind.FirstJump + n`. */
  readonly jumps: Jump[];
}

interface JumpTarget {
  readonly kind: "target";
  readonly labels: readonly string[];
  readonly breakTo?: BlockId;
  readonly continueTo?: BlockId;
  /** A loop or switch: the target of jumps without a label. */
  readonly anonymous: boolean;
}

type Context = FinallyContext | JumpTarget;

export type Route =
  | { readonly kind: "goto"; readonly instructions: readonly Instruction[]; readonly target: BlockId }
  | { readonly kind: "return" };

export class Control {
  private readonly stack: Context[] = [];

  within(context: Context, body: () => void): void {
    this.stack.push(context);
    body();
    this.stack.pop();
  }

  jumpTo(node: ts.BreakOrContinueStatement): Jump {
    const isBreak = api.isBreakStatement(node);
    const label = node.label?.text;
    for (let depth = this.stack.length - 1; depth >= 0; depth--) {
      const context = this.stack[depth]!;
      if (context.kind !== "target") continue;
      const target = isBreak ? context.breakTo : context.continueTo;
      if (target === undefined) continue;
      if (label === undefined ? context.anonymous : context.labels.includes(label))
        return { kind: "goto", target, depth };
    }
    throw new UnlowerableError(node, `"${isBreak ? "break" : "continue"}" has no target here`);
  }

  /** The first leg of a jump: to its target, or into the innermost `finally` on the way. */
  route(jump: Jump): Route {
    const bottom = jump.kind === "return" ? 0 : jump.depth;
    for (let at = this.stack.length - 1; at >= bottom; at--) {
      const context = this.stack[at]!;
      if (context.kind !== "finally") continue;
      const assignment: Instruction = {
        kind: "assign",
        target: context.completion,
        value: code`${String(codeOf(context, jump))}`,
      };
      return { kind: "goto", instructions: [assignment], target: context.entry };
    }
    return jump.kind === "return" ? { kind: "return" } : { kind: "goto", instructions: [], target: jump.target };
  }

  /** The variable that keeps a return value while `finally` blocks run. */
  get returnValue(): Variable | undefined {
    for (let at = this.stack.length - 1; at >= 0; at--) {
      const context = this.stack[at]!;
      if (context.kind === "finally") return context.value;
    }
    return undefined;
  }
}

function codeOf(context: FinallyContext, jump: Jump): number {
  if (jump.kind === "return") return CompletionKind.Return;
  let index = context.jumps.findIndex((known) => known.kind === "goto" && known.target === jump.target);
  if (index < 0) index = context.jumps.push(jump) - 1;
  return CompletionKind.FirstJump + index;
}
