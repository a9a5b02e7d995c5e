/** Functions and classes inside of programs: arrows that capture, nested generators, methods, members with suspended names. */

import { at, type Code, code, Level, notABlock } from "./code.js";
import { anonymous, expression } from "./expressions.js";
import { bindingPattern } from "./patterns.js";
import {
  deeper,
  freshName,
  insideFunction,
  type Place,
  type Variable,
  withParameters,
  withVariables,
} from "./place.js";
import { statements } from "./statements.js";

/** Parameters: plain, with defaults, patterns and a rest. */
export function parameters(place: Place): {
  readonly text: string;
  readonly variables: readonly Variable[];
  readonly simple: boolean;
} {
  const { random } = place.program;
  const variables: Variable[] = [];
  const inside = deeper(place, { canYield: false, canAwait: false, own: new Set() });
  const fresh = (): string => {
    const variable: Variable = { name: freshName(place, "p"), kind: "variable" };
    variables.push(variable);
    return variable.name;
  };
  const one = (): string =>
    random.weighted([
      [6, fresh],
      [
        2,
        () => {
          const name = fresh();
          return `${name} = ${at(Level.Assignment, expression(withVariables(inside, ...variables.slice(0, -1))))}`;
        },
      ],
      [
        1,
        () => {
          const { pattern, declared } = bindingPattern(inside, "variable");
          variables.push(...declared);
          return `${pattern} = ${pattern.startsWith("[") ? "[1]" : "{ a: 1 }"}`;
        },
      ],
    ])();
  const texts = Array.from({ length: random.below(4) }, one);
  if (random.chance(0.15)) texts.push(`...${fresh()}`);
  return { text: texts.join(", "), variables, simple: texts.every((text) => /^\w+$/.test(text)) };
}

const body = (place: Place, count: number): string => {
  const inside = { ...place, own: new Set(place.own) };
  return statements(inside, count);
};

/** An arrow function: it captures what is around it, also `this`, `arguments` and `super`. */
export function arrow(place: Place): Code {
  const { random } = place.program;
  const isAsync = place.program.concurrent && random.chance(0.3);
  return arrowOf(place, isAsync);
}

function arrowOf(place: Place, isAsync: boolean): Code {
  const { random } = place.program;
  const inside = insideFunction(place, isAsync ? "async arrow" : "arrow");
  const { text, variables } = random.chance(0.6) ? { text: "", variables: [] } : parameters(inside);
  const within = withParameters(inside, variables);
  const value = at(Level.Assignment, expression(within));
  // TypeScript takes `c ? () => (a) : b {` for an arrow function in parentheses with a result type.
  const asBlock = random.chance(0.25) || /^[({]/.test(value);
  const block = asBlock ? `{ ${body(within, random.below(3))} return ${value}; }` : notABlock(value);
  return code(Level.Assignment, `${isAsync ? "async " : ""}(${text}) => ${block}`);
}

const functionKinds = [
  ["plain", "function"],
  ["generator", "function*"],
  ["async", "async function"],
  ["async generator", "async function*"],
] as const;

export function functionExpression(place: Place): Code {
  const { random, concurrent } = place.program;
  const [kind, keyword] = random.pick(functionKinds.filter(([each]) => concurrent || each !== "async"));
  return functionOf(place, kind, keyword);
}

/** Texts at the beginning of a body, and whether one of them makes it strict. */
function prologue(place: Place): { readonly text: string; readonly strict: boolean } {
  const text = place.program.random.weighted([
    [20, ""],
    [1, `"use strict"; `],
    [0.5, `"other"; 'use strict'; `],
    [0.5, `("use strict"); `],
  ]);
  return { text, strict: place.strict || /^[^(]*use strict/.test(text) };
}

function functionOf(place: Place, kind: (typeof functionKinds)[number][0], keyword: string): Code {
  const { text, strict } = prologue(place);
  const inside = { ...insideFunction(place, kind), strict };
  return code(Level.Primary, `${keyword} () { ${text}${body(inside, 1 + place.program.random.below(2))} }`);
}

/** An async function that is awaited where it is called: nothing runs beside it. Its loops read as ordinary consumers do. */
export function joinedCall(place: Place): Code {
  const { random } = place.program;
  const isArrow = random.chance(0.4);
  const { text } = isArrow ? arrowOf(place, true) : functionOf(place, "async", "async function");
  return code(Level.Unary, `await (${text})(${random.pick(["", "1", "undefined, [3]"])})`);
}

/** Text of an async generator with that name; used as declaration and as expression. */
export function generatorFunction(place: Place, name: string, count: number): string {
  const inside = insideFunction(place, "async generator");
  const { text, variables, simple } = parameters(inside);
  const within = withParameters(inside, variables);
  const { text: start, strict } = simple ? prologue(place) : { text: "", strict: place.strict };
  return `async function* ${name}(${text}) {\n${start}${body({ ...within, strict }, count)}\n}`;
}

function memberKey(place: Place): string {
  const { random } = place.program;
  return random.weighted([
    [3, () => freshName(place, "m")],
    [2, () => `[${at(Level.Assignment, expression(place))}]`],
    [1, () => `[key("${freshName(place, "k")}")]`],
  ])();
}

/** A class, perhaps with a heritage and names that suspend. */
export function classText(place: Place, name: string): string {
  const { random } = place.program;
  const outside = deeper(place, { strict: true });
  const heritage = random.weighted([
    [3, () => ""],
    [1, () => " extends Made"],
    [1, () => ` extends (${at(Level.Comma, expression(outside))}, Made)`],
    [0.2, () => " extends null"],
    [0.4, () => ` extends (${at(Level.Coalesce, expression(outside))} ? Made : null)`],
    [place.canAwait ? 0.4 : 0, () => " extends (await Made)"],
  ])();
  const privateName = freshName(place, "x");
  const within = name ? withVariables(outside, { name, kind: "constant" }) : outside;
  const value = { ...insideFunction(within, "plain"), hasArguments: false, hasSuper: true, privates: [privateName] };
  const method = (kind: "plain" | "async generator"): Place => ({
    ...insideFunction(within, kind),
    hasSuper: true,
    privates: [privateName],
  });
  const key = (): string => memberKey({ ...outside, hasSuper: false });
  const member = (): string =>
    random.weighted([
      [3, () => `${key()} = ${at(Level.Assignment, expression(value))};`],
      [0.7, () => `${random.pick(["", "static "])}${key()} = ${anonymous(value)};`],
      [2, () => `static ${key()} = ${at(Level.Assignment, expression(value))};`],
      [2, () => `${key()}() { ${body(method("plain"), 1)} }`],
      [1.5, () => `static async *${key()}() { ${body(method("async generator"), 2)} }`],
      [1, () => `get ${key()}() { return log("get", typeof this); }`],
      [0.7, () => `static { ${body({ ...value, canReturn: false }, 1)} }`],
    ])();
  const members = [`#${privateName} = 1;`, ...Array.from({ length: random.below(3) }, member)];
  return `class ${name}${heritage} { ${members.join(" ")} }`;
}
