/** What is around the code that is being lowered, the innermost first: loops and labels, protected regions, scopes of `using`. */

import type ts from "typescript";
import { CompletionKind } from "../../runtime/abi.js";
import { UnlowerableError } from "../fault.js";
import type { BlockId, Instruction, Value } from "../ir/ir.js";
import type { Variable } from "../syntax/scope.js";
import { api } from "../typescript.js";
import { code } from "./lowering.js";

/** A jump that some `finally` may delay: where it goes, and how much of the stack it leaves. */
export interface Jump {
  readonly target: BlockId;
  readonly depth: number;
}

export interface FinallyContext {
  readonly kind: "finally";
  readonly entry: BlockId;
  readonly completion: Variable;
  readonly value: Variable;
  /** Delayed jumps; the code of the n-th is `CompletionKind.FirstJump + n`. */
  readonly jumps: Jump[];
}

export interface JumpTarget {
  readonly kind: "target";
  readonly labels: readonly string[];
  readonly breakTo?: BlockId;
  readonly continueTo?: BlockId;
  /** A loop or switch: the target of jumps without a label. */
  readonly anonymous: boolean;
}

/** Where `using` declarations register. */
interface Disposal {
  readonly kind: "disposal";
  readonly resources: Variable;
}

type Context = FinallyContext | JumpTarget | Disposal;

/** The first leg of a way out: to its end, or into the innermost `finally` that is in the way. */
export interface Route {
  readonly instructions: readonly Instruction[];
  readonly target: BlockId;
}

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
      if (label === undefined ? context.anonymous : context.labels.includes(label)) return { target, depth };
    }
    throw new UnlowerableError(node, `"${isBreak ? "break" : "continue"}" has no target here`);
  }

  routeOf(jump: Jump): Route {
    const context = this.innermost("finally", jump.depth);
    if (!context) return { instructions: [], target: jump.target };
    return { instructions: [setCompletion(context, codeOf(context, jump))], target: context.entry };
  }

  /** Undefined where no `finally` is in the way: the body ends at once. */
  routeOfReturn(value: Value): Route | undefined {
    const context = this.innermost("finally");
    if (!context) return undefined;
    const keep: Instruction = { kind: "assign", target: context.value, value };
    return { instructions: [keep, setCompletion(context, CompletionKind.Return)], target: context.entry };
  }

  /** The resources of the innermost scope with `using` declarations. */
  get resources(): Variable {
    return this.innermost("disposal")!.resources;
  }

  private innermost<Kind extends Context["kind"]>(kind: Kind, bottom = 0) {
    return this.stack.findLast(
      (context, depth): context is Extract<Context, { kind: Kind }> => depth >= bottom && context.kind === kind,
    );
  }
}

const setCompletion = ({ completion }: FinallyContext, kind: number): Instruction => ({
  kind: "assign",
  target: completion,
  value: code`${String(kind)}`,
});

function codeOf({ jumps }: FinallyContext, jump: Jump): number {
  let index = jumps.findIndex(({ target }) => target === jump.target);
  if (index < 0) index = jumps.push(jump) - 1;
  return CompletionKind.FirstJump + index;
}
