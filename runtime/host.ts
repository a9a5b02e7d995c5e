/** What the surroundings can do for the runtime: `node/` where there is Node, else little. */

import { createNodeHost } from "./node/create-host.js";

/** An asynchronous context that was captured. */
export interface CapturedContext {
  runInAsyncScope<R>(fn: () => R): R;
}

/** A value that follows the flow of control, through `await` too where the host can do that. */
export interface ContextVariable<T> {
  get(): T | undefined;
  run<R>(value: T, fn: () => R): R;
}

class CallVariable<T> implements ContextVariable<T> {
  private value: T | undefined = undefined;

  get(): T | undefined {
    return this.value;
  }

  run<R>(value: T, fn: () => R): R {
    const outer = this.value;
    this.value = value;
    try {
      return fn();
    } finally {
      this.value = outer;
    }
  }
}

export interface Host {
  /** Captures the current asynchronous context; null when there is nothing to capture. */
  captureContext(): CapturedContext | null;
  createContextVariable<T>(): ContextVariable<T>;
  /** Calls the function in a turn of the event loop, soon. */
  inTurn(fn: () => void): void;
  /** Calls the function when the program comes to its end. */
  atEnd(fn: () => Promise<unknown>): void;
}

const plainHost: Host = {
  captureContext: () => null,
  createContextVariable: <T>() => new CallVariable<T>(),
  inTurn: inMessage,
  atEnd: () => {},
};

export const host: Host = createNodeHost() ?? plainHost;

/** By a message, which comes sooner than a timer; where there is neither, in a microtask. */
function inMessage(fn: () => void): void {
  const { MessageChannel, setTimeout, queueMicrotask } = globalThis as any;
  if (MessageChannel === undefined) return void (setTimeout ?? queueMicrotask)(fn, 0);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    fn();
  };
  port2.postMessage(undefined);
}

/** Calls the function in a later turn, without keeping the program alive for it. */
export function inLaterTurn(fn: () => void): void {
  const timer: any = (globalThis as any).setTimeout?.(fn, 0);
  timer?.unref?.();
}
