/**
 * Where the step goes with a completion that is not normal. A return completion goes to the innermost `finally`, an exception also to
 * a `catch`; without one the body is finished. The tests stand one behind another, not in each other's `else`: engines parse that
 * recursively, and their stack ends at some 2,000.
 */

import { CompletionKind, Operation } from "../../runtime/abi.js";
import type { InstructionPrinter } from "./instruction-printer.js";
import type { Output } from "./output.js";
import type { Plan } from "./plan.js";

export function printHandlers(out: Output, { names, states }: Plan, instructions: InstructionPrinter): void {
  const { core, state, completion, result } = names;
  const isThrow = `${completion} === ${CompletionKind.Throw}`;
  out.line().whole((inner) => {
    inner.write(
      `for (; ${isThrow} || ${completion} === ${CompletionKind.Return}; ${completion} = ${CompletionKind.Normal}) {`,
    );
    inner.indent(() => {
      for (const { region, test, handler } of states.regions) {
        inner.line().write(region.completion ? `if (${test(state)}) { ` : `if (${isThrow} && (${test(state)})) { `);
        if (region.completion) instructions.store(inner, region.completion, completion);
        instructions.store(inner, region.value, result);
        inner.write(`${state} = ${handler}; continue; }`);
      }
      inner.line().write(`if (${isThrow}) throw ${result};`);
      inner.line().write(`${core}.op = ${Operation.Return}; return ${result};`);
    });
    inner.line().write("}");
  });
}
