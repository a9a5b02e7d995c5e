/** What the surroundings can do for the runtime: `node/` where there is Node, else little. */

import { createNodeHost } from "./node/create-host.js";
import { nodeModule } from "./node/process.js";

/** An asynchronous context that was captured. */
export interface CapturedContext {
  runInAsyncScope<R>(fn: () => R): R;
}

/** Calls the function in the context, if there is one. */
export function runIn<R>(context: CapturedContext | null, fn: () => R): R {
  return context === null ? fn() : context.runInAsyncScope(fn);
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
  /** Calls the function when the program comes to its end. Gives what will do it. */
  atEnd(fn: () => void): unknown;
}

const plainHost: Host = {
  captureContext: () => null,
  createContextVariable: <T>() => new CallVariable<T>(),
  atEnd: () => {},
};

export const host: Host = createNodeHost() ?? plainHost;

/**
 * Not what the global is by then, which may be a clock of a test: its timers are counted, and it may stand still. Jest can replace
 * the global one before anything is loaded.
 */
const { setTimeout } = nodeModule("node:timers") ?? globalThis;
const clock = Date.now;

/** Calls the function in a later turn, without keeping the program alive for it unless that is asked for. */
export function inLaterTurn(fn: () => void, keepsAlive = false): void {
  const timer = setTimeout?.(fn, 0);
  if (!keepsAlive) timer?.unref?.();
}

/** The time; unknown in a hardened realm, which keeps it from its programs: there `Date.now` throws. */
export function now(): number | undefined {
  try {
    return clock();
  } catch {}
  return undefined;
}
