/** The options of the compiler: their values, their defaults, and what is wrong with a user's. */

import { type Diagnostic, type Place, unknownOption, unknownRule, wrongOptionValue } from "./diagnostics.js";

/** The module that emitted code imports, or the global variable that it uses. */
export type RuntimeReference = { readonly specifier: string } | { readonly global: string };
/** Whether an optional rule says anything, and how loudly. */
export type RuleSeverity = "off" | "warn" | "error";

/** What a user may give. Everything has a default. */
export interface Options {
  /** Decides the syntax and the names in the source map. */
  fileName?: string | undefined;
  /** What to rewrite: what has the `"use aclose"` directive, or every async generator. */
  include?: "directive" | "all" | undefined;
  /** `"spec"`: every observable order of ECMAScript; `"fused"`: same values and cleanup, fewer microtask ticks. */
  ticks?: "spec" | "fused" | undefined;
  /** `"queue"`: `return()` and `throw()` wait behind a pending `next()`, as ECMAScript says; `"interrupt"`: they interrupt the pending await. */
  close?: "queue" | "interrupt" | undefined;
  /** Whether `for await` loops in ordinary async functions of an opted-in file use the direct protocol too. */
  consumers?: boolean | undefined;
  /** How emitted code finds the runtime. */
  runtime?: RuntimeReference | undefined;
  /** How the output imports the runtime; `"auto"`: as the source imports and exports. */
  module?: "auto" | "esm" | "cjs" | "script" | undefined;
  /** Whether there is a map, or a comment with the map in it. */
  sourceMap?: boolean | "inline" | undefined;
  /** Severity of each optional rule. */
  rules?: Readonly<Partial<Record<RuleName, RuleSeverity>>> | undefined;
  /** Whether the output says where each function and its suspensions stand in the source, for inspection and leak reports. */
  positions?: boolean | undefined;
  /** Whether output in TypeScript is annotated, so that a strict type checker accepts it. */
  annotate?: boolean | undefined;
  /** Keep what a debugger and the inspector show. */
  debug?: boolean | undefined;
}

export type ResolvedOptions = Required<Options> & {
  /** Whether TypeScript will make CommonJS, AMD or UMD of the module. */
  readonly becomesCommonJs?: boolean;
};

export const defaultOptions: ResolvedOptions = {
  fileName: "input.ts",
  include: "directive",
  ticks: "spec",
  close: "queue",
  consumers: true,
  runtime: { specifier: "aclose/runtime" },
  module: "auto",
  sourceMap: true,
  rules: {},
  annotate: false,
  positions: true,
  debug: false,
};

/** The name of an optional rule. */
export type RuleName = "no-yield-in-finally" | "no-yield-while-holding" | "no-delegation" | "no-unclosed-next";
/** The optional rules, by name. */
const ruleNames: readonly RuleName[] = [
  "no-yield-in-finally",
  "no-yield-while-holding",
  "no-delegation",
  "no-unclosed-next",
];

interface Check {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const oneOf = (...values: readonly unknown[]): Check => ({
  expected: values.map((value) => JSON.stringify(value)).join(", "),
  accepts: (value) => values.includes(value),
});
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

function isRuntimeReference(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  if (typeof value.global === "string") return identifier.test(value.global);
  return typeof value.specifier === "string" && value.specifier !== "";
}

const checks: Record<keyof Options, Check> = {
  fileName: { expected: "a file name", accepts: (value) => typeof value === "string" && value !== "" },
  include: oneOf("directive", "all"),
  ticks: oneOf("spec", "fused"),
  close: oneOf("queue", "interrupt"),
  consumers: oneOf(true, false),
  runtime: { expected: '{ "specifier": "aclose/runtime" } or { "global": "__aclose" }', accepts: isRuntimeReference },
  module: oneOf("auto", "esm", "cjs", "script"),
  sourceMap: oneOf(true, false, "inline"),
  rules: { expected: "an object of rule names and severities", accepts: isObject },
  positions: oneOf(true, false),
  annotate: oneOf(true, false),
  debug: oneOf(true, false),
};
const ruleSeverity = oneOf("off", "warn", "error");

/** What only `transform` takes: elsewhere it is known of itself. */
const ofTransform: readonly string[] = ["fileName", "sourceMap", "annotate"];
const knownOptions = `${Object.keys(checks)
  .filter((name) => !ofTransform.includes(name))
  .join(", ")}; for transform() also ${ofTransform.join(", ")}`;

const isOptionName = (name: string): name is keyof Options => Object.hasOwn(checks, name);

/** The value as a user would write it, for a message. */
function shown(value: unknown): string {
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return `a ${typeof value}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "an object that refers to itself";
  }
}

function checkRules(rules: Record<string, unknown>, place: Place): Diagnostic[] {
  const known = `The rules are: ${ruleNames.join(", ")}.`;
  return Object.entries(rules).flatMap(([name, value]) => {
    if (!(ruleNames as readonly string[]).includes(name)) return [unknownRule.at(place, name, known)];
    if (!ruleSeverity.accepts(value))
      return [wrongOptionValue.at(place, `rules.${name}`, shown(value), ruleSeverity.expected)];
    return [];
  });
}

/** Where a user wrote an option; undefined where that is unknown. */
type PlaceOf = (option: string) => Place | undefined;

/**
 * Fills in the defaults and reports what is wrong. A wrong value counts as not given. `hasHost`: the host says what only `transform`
 * is told.
 */
export function resolveOptions(
  given: unknown = {},
  placeOf: PlaceOf = () => undefined,
  hasHost = false,
): { options: ResolvedOptions; diagnostics: Diagnostic[] } {
  const options: Record<string, unknown> = { ...defaultOptions };
  const diagnostics: Diagnostic[] = [];
  const wrong: [name: string, value: unknown][] = [];
  const unknown: string[] = [];
  if (isObject(given)) {
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) continue;
      if (!isOptionName(name) || (hasHost && ofTransform.includes(name))) unknown.push(name);
      else if (!checks[name].accepts(value)) wrong.push([name, value]);
      else options[name] = value;
    }
  } else wrong.push(["options", given]);
  const resolved = options as unknown as ResolvedOptions;
  const place = (name: string): Place =>
    placeOf(name) ?? { fileName: resolved.fileName, text: "", start: 0, length: 0 };
  for (const name of unknown) diagnostics.push(unknownOption.at(place(name), name, knownOptions));
  for (const [name, value] of wrong) {
    const expected = isOptionName(name) ? checks[name].expected : "an object";
    diagnostics.push(wrongOptionValue.at(place(name), name, shown(value), expected));
  }
  diagnostics.push(...checkRules(resolved.rules, place("rules")));
  return { options: resolved, diagnostics };
}

/** What is wrong with options of {@link transform}: names that there are not, and values that they do not take. Needs no TypeScript. */
export function checkOptions(options: Options): readonly Diagnostic[] {
  return resolveOptions(options).diagnostics;
}
