import { Mode } from "./abi.js";
import type { Core } from "./core.js";
import { GeneratorExit, RuntimeError, StopAsyncIteration } from "./errors.js";
import { EXIT } from "./exit.js";
import { IntrinsicPromise } from "./intrinsics.js";
import { lifeOf } from "./life.js";
import { Request } from "./request.js";
import { Status } from "./status.js";

/** PEP 479: the end of another generator that a body let escape must not look like its own end. */
export function wrapEscape(error: unknown): unknown {
  if (!(error instanceof StopAsyncIteration)) return error;
  return new RuntimeError("async generator raised StopAsyncIteration", { cause: error });
}

/** A request that closes the generator as `aclose()` does. */
function closeRequest(core: Core, resolve: () => void, reject: (error: unknown) => void): Request {
  const request = new Request(Mode.Return, EXIT);
  request.lazy = true;
  request.resolve = ({ done }) => {
    if (done) return resolve();
    lifeOf(core).refused = true;
    reject(new RuntimeError("async generator ignored GeneratorExit"));
  };
  request.reject = (error) => {
    if (error instanceof GeneratorExit) resolve();
    else reject(wrapEscape(error));
  };
  return request;
}

/**
 * Closes the generator: now if it is idle, else when it is. Resolves when it is finished; rejects with the error of
 * its cleanup, or when it yields instead of finishing.
 */
export function close(core: Core): Promise<void> {
  return new IntrinsicPromise((resolve, reject) => closeWith(core, resolve, reject));
}

/** The same without a promise. */
export function closeWith(core: Core, resolve: () => void, reject: (error: unknown) => void): void {
  if (core.status === Status.Start) core.complete();
  if (core.status === Status.Completed) return resolve();
  lifeOf(core).closing = true;
  const request = closeRequest(core, resolve, reject);
  if (core.isIdle()) core.serve(request);
  else core.append(request);
}

/** Whether a close has got as far as the cleanup, in its turn or by an interruption. */
export function isCleaningUp({ current }: Core): boolean | undefined {
  return current?.mode === Mode.Return || current?.isClosing;
}
