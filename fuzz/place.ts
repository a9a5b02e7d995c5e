/** Where in a program something is generated: what is in scope and what is allowed there. */

import type { Links } from "./modules.js";
import type { Random } from "./random.js";

export interface Variable {
  readonly name: string;
  /** What may be done with it. An `object` always has members `a`, `b.c`, `m()`; a `generator` is a function to call. */
  readonly kind: "variable" | "constant" | "object" | "callable" | "generator";
}

interface Label {
  readonly name: string;
  readonly loop: boolean;
}

/** What is the same for a whole program. */
export interface Program {
  readonly random: Random;
  readonly using: boolean;
  /**
   * Whether async functions may run beside the generator. They share what they log and assign with it, so what comes out
   * is a matter of ticks: where these are not compared, an async function is awaited where it is called.
   */
  readonly concurrent: boolean;
  /** How many more nodes may be generated before only leaves are. */
  budget: number;
  names: number;
  /** What there is to import and export, in a program of modules. */
  links?: Links | undefined;
}

export interface Place {
  readonly program: Program;
  /** Innermost last. Each block adds to its own copy. */
  readonly variables: readonly Variable[];
  /** Names that this block declares: they cannot be declared in it again. */
  readonly own: Set<string>;
  /** Parameters, functions and `catch` variables that a `var` may have the name of: nothing between here and them shadows it. */
  readonly again: readonly string[];
  /** Whether this is the body of a function, and no block in it. */
  readonly topLevel: boolean;
  readonly labels: readonly Label[];
  readonly strict: boolean;
  readonly canYield: boolean;
  readonly canAwait: boolean;
  readonly canReturn: boolean;
  readonly canBreak: boolean;
  readonly canContinue: boolean;
  /** Members of the class or object around: private names, and whether `super` may be used. */
  readonly privates: readonly string[];
  readonly hasSuper: boolean;
  readonly hasArguments: boolean;
  readonly depth: number;
}

export const deeper = (place: Place, change: Partial<Place> = {}): Place => ({
  ...place,
  depth: place.depth + 1,
  ...change,
});

export const withVariables = (place: Place, ...variables: readonly Variable[]): Place => ({
  ...place,
  variables: [...place.variables, ...variables],
});

/** The body of a function with these parameters. */
export const withParameters = (place: Place, variables: readonly Variable[]): Place => {
  const names = variables.map((each) => each.name);
  const again = names.filter((name) => !isShadowable(name));
  return { ...withVariables(place, ...variables), own: new Set(names), again };
};

/** Names that a `var` or a function in a block may have once more. */
export const redeclarable = ({ again, strict, hasArguments }: Place): readonly string[] =>
  strict || !hasArguments ? again : [...again, "arguments"];

const isShadowable = (name: string): boolean => /^v\d/.test(name);

export function freshName({ program }: Place, prefix: string): string {
  return `${prefix}${program.names++}`;
}

/** Names that shadow are as important as names that do not. A `var` never does: it could meet a `let` on its way up. */
export function newVariable(place: Place, kind: Variable["kind"], isVar = false): Variable {
  const { random } = place.program;
  const shadowable = place.variables.filter((each) => isShadowable(each.name) && !place.own.has(each.name));
  const name =
    !isVar && shadowable.length && random.chance(0.12) ? random.pick(shadowable).name : freshName(place, "v");
  place.own.add(name);
  return { name, kind };
}

/** Labels of one statement. */
export function newLabels(place: Place, loop: boolean): Label[] {
  const count = place.program.random.chance(0.25) ? 2 : 1;
  return Array.from({ length: count }, () => ({ name: freshName(place, "l"), loop }));
}

export const labelled = (labels: readonly Label[], text: string): string =>
  [...labels.map(({ name }) => `${name}: `), text].join("");

/** A variable in scope of one of the kinds, as the innermost declaration of its name sees it. */
export function variableOf(place: Place, ...kinds: readonly Variable["kind"][]): Variable | undefined {
  const seen = new Set<string>();
  const visible = place.variables.toReversed().filter((each) => !seen.has(each.name) && seen.add(each.name));
  const fitting = visible.filter((each) => kinds.includes(each.kind));
  return fitting.length ? place.program.random.pick(fitting) : undefined;
}

/** Whether something larger than a leaf may still be generated; counts it. */
export function spend({ program, depth }: Place): boolean {
  program.budget--;
  return program.budget > 0 && depth < 9;
}

/** What code inside a new function of some kind may do. */
export function insideFunction(
  place: Place,
  kind: "plain" | "arrow" | "generator" | "async" | "async arrow" | "async generator",
): Place {
  const arrow = kind.endsWith("arrow");
  return deeper(place, {
    own: new Set(),
    again: [],
    topLevel: true,
    labels: [],
    canBreak: false,
    canContinue: false,
    canReturn: true,
    canYield: kind.endsWith("generator"),
    canAwait: kind.startsWith("async"),
    hasArguments: arrow ? place.hasArguments : true,
    hasSuper: arrow ? place.hasSuper : false,
  });
}
