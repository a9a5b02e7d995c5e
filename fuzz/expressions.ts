/** Random expressions, with suspensions anywhere. */

import { argumentList, callExpression, chainExpression, memberOf, newExpression } from "./calls.js";
import { at, binary, binaryOperators, type Code, code, Level, logicalOperators } from "./code.js";
import { arrow, classText, functionExpression, joinedCall } from "./functions.js";
import { iterable } from "./iterables.js";
import { assignmentPattern } from "./patterns.js";
import { deeper, freshName, type Place, spend, variableOf } from "./place.js";

type Make = (place: Place) => Code;

const literals = ["0", "1", "2", "-1", `"s"`, `""`, "null", "undefined", "true", "false", "NaN"];

/** What operators and updates convert in ways of their own. */
const oddValues = ["1n", `"2"`, "Symbol.iterator", `Object("3")`, "[4]", `({ valueOf: () => log("valueOf", 5n) })`];

function leaf(place: Place): Code {
  const { random } = place.program;
  const variable = random.chance(0.7) && variableOf(place, "variable", "constant");
  if (variable) return code(Level.Primary, variable.name);
  // Says when it is converted.
  if (random.chance(0.04)) return code(Level.Call, `key("k")`);
  if (random.chance(0.03)) return code(Level.Primary, random.pick(oddValues));
  const text = random.pick(literals);
  return code(text.startsWith("-") ? Level.Unary : Level.Primary, text);
}

const labelled: Make = (place) =>
  code(Level.Call, `log("${freshName(place, "e")}", ${at(Level.Assignment, expression(place))})`);

const yielded: Make = (place) => {
  const { random } = place.program;
  if (random.chance(0.12)) return code(Level.Assignment, "yield");
  const value = random.chance(0.08) ? promised(place) : expression(place);
  return code(Level.Assignment, `yield ${at(Level.Assignment, value)}`);
};
const delegated: Make = (place) => code(Level.Assignment, `yield* ${iterable(place, "delegate")}`);
/** What settles late, twice, with another one, or is a promise that differs from others. */
const oddPromises = [
  `({ then(f) { log("then"); f({ then(g) { log("inner"); g(3); } }); } })`,
  `({ then(f, r) { f(4); r(5); f(6); throw log("late"); } })`,
  "({ then(f) { resolved().then(() => f(resolved(7))); } })",
  "({ then(f, r) { resolved().then(() => r(8)); } })",
  `({ get then() { return log("no then"); } })`,
  `({ get then() { log("get then"); return (f) => f(9); } })`,
  `Object.assign(resolved(1), { then(f) { log("own then"); f(2); } })`,
  `Object.defineProperty(resolved(1), "constructor", { value: Object })`,
  `Object.defineProperty(resolved(1), "constructor", { get() { return log("constructor", Promise); } })`,
  `new (class extends Promise { then(...a) { log("sub then"); return super.then(...a); } })((f) => f(4))`,
  `new (class extends Promise { static get [Symbol.species]() { return log("species", Promise); } })((f, r) => r(5))`,
  "Promise.resolve(resolved(6)).then((v) => v)",
];

const promised: Make = (place) => {
  const { random } = place.program;
  return code(
    Level.Call,
    random.weighted([
      [6, "resolved(1)"],
      [4, "thenable(2)"],
      [1, `rejected("r")`],
      [0.6, `rejecting("r")`],
      [0.5, `throwing("t")`],
      [0.3, "poisoned()"],
      [0.3, `unreadable("u")`],
      [1.5, random.pick(oddPromises)],
    ]),
  );
};
const awaited: Make = (place) => {
  const operand = place.program.random.chance(0.4) ? promised(place) : expression(place);
  return code(Level.Unary, `await ${at(Level.Unary, operand)}`);
};
const operation: Make = (place) =>
  binary(place.program.random.pick(binaryOperators), expression(place), expression(place));
const logical: Make = (place) =>
  binary(place.program.random.pick(logicalOperators), expression(place), expression(place));
const conditional: Make = (place) =>
  code(
    Level.Conditional,
    `${at(Level.Coalesce, expression(place))} ? ${at(Level.Assignment, expression(place))} : ${at(Level.Assignment, expression(place))}`,
  );
