/** Members, calls, optional chains and construction. */

import { at, type Code, code, Level } from "./code.js";
import { expression } from "./expressions.js";
import { iterable } from "./iterables.js";
import { type Place, variableOf } from "./place.js";

const nothingToRead = code(Level.Primary, `({ a: 1, b: { c: 2 }, m: log })`);

/** Something that certainly has the members of an `object` variable, perhaps behind a suspension. */
function objectOf(place: Place): Code {
  const { random } = place.program;
  const variable = variableOf(place, "object");
  if (!variable) return nothingToRead;
  const simple = code(Level.Primary, variable.name);
  const suspension = place.canAwait && random.chance(0.15) ? code(Level.Unary, `await ${variable.name}`) : undefined;
  const sequence = random.chance(0.1)
    ? code(Level.Comma, `${at(Level.Assignment, expression(place))}, ${variable.name}`)
    : undefined;
  const choice = random.chance(0.07)
    ? code(Level.Conditional, `${at(Level.Coalesce, expression(place))} ? ${variable.name} : o`)
    : undefined;
  return suspension ?? sequence ?? choice ?? simple;
}

const keyOf = (place: Place): string => {
  const { random } = place.program;
  return random.weighted([
    [3, () => "a"],
    [1, () => "z"],
    [1.5, () => at(Level.Comma, expression(place))],
    [1, () => `key("a")`],
  ])();
};

/** A member that can be read, written and deleted. */
export function memberOf(place: Place): Code {
  const { random } = place.program;
  const object = at(Level.Call, objectOf(place));
  // Assigned or deleted, it tells strict mode from sloppy.
  if (random.chance(0.05)) return code(Level.Call, random.pick(["frozen.a", `frozen["a"]`]));
  if (place.hasSuper && random.chance(0.15))
    return code(Level.Call, random.chance(0.5) ? "super.p" : `super[${at(Level.Comma, expression(place))}]`);
  return random.weighted([
    [4, () => code(Level.Call, `${object}.${random.pick(["a", "b", "z"])}`)],
    [1, () => code(Level.Call, `${object}.b.c`)],
    [
      2.5,
      () => {
        const key = keyOf(place);
        return code(Level.Call, /^[az]$/.test(key) ? `${object}["${key}"]` : `${object}[${key}]`);
      },
    ],
  ])();
}

export function argumentList(place: Place): string {
  const { random } = place.program;
  return Array.from({ length: random.below(4) }, () =>
    random.chance(0.15) ? `...${iterable(place, "sync")}` : at(Level.Assignment, expression(place)),
  ).join(", ");
}

/** Calls of functions, of methods with their receiver, and of functions made on the spot. */
export function callExpression(place: Place): Code {
  const { random } = place.program;
  const callable = variableOf(place, "callable");
  const object = at(Level.Call, objectOf(place));
  return code(
    Level.Call,
    random.weighted([
      [3, () => `${object}.m(${argumentList(place)})`],
      [
        1.5,
        () =>
          `${object}[${random.chance(0.5) ? `"m"` : `(${at(Level.Comma, expression(place))}, "m")`}](${argumentList(place)})`,
      ],
      [callable ? 4 : 0, () => `${callable?.name}(${argumentList(place)})`],
      [1, () => `(0, ${object}.m)(${argumentList(place)})`],
      [0.7, () => `((...a) => log("call", ...a))(${argumentList(place)})`],
      [0.5, () => `(${at(Level.Comma, expression(place))}, log)("seq", ${argumentList(place)})`],
      [0.3, () => `${object}.z(${argumentList(place)})`],
    ])(),
  );
}

/** Optional chains, on things that are there and on things that are not. */
export function chainExpression(place: Place): Code {
  const { random } = place.program;
  const base = random.weighted([
    [3, () => at(Level.Call, objectOf(place))],
    [2, () => at(Level.Primary, expression(place))],
    [1, () => `(${at(Level.Comma, expression(place))})`],
  ])();
  const links = Array.from({ length: 1 + random.below(3) }, () =>
    random.weighted([
      [3, () => ".a"],
      [2, () => ".b"],
      [2, () => `[${at(Level.Comma, expression(place))}]`],
      [2, () => ".m"],
      [2, () => `.m?.(${argumentList(place)})`],
      [1, () => `?.(${argumentList(place)})`],
    ])(),
  );
  const joined = links
    .map((link) => (random.chance(0.5) && !link.startsWith("?.") ? link.replace(/^\.?/, "?.") : link))
    .join("");
  const first = joined.startsWith("?.") ? joined : joined.replace(/^\.?/, "?.");
  const chain = `${base}${first}`;
  // Parentheses end the chain, but a member in them keeps its object as the receiver.
  if (random.chance(0.2)) return code(Level.Call, `(${chain})${random.pick(["", "?."])}(${argumentList(place)})`);
  if (random.chance(0.05)) return code(Level.Call, `(${chain})\`t\${${at(Level.Comma, expression(place))}}\``);
  return code(Level.Call, chain);
}

export function newExpression(place: Place): Code {
  const { random } = place.program;
  const callee = random.weighted([
    [3, () => "Made"],
    [1, () => `(${at(Level.Comma, expression(place))}, Made)`],
    [place.canAwait ? 1 : 0, () => "(await Made)"],
    [0.5, () => `(${at(Level.Coalesce, expression(place))} ? Made : log)`],
    [0.5, () => `[Made][(${at(Level.Comma, expression(place))}, 0)]`],
    [0.3, () => "log"],
  ])();
  if (random.chance(0.1)) return code(Level.Primary, `(new ${callee})`);
  return code(Level.Call, `new ${callee}(${argumentList(place)})`);
}
