/** Destructuring patterns, binding and assigning, with suspended defaults, keys and targets. */

import { memberOf } from "./calls.js";
import { at, type Code, code, Level } from "./code.js";
import { expression } from "./expressions.js";
import { iterable } from "./iterables.js";
import { deeper, newVariable, type Place, spend, type Variable, variableOf } from "./place.js";

interface Shape {
  /** Text of a target that is no pattern itself. */
  readonly target: () => string;
  /** Text of the target of a rest element. V8 refuses some that are members. */
  readonly rest: () => string;
  /** Text of a target that has no effects of its own. */
  readonly quiet: (() => string) | undefined;
  readonly place: Place;
}

function withDefault(place: Place, text: string): string {
  return place.program.random.chance(0.4) ? `${text} = ${at(Level.Assignment, expression(place))}` : text;
}

function element(shape: Shape): string {
  const { place, target } = shape;
  const nested = spend(place) && place.program.random.chance(0.2);
  return withDefault(place, nested ? pattern({ ...shape, place: deeper(place) }) : target());
}

function arrayPattern(shape: Shape): string {
  const { random } = shape.place.program;
  const elements = Array.from({ length: random.below(3) }, () => (random.chance(0.12) ? "" : element(shape)));
  if (random.chance(0.25)) elements.push(`...${shape.rest()}`);
  return `[${elements.join(", ")}${elements.at(-1) === "" ? "," : ""}]`;
}

function objectPattern(shape: Shape): string {
  const { random } = shape.place.program;
  const property = (_: unknown, index: number): string => {
    const key = random.weighted([
      [4, () => random.pick(["a", "b", "c", "length"])],
      [1.5, () => `[${at(Level.Assignment, expression(shape.place))}]`],
      [0.7, () => `[key("a")]`],
    ])();
    // V8 finds out that there is nothing to destructure only after the first target; the standard asks before it.
    if (index === 0 && !key.startsWith("["))
      return shape.quiet ? `${key}: ${withDefault(shape.place, shape.quiet())}` : `["${key}"]: ${element(shape)}`;
    return `${key}: ${element(shape)}`;
  };
  const properties = Array.from({ length: random.below(3) }, property);
  if (random.chance(0.2) && shape.quiet) properties.push(`...${shape.quiet()}`);
  return properties.length ? `{ ${properties.join(", ")} }` : "{}";
}

const pattern = (shape: Shape): string =>
  shape.place.program.random.chance(0.5) ? arrayPattern(shape) : objectPattern(shape);

/** A value that mostly fits a pattern. */
export function patternValue(place: Place, text: string): Code {
  const { random } = place.program;
  if (random.chance(0.25)) return expression(place);
  if (text.startsWith("[")) return code(Level.Call, iterable(place, "sync"));
  const object = variableOf(place, "object");
  const value = random.pick([
    object?.name ?? "{ a: 1 }",
    "{ a: undefined, b: [1], length: { a: 2 } }",
    `"text"`,
    `{ get a() { return log("get a"); } }`,
  ]);
  return code(Level.Primary, value);
}

/** A pattern that declares variables of one kind, as `let [a, b = yield 1]` does. */
export function bindingPattern(
  place: Place,
  kind: Variable["kind"],
  isVar = false,
): { readonly pattern: string; readonly declared: readonly Variable[] } {
  const declared: Variable[] = [];
  const target = (): string => {
    const variable = newVariable(place, kind, isVar);
    declared.push(variable);
    return variable.name;
  };
  const text = pattern({ place, target, rest: target, quiet: target });
  return { pattern: text, declared };
}

/** A pattern that assigns to variables and members. In parentheses where it stands as a statement. */
export function assignmentPattern(place: Place): { readonly pattern: string; readonly value: Code } {
  const target = (): string => {
    const variable = variableOf(place, "variable");
    const text = variable && place.program.random.chance(0.6) ? variable.name : at(Level.Call, memberOf(place));
    return place.program.random.chance(0.05) ? `(${text})` : text;
  };
  const variable = variableOf(place, "variable");
  const text = pattern({
    place,
    target,
    rest: variable ? () => variable.name : target,
    quiet: variable && (() => variable.name),
  });
  return { pattern: text, value: patternValue(place, text) };
}