const unary: Make = (place) => {
  const operator = place.program.random.pick(["!", "typeof ", "void ", "-", "+", "~"]);
  const operand = at(Level.Unary, expression(place));
  // `- -x` and `-x`: two signs must not become a decrement.
  return code(Level.Unary, /^[-+]/.test(operand) ? `${operator}(${operand})` : `${operator}${operand}`);
};
const comma: Make = (place) =>
  code(Level.Comma, `${at(Level.Assignment, expression(place))}, ${at(Level.Assignment, expression(place))}`);
const failing: Make = (place) => code(Level.Call, `fail("${freshName(place, "x")}")`);

/** Something that can be assigned to. Constants are among it, rarely: assigning one throws. */
function target(place: Place): Code {
  const { random } = place.program;
  const variable = variableOf(place, "variable");
  if (variable && random.chance(0.55))
    return code(Level.Primary, random.chance(0.05) ? `(${variable.name})` : variable.name);
  if (random.chance(0.05)) {
    const constant = variableOf(place, "constant");
    if (constant) return code(Level.Primary, constant.name);
  }
  return memberOf(place);
}

const assigned: Make = (place) => {
  const operator = place.program.random.weighted([
    [5, "="],
    [2, "+="],
    [0.5, "-="],
    [0.5, "*="],
    [0.5, "??="],
    [0.5, "||="],
    [0.5, "&&="],
    [0.2, ">>>="],
    [0.2, "**="],
  ]);
  return code(
    Level.Assignment,
    `${at(Level.Call, target(place))} ${operator} ${at(Level.Assignment, expression(place))}`,
  );
};
const updated: Make = (place) => {
  const operator = place.program.random.pick(["++", "--"]);
  const text = at(Level.Call, target(place));
  return place.program.random.chance(0.5)
    ? code(Level.Update, `${text}${operator}`)
    : code(Level.Unary, `${operator}${text}`);
};
const destructured: Make = (place) => {
  const { pattern, value } = assignmentPattern(place);
  return code(Level.Assignment, `${pattern} = ${at(Level.Assignment, value)}`);
};

const template: Make = (place) => {
  const parts = Array.from(
    { length: 1 + place.program.random.below(3) },
    () => `\${${at(Level.Comma, expression(place))}}`,
  );
  const tag = place.program.random.chance(0.3) ? tagOf(place) : "";
  return code(tag ? Level.Call : Level.Primary, `${tag}\`t${parts.join("u")}\``);
};
const tagOf = (place: Place): string => {
  const object = variableOf(place, "object");
  return place.program.random.weighted([
    [2, () => "tag"],
    [object ? 2 : 0, () => `${object?.name}.m`],
    [object ? 0.5 : 0, () => `${object?.name}[(${at(Level.Comma, expression(place))}, "m")]`],
    [0.5, () => `(${at(Level.Comma, expression(place))}, tag)`],
    [0.5, () => `(${at(Level.Coalesce, expression(place))} ? tag : log)`],
    [place.canAwait ? 0.5 : 0, () => "(await tag)"],
  ])();
};

function arrayLiteral(place: Place): Code {
  const { random } = place.program;
  const elements = Array.from({ length: random.below(4) }, () =>
    random.weighted([
      [6, () => at(Level.Assignment, expression(place))],
      [1, () => ""],
      [1.5, () => `...${iterable(place, "sync")}`],
    ])(),
  );
  // A hole at the end needs one more comma.
  return code(Level.Primary, `[${elements.join(", ")}${elements.at(-1) === "" ? "," : ""}]`);
}

const propertyKey = (place: Place): string => {
  const { random } = place.program;
  return random.weighted([
    [4, () => random.pick(["a", "b", "c"])],
    [2, () => `[${at(Level.Assignment, expression(place))}]`],
    [1, () => `[key("k")]`],
    [0.5, () => `"s t"`],
    [0.5, () => random.pick(["1", "2n", "[3]", "[4n]", "[-5]", "0.50"])],
  ])();
};

/** A function or class that takes its name from where it stands. */
export function anonymous(place: Place): string {
  const { random } = place.program;
  return random.weighted([
    [2, () => at(Level.Assignment, arrow(place))],
    [2, () => functionExpression(place).text],
    [1, () => classText(place, "")],
    [0.5, () => `(${functionExpression(place).text})`],
  ])();
}

