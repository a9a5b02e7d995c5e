/** A whole random program and the drivers it runs under. The same seed and index always give the same. */

import type { Driver, Request, SentValue } from "../test/support/drivers.js";
import type { ModuleFormat } from "../test/support/modules.js";
import { classText, generatorFunction, parameters } from "./functions.js";
import { modulesText } from "./modules.js";
import {
  freshName,
  insideFunction,
  type Place,
  type Program,
  type Variable,
  withParameters,
  withVariables,
} from "./place.js";
import { type Random, randomFrom } from "./random.js";
import { statements } from "./statements.js";
import { surroundedGenerator } from "./surroundings.js";

interface FuzzOptions {
  readonly seed: number;
  readonly index: number;
  readonly using: boolean;
  readonly ticks: "spec" | "fused";
  /** A program of modules in that format, and not a script. */
  readonly modules?: ModuleFormat | undefined;
}

export interface FuzzCase {
  readonly source: string;
  readonly drivers: readonly Driver[];
}

/** Used by generated code, and kept as it is: a tag, a class, and fuel that all loops share. */
const prelude = `let fuelLeft = 60;
const fuel = () => fuelLeft-- > 0;
const tag = (strings, ...values) => log("tag", strings.raw, ...values);
class Made { constructor(...a) { this.a = a; } m(...a) { return log("Made.m", ...a); } get p() { return log("Made.p"); } set p(v) { log("set Made.p", v); } }
const frozen = Object.freeze({ a: 1 });
const o = { a: 1, b: { c: 2 }, m(...a) { return log("o.m", this === o, ...a); } };`;

function outerPlace(program: Program, strict: boolean): Place {
  return {
    program,
    strict,
    variables: [{ name: "o", kind: "object" }],
    own: new Set(),
    again: [],
    topLevel: false,
    labels: [],
    canYield: false,
    canAwait: false,
    canReturn: false,
    canBreak: false,
    canContinue: false,
    privates: [],
    hasSuper: false,
    hasArguments: false,
    depth: 0,
  };
}

/** An ordinary async function in the place of a driven generator: what its loops read may be compiled, and they are too. */
function consumerText(place: Place, count: number): string {
  const inside = insideFunction(place, "async");
  const within: Place = { ...inside, own: new Set() };
  return `async function main() {\n${statements(within, count)}\n}`;
}

/** The driven generator as each kind of function that there is. */
function mainText(place: Place, count: number): string {
  const { random } = place.program;
  const privateName = freshName(place, "x");
  const inside = insideFunction(place, "async generator");
  const { text, variables } = parameters(inside);
  const within = withParameters(inside, variables);
  const method: Place = { ...within, hasSuper: true };
  const args = random.pick(["", "1", `1, "two"`, "undefined, [3]"]);
  const pass = (call: string): string => `function main() { return ${call}(${args}); }`;
  return random.weighted([
    [6, () => `async function* body(${text}) {\n${statements(within, count)}\n}\n${pass("body")}`],
    [2, () => `const body = async function* self(${text}) {\n${statements(within, count)}\n};\n${pass("body.call")}`],
    [
      2,
      () =>
        `const host = { __proto__: Made.prototype, async *body(${text}) {\n${statements(method, count)}\n} };\n${pass("host.body")}`,
    ],
    [
      2,
      () =>
        `class Host extends Made { #${privateName} = 1; async *body(${text}) {\n${statements({ ...method, strict: true, privates: [privateName] }, count)}\n} }\n${pass("new Host().body")}`,
    ],
    [
      1,
      () =>
        `class Host extends Made { static #${privateName} = 1; static async *#body(${text}) {\n${statements({ ...method, strict: true, privates: [privateName] }, count)}\n} static run(...a) { return this.#body(...a); } }\n${pass("Host.run")}`,
    ],
    [1, () => consumerText(place, count)],
  ])();
}

function programText(program: Program): string {
  const { random } = program;
  const strict = random.chance(0.5);
  let place = outerPlace(program, strict);
  const helpers: string[] = [];
  for (let count = random.below(3); count > 0; count--) {
    const name = freshName(place, "g");
    program.budget = 15;
    helpers.push(generatorFunction(place, name, 1 + random.below(3)));
    place = withVariables(place, { name, kind: "generator" } satisfies Variable);
  }
  if (!strict && random.chance(0.2)) {
    const name = freshName(place, "g");
    program.budget = 20;
    helpers.push(surroundedGenerator(place, name));
    place = withVariables(place, { name, kind: "generator" } satisfies Variable);
  }
  if (random.chance(0.1)) {
    program.budget = 10;
    helpers.push(classText(place, freshName(place, "C")));
  }
  program.budget = 20 + random.below(110);
  const main = mainText(place, 3 + random.below(7));
  return [...(strict ? [`"use strict";`] : []), prelude, ...helpers, main].join("\n");
}

const moduleProgram = (program: Program, format: ModuleFormat): string =>
  modulesText(outerPlace(program, true), format, prelude, (place) => mainText(place, 2 + program.random.below(5)));

const values: readonly (readonly [number, SentValue])[] = [
  [3, "nothing"],
  [4, "number"],
  [1, "undefined"],
  [1, "object"],
  [2, "promise"],
  [1, "rejected"],
  [1, "thenable"],
  [0.7, "rejecting"],
  [0.5, "throwing"],
  [0.4, "poisoned"],
  [0.4, "unreadable"],
  [2, "error"],
];

function driver(random: Random): Driver {
  if (random.chance(0.15)) {
    const [leave, after] = [random.pick(["break", "throw", "return", "never"] as const), 1 + random.below(3)];
    return { name: `for await, ${leave} after ${after}`, leave, after };
  }
  const queued = random.pick([0, 0, 0.3, 1]);
  const requests = Array.from(
    { length: 3 + random.below(9) },
    (_, index): Request => ({
      // What is thrown or returned first is answered without the body: that needs few tries.
      method: random.weighted([
        [index ? 8 : 40, "next"],
        [1.3, "throw"],
        [1.3, "return"],
      ] as const),
      value: random.weighted(values),
      wait: !random.chance(queued),
    }),
  );
  return {
    name: requests.map(({ method, value, wait }) => `${method}:${value}${wait ? "" : "!"}`).join(" "),
    requests,
  };
}

export function generate({ seed, index, using, ticks, modules }: FuzzOptions): FuzzCase {
  const random = randomFrom(seed, index);
  const program: Program = { random, using, concurrent: ticks === "spec" && !using, budget: 0, names: 0 };
  const source = modules ? moduleProgram(program, modules) : programText(program);
  return { source, drivers: [driver(random), driver(random), driver(random)] };
}
