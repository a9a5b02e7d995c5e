/** Things to iterate: lists, iterators that behave and misbehave, generators native and compiled. */

import type { Behaviour } from "../test/support/library.js";
import { type Place, variableOf } from "./place.js";

type Use = "sync" | "async" | "delegate";

/** Rejected values in synchronous iterables are left out: Node 20 does not close those, the standard does. */
const elements = ["1", "2", `"x"`, "undefined", "resolved(3)", "thenable(4)", "{ a: 5 }", "[6, 7]"];
const plainElements = ["1", "2", `"x"`, "undefined", "{ a: 5 }", "[6, undefined]"];

function list(place: Place, from: readonly string[]): string {
  const { random } = place.program;
  return `[${Array.from({ length: random.below(4) }, () => random.pick(from)).join(", ")}]`;
}

function behaviour(place: Place, isSync: boolean, use: Use): string {
  const { random } = place.program;
  if (random.chance(0.6)) return "";
  const options: Behaviour[] = [
    { fails: [random.pick(["next", "return", "iterator", "done", "value"] as const)] },
    { bad: [random.pick(["next", "return", "iterator"] as const)] },
    { lacks: ["return"] },
    { refuses: true },
  ];
  // What an adapted synchronous iterator without `throw` does has changed in the standard; Node 20 does it the old way.
  if (!isSync || use !== "delegate") options.push({ lacks: ["throw"] }, { fails: ["throw"] }, { bad: ["throw"] });
  return `, ${JSON.stringify(random.pick(options)).replace(/"(\w+)":/g, "$1: ")}`;
}

/** An expression whose value is iterated. */
export function iterable(place: Place, use: Use): string {
  const { random } = place.program;
  const name = JSON.stringify(`i${place.program.names++}`);
  const generator = variableOf(place, "generator");
  const values = use === "sync" ? plainElements : elements;
  const kinds: [number, () => string][] = [
    // The same holds for what has no `throw` at all.
    [4, () => (use === "delegate" ? `(function* () { yield* ${list(place, values)}; })()` : list(place, values))],
    [3, () => `sync(${name}, ${list(place, values)}${behaviour(place, true, use)})`],
    [use === "delegate" ? 0 : 1, () => `new Set(${list(place, values)})`],
    [use === "delegate" ? 0 : 1, () => `"ab"`],
    [0.3, () => random.pick(["null", "5", "{}", "undefined"])],
  ];
  if (use !== "sync") {
    kinds.push(
      [
        3,
        () => `foreign(${name}, ${list(place, [...elements, `rejected("element")`])}${behaviour(place, false, use)})`,
      ],
      [2, () => `foreignPlain(${name}, ${list(place, elements)}${behaviour(place, false, use)})`],
      [2, () => `native(${name}, ${list(place, elements)})`],
      [
        0.5,
        () =>
          `{ [Symbol.asyncIterator]: ${random.pick(["null", "undefined"])}, [Symbol.iterator]: sync(${name}, ${list(place, elements)})[Symbol.iterator] }`,
      ],
    );
    if (generator) kinds.push([4, () => `${generator.name}()`]);
  }
  return random.weighted(kinds)();
}

/** Runs the generator that a call makes. */
export const drained = (place: Place, call: string): string =>
  place.canYield ? `log(yield* ${call});` : `for await (const each of ${call}) log("drained", each);`;