function objectLiteral(place: Place): Code {
  const { random } = place.program;
  const inside = deeper(place, { hasSuper: false });
  const variable = variableOf(place, "variable", "constant");
  const member = (): string =>
    random.weighted([
      [5, () => `${propertyKey(inside)}: ${at(Level.Assignment, expression(inside))}`],
      [1, () => `...${at(Level.Assignment, expression(inside))}`],
      [0.7, () => `get ${propertyKey(inside)}() { return log("get"); }`],
      [0.5, () => `${propertyKey(inside)}() { return log("method"); }`],
      [0.7, () => `${propertyKey(inside)}: ${anonymous(inside)}`],
      [0.3, () => `async *${propertyKey(inside)}() { yield log("method"); }`],
      [0.5, () => `__proto__: ${at(Level.Assignment, expression(inside))}`],
      [0.7, () => variable?.name ?? "log"],
    ])();
  const members = Array.from({ length: random.below(4) }, member);
  // A second `__proto__: v` is a syntax error.
  const seen = members.findIndex((each) => each.startsWith("__proto__"));
  const unique = members.filter((each, index) => index === seen || !each.startsWith("__proto__"));
  return code(Level.Primary, unique.length ? `{ ${unique.join(", ")} }` : "{}");
}

const ownThings: Make = (place) => {
  const choices = ["typeof this", "typeof missing"];
  if (place.hasArguments)
    choices.push(
      "arguments.length",
      "arguments[0]",
      "[...arguments].length",
      "(arguments[0] = 7)",
      "typeof new.target",
    );
  if (place.hasSuper) choices.push("super.m(1)", "super.p", `super["p"]`);
  for (const name of place.privates) choices.push(`this.#${name}`, `(#${name} in Object(this))`);
  const text = place.program.random.pick(choices);
  return code(text.startsWith("typeof") ? Level.Unary : text.startsWith("(") ? Level.Primary : Level.Call, text);
};
/** Always in parentheses: TypeScript takes an `in` for the end of a loop's head even inside brackets. */
const membership: Make = (place) =>
  code(
    Level.Primary,
    `(${place.program.random.pick([`"a"`, `"z"`])} in Object(${at(Level.Assignment, expression(place))}))`,
  );
const deletion: Make = (place) => {
  const { random } = place.program;
  const variable = place.strict ? undefined : variableOf(place, "variable", "constant");
  const operand = random.weighted([
    [3, memberOf],
    [2, chainExpression],
    [variable ? 1 : 0, () => code(Level.Primary, variable!.name)],
    [1, (inside) => code(Level.Primary, `(${random.pick([conditional, logical, comma, labelled])(inside).text})`)],
    [place.canAwait ? 0.5 : 0, (inside) => code(Level.Primary, `(${awaited(inside).text})`)],
  ])(place);
  return code(Level.Unary, `delete ${at(Level.Unary, operand)}`);
};
const regularExpression: Make = () => code(Level.Call, `/a/g.test("a")`);
const calledWithSpread: Make = (place) => code(Level.Call, `log(${argumentList(place)})`);

const kinds: readonly (readonly [weight: number, make: Make, allowed?: (place: Place) => boolean])[] = [
  [6, labelled],
  [9, yielded, (place) => place.canYield],
  [2.5, delegated, (place) => place.canYield && place.canAwait],
  [7, awaited, (place) => place.canAwait],
  [4, operation],
  [3, logical],
  [3, conditional],
  [2, unary],
  [1, comma],
  [0.3, failing],
  [5, assigned],
  [2, updated],
  [1.5, destructured],
  [2, template],
  [2.5, arrayLiteral],
  [2.5, objectLiteral],
  [1.5, ownThings],
  [0.7, membership],
  [0.8, deletion],
  [0.3, regularExpression],
  [1.5, calledWithSpread],
  [4, callExpression],
  [2.5, chainExpression],
  [1.5, newExpression],
  [3, memberOf],
  [2, arrow],
  [1, functionExpression],
  [1.5, joinedCall, (place) => place.canAwait],
  [1, (place) => code(Level.Primary, classText(place, ""))],
];

export function expression(place: Place): Code {
  const { random } = place.program;
  if (!spend(place) || random.chance(0.15)) return leaf(place);
  const inner = deeper(place);
  return random.weighted(
    kinds.filter(([, , allowed]) => allowed?.(place) ?? true).map(([weight, make]) => [weight, make] as const),
  )(inner);
}
