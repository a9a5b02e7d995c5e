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

function callVariable<T>(): ContextVariable<T> {
  let value: T | undefined;
  return {
    get: () => value,
    run(own, fn) {
      const outer = value;
      value = own;
      try {
        return fn();
      } finally {
        value = outer;
      }
    },
  };
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
  createContextVariable: callVariable,
  atEnd: () => {},
};

export const host: Host = createNodeHost() ?? plainHost;

/** A `FinalizationRegistry`, in words that a program knows whose TypeScript has the library of an older ECMAScript. */
export interface Collections<T> {
  register(target: object, held: T, token?: object): void;
  unregister(token: object): void;
}

/**
 * Who learns of collections: nobody where the engine says nothing of them. Temporal's workflows may see nothing that differs when they
 * are run again, and are thrown an error.
 */
export function whenCollected<T>(callback: (held: T) => void): Collections<T> | undefined {
  try {
    return new FinalizationRegistry(callback);
  } catch {}
  return undefined;
}

/**
 * Whether programs are run again, as those workflows. Timers are part of what they do there, and written down; and one realm serves one
 * run after another, each with a runtime of its own.
 */
export const isRunAgain = globalThis.FinalizationRegistry && !whenCollected(() => {});

/**
 * Not what the global is by then, which may be a clock of a test: its timers are counted, and it may stand still. Jest can replace
 * the global one before anything is loaded.
 */
const { setTimeout } = nodeModule("node:timers") ?? (!isRunAgain && globalThis);
const clock = Date.now;

/**
 * Calls the function in a later turn, without keeping the program alive for it unless that is asked for. False where there are no
 * timers: Vercel's workflows have a `setTimeout` that throws.
 */
export function inLaterTurn(fn: () => void, keepsAlive = false): boolean {
  try {
    const timer = setTimeout(fn, 0);
    if (!keepsAlive) timer.unref?.();
    return true;
  } catch {
    return false;
  }
}

/** The time; unknown in a hardened realm, which keeps it from its programs: there `Date.now` throws. */
export function now(): number | undefined {
  try {
    return clock();
  } catch {}
  return undefined;
}
