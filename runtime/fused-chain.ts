/** Fused: running a chain of `yield*` until there is an item. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { Asker } from "./asker.js";
import type { Chain } from "./chain.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { EXIT } from "./exit.js";
import type { Answer } from "./first-run.js";
import { operate, suspend, wait, waitToYield } from "./fused-wait.js";
import { missInterruption } from "./interrupt.js";
import { isObject } from "./intrinsics.js";
import { answer } from "./pending.js";
import { canPull, pullFirst } from "./pull.js";
import { Status } from "./status.js";
import { awaitable } from "./waker.js";

/**
 * Runs the leaf of a chain, with the completion in its `mode` and `value`, and whoever is the leaf after it. Returns the answer of the
 * root, as `advance` in `first-run.ts` does; or the root itself, when it delegates no more and is to go on with the completion that it has.
 */
export function runChain(chain: Chain, handle: object, reader: Asker | null): Answer | Core {
  const { root } = chain;
  // Not written down in the chain at each step: to store what is young in what is old costs more than to run it.
  let { leaf } = chain;
  while (leaf !== root) {
    if (leaf.rare.pending !== null) return operate(root, dissolved(chain, leaf), handle, reader);
    leaf.standing = Status.Executing;
    const operand: any = leaf.runStep();
    const operation = leaf.op & ~OWES_CLEANUP;
    const { queue, interruption } = leaf.rare;
    // Somebody else may have looked at one of its links, or have called its leaf.
    if (chain.isDissolved || queue !== null || interruption !== null)
      return wait(root, dissolved(chain, leaf), operand, handle, reader);
    if (operation === Operation.Yield && !isObject(operand)) return deliver(chain, leaf, operand);
    if (operation === Operation.Delegate) leaf = chain.delegate(leaf, operand);
    else if (operation === Operation.Return) leaf = answer(chain.leave(leaf), Mode.Next, valueOf(operand));
    else if (operation === Operation.Throw) leaf = answer(chain.leave(leaf), Mode.Throw, operand);
    else {
      const next = ask(chain, leaf, operand, handle, reader);
      if (next !== leaf) return next;
    }
  }
  return root;
}

const valueOf = (returned: unknown) => (returned === EXIT ? undefined : returned);

/** The leaf has to wait: there is no chain from here on. */
function dissolved(chain: Chain, leaf: Core): Core {
  chain.dissolve();
  return leaf;
}

function deliver(chain: Chain, leaf: Core, item: unknown): null {
  const { root } = chain;
  root.value = item;
  root.standing = Status.Delivering;
  chain.rest(leaf);
  return null;
}

/** The leaf asks for something that may take time. Returns the leaf if it has its completion at once. */
function ask(chain: Chain, leaf: Core, operand: any, handle: object, reader: Asker | null): Answer | Core {
  const { root } = chain;
  const operation = leaf.op & ~OWES_CLEANUP;
  if (operation === Operation.Yield) return yieldObject(chain, leaf, operand, handle, reader);
  if (operation === Operation.Next && canPull(operand)) {
    if (pullFirst(leaf, operand) !== null) return leaf;
  } else if (operation !== Operation.Wait) return wait(root, dissolved(chain, leaf), operand, handle, reader);
  chain.dissolve();
  return suspend(root, handle, reader);
}

/** To ask what is yielded for its `then` may call the program, which may look at one of the links, or interrupt the leaf. */
function yieldObject(chain: Chain, leaf: Core, item: object, handle: object, reader: Asker | null): Answer {
  const { root } = chain;
  const awaited = awaitable(item);
  if (awaited !== null) {
    const pause = leaf.interruption === null ? waitToYield : wait;
    return pause(root, dissolved(chain, leaf), awaited, handle, reader);
  }
  if (leaf.interruption !== null) missInterruption(leaf);
  if (!chain.isDissolved) return deliver(chain, leaf, item);
  const promise = suspend(root, handle, reader);
  // It is handed on from one to the next.
  drive(leaf.yield(item), leaf);
  return promise;
}
