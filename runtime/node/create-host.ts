import type { CapturedContext, ContextVariable, Host } from "../host.js";
import { nodeModule, nodeProcess } from "./process.js";

interface AsyncHooks {
  readonly AsyncResource: new (type: string, triggerAsyncId?: number) => CapturedContext;
  readonly AsyncLocalStorage: new () => { getStore(): any; run<R>(store: unknown, fn: () => R): R };
}

/** Hosts that imitate Node, as Cloudflare's Workers, throw for an option that they do not have. */
function optionsOf(Context: AsyncHooks["AsyncResource"]): number | undefined {
  // Nobody is told who has made it: that would cost as much as the rest, and an object of options as much again.
  const trigger = 0;
  try {
    new Context("AsyncGenerator", trigger);
    return trigger;
  } catch {
    return undefined;
  }
}

/** The runtime's host in Node; undefined elsewhere. */
export function createNodeHost(): Host | undefined {
  const hooks: AsyncHooks | undefined = nodeModule("node:async_hooks");
  if (hooks === undefined) return undefined;
  /** Who looks for what keeps the process alive, as `jest --detectOpenHandles`, asks for this. */
  class Context extends hooks.AsyncResource {
    hasRef(): boolean {
      return false;
    }
  }
  const options = optionsOf(Context);
  return {
    captureContext: () => new Context("AsyncGenerator", options),
    createContextVariable<T>(): ContextVariable<T> {
      const storage = new hooks.AsyncLocalStorage();
      return { get: () => storage.getStore(), run: (value, fn) => storage.run(value, fn) };
    },
    // Emitted again whenever the loop runs dry, so that what a cleanup opens is closed too. What other listeners open comes first.
    atEnd: (fn) => nodeProcess?.on("beforeExit", () => nodeProcess?.nextTick(fn)),
  };
}
