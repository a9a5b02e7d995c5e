import type { CapturedContext, ContextVariable, Host } from "../host.js";
import { nodeModule, nodeProcess } from "./process.js";

interface AsyncHooks {
  readonly AsyncResource: new (type: string, options: object) => CapturedContext;
  readonly AsyncLocalStorage: new () => { getStore(): any; run<R>(store: unknown, fn: () => R): R };
}

/** Nobody is told when one is collected, nor who has made it: either would cost as much as the rest. */
const cheap = { triggerAsyncId: 0, requireManualDestroy: true };

/** Hosts that imitate Node, as Cloudflare's Workers, throw for an option that they do not have. */
function optionsOf(Context: AsyncHooks["AsyncResource"]): object {
  try {
    new Context("AsyncGenerator", cheap);
    return cheap;
  } catch {
    return {};
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
