/**
 * Small random programs for the differential test: a body, a `catch` and a `finally` of straight-line operations,
 * and a driver. One interpreter is a native async generator, the other is a step as the compiler emits it.
 */

import type { Deviations } from "../../support/engine.js";

export type ValueKind =
  | "number"
  | "object"
  | "promise"
  | "slow"
  | "rejected"
  | "slowRejected"
  | "thenable"
  | "throwingThenable"
  | "poisoned"
  | "noConstructor"
  | "subclass"
  | "ownThen"
  | "promiseOfThenable"
  | "undefined";

export type DelegateKind =
  | "native"
  | "nativeWithFinally"
  | "sync"
  | "async"
  | "asyncPlain"
  | "asyncNoThrow"
  | "asyncNoReturn"
  | "asyncBare"
  | "nonObjects"
  | "failing"
  | "notIterable";

export type Op =
  | { readonly op: "yield" | "await" | "return" | "throw"; readonly value: ValueKind; readonly id: number }
  | { readonly op: "delegate"; readonly to: DelegateKind; readonly id: number }
  | { readonly op: "reenter"; readonly id: number }
  | { readonly op: "leave"; readonly id: number };

export interface Call {
  readonly method: "next" | "return" | "throw";
  readonly value: ValueKind;
  /** Ticks to wait after the call, or to wait for the answer. */
  readonly pause: number | "answer";
}

export interface Script {
  readonly seed: number;
  readonly body: readonly Op[];
  readonly handler: readonly Op[] | undefined;
  readonly cleanup: readonly Op[] | undefined;
  readonly calls: readonly Call[];
}

export type Random = (below: number) => number;

/** A small, fast, seeded generator (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export const values: readonly ValueKind[] = [
  "number",
  "number",
  "number",
  "number",
  "undefined",
  "object",
  "promise",
  "promise",
  "slow",
  "rejected",
  "slowRejected",
  "thenable",
  "throwingThenable",
  "poisoned",
  "noConstructor",
  "subclass",
  "ownThen",
  "promiseOfThenable",
];

const rejecting: readonly ValueKind[] = ["rejected", "slowRejected", "throwingThenable", "poisoned"];

const delegates: readonly DelegateKind[] = [
  "native",
  "native",
  "nativeWithFinally",
  "sync",
  "async",
  "asyncPlain",
  "asyncNoThrow",
  "asyncNoReturn",
  "asyncBare",
  "nonObjects",
  "failing",
  "notIterable",
];

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

function randomOps(random: Random, most: number, ids: { next: number }): Op[] {
  return Array.from({ length: random(most + 1) }, (): Op => {
    const id = ids.next++;
    const dice = random(20);
    if (dice < 9) return { op: "yield", value: pick(random, values), id };
    if (dice < 13) return { op: "await", value: pick(random, values), id };
    if (dice < 14) return { op: "return", value: pick(random, values), id };
    if (dice < 15) return { op: "throw", value: pick(random, values), id };
    if (dice < 16) return { op: "leave", id };
    if (dice < 17) return { op: "reenter", id };
    return { op: "delegate", to: pick(random, delegates), id };
  });
}

export function randomCall(random: Random, index: number): Call {
  // A generator that is thrown into before it starts has little to tell.
  const dice = random(index === 0 ? 7 : 10);
  return {
    method: dice < 6 ? "next" : dice < 8 ? "throw" : "return",
    value: pick(random, values),
    pause: random(3) === 0 ? "answer" : random(3) === 0 ? random(7) : 0,
  };
}

export function randomScript(seed: number): Script {
  const random = randomFrom(seed);
  const ids = { next: 1 };
  return {
    seed,
    body: randomOps(random, 7, ids),
    handler: random(2) === 0 ? randomOps(random, 3, ids) : undefined,
    cleanup: random(2) === 0 ? randomOps(random, 3, ids) : undefined,
    calls: Array.from({ length: 1 + random(10) }, (_, index) => randomCall(random, index)),
  };
}

/** The calls without what this engine gets wrong: see {@link Deviations.returnsRejectedAsNext}. */
export function callsFor(calls: readonly Call[], { returnsRejectedAsNext }: Deviations): readonly Call[] {
  if (!returnsRejectedAsNext) return calls;
  return calls.map((call) =>
    call.method === "return" && rejecting.includes(call.value) ? { ...call, value: "number" } : call,
  );
}
