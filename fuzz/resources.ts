/** `using` wherever it may stand: its resources may be missing, suspend, fail, and be left by every kind of jump. */

import { at, Level } from "./code.js";
import { expression } from "./expressions.js";
import { deeper, freshName, insideFunction, type Place, type Variable, withVariables } from "./place.js";
import { block, statements } from "./statements.js";

type Keyword = "using" | "await using";

/** What is disposed. Only `await using` takes what disposes asynchronously. */
function resource(place: Place, keyword: Keyword, name: string): string {
  const { random } = place.program;
  const isAsync = keyword === "await using" && random.chance(0.6);
  const made = `${isAsync ? "asyncResource" : "resource"}("${name}"${random.chance(0.2) ? `, "dispose ${name}"` : ""})`;
  const inside = { ...insideFunction(place, "plain"), own: new Set<string>() };
  const symbol = isAsync ? "asyncDispose" : "dispose";
  return random.weighted([
    [6, () => made],
    [1, () => `(${at(Level.Comma, expression(place))}, ${made})`],
    [place.canAwait ? 1 : 0, () => `await ${made}`],
    [1, () => `(${at(Level.Coalesce, expression(place))} ? ${made} : ${random.pick(["null", "undefined"])})`],
    [1, () => `{ [Symbol.${symbol}]() { ${statements(inside, 1)} return ${at(Level.Comma, expression(inside))}; } }`],
    [
      0.5,
      () =>
        `{ get [Symbol.${symbol}]() { log("get ${name}"); return () => log("${name}", ${at(Level.Assignment, expression(inside))}); } }`,
    ],
    [0.5, () => `class { static [Symbol.${symbol}]() { log("dispose", this.name); } }`],
    [isAsync ? 0.5 : 0, () => `{ [Symbol.asyncDispose]: undefined, [Symbol.dispose]() { return log("${name}"); } }`],
    [isAsync ? 0.5 : 0, () => `{ [Symbol.asyncDispose]() { return { then(f) { log("then ${name}"); f(); } }; } }`],
    [0.5, () => random.pick(["null", "undefined"])],
    [0.2, () => random.pick(["5", "{}", `{ [Symbol.${symbol}]: 1 }`])],
  ])();
}

const declared = (place: Place): Variable => ({ name: freshName(place, "u"), kind: "constant" });

/** V8 lets a program assign what `await using` declares, so that is not used. */
const visible = (keyword: Keyword, variable: Variable): readonly Variable[] => (keyword === "using" ? [variable] : []);

const list = (place: Place, keyword: Keyword): string =>
  `[${Array.from({ length: place.program.random.below(4) }, () => resource(place, keyword, freshName(place, "r"))).join(", ")}]`;

const keywordIn = (place: Place): Keyword =>
  place.canAwait && place.program.random.chance(0.5) ? "await using" : "using";

const inBlock = (place: Place): string => {
  const { random } = place.program;
  const variables: Variable[] = [];
  const own = new Set<string>();
  let text = "";
  for (let count = 1 + random.below(3); count > 0; count--) {
    const keyword = keywordIn(place);
    const inside = withVariables(deeper(place, { own, topLevel: false }), ...variables);
    const variable = declared(place);
    own.add(variable.name);
    const other = random.chance(0.2) ? `, ${freshName(place, "u")} = ${resource(inside, keyword, variable.name)}` : "";
    text += `${keyword} ${variable.name} = ${resource(inside, keyword, variable.name)}${other};\n`;
    variables.push(...visible(keyword, variable));
    text += statements(withVariables(inside, ...visible(keyword, variable)), 1);
  }
  return `{ ${text} }`;
};

const inLoop = (place: Place): string => {
  const keyword = keywordIn(place);
  const isAwaited = place.canAwait && place.program.random.chance(0.4);
  const items = list(place, keyword);
  const name = freshName(place, "i");
  const source = place.program.random.pick([
    items,
    `sync("${name}", ${items})`,
    ...(isAwaited ? [`foreign("${name}", ${items})`, `native("${name}", ${items})`] : []),
  ]);
  const variable = declared(place);
  const within = deeper(place, { canBreak: true, canContinue: true });
  return `for ${isAwaited ? "await " : ""}(${keyword} ${variable.name} of ${source}) ${block(within, ...visible(keyword, variable))}`;
};

const inSwitch = (place: Place): string => {
  const within = deeper(place, { canBreak: true, own: new Set(), topLevel: false });
  const clause = (): string => `${inBlock(within)} ${place.program.random.chance(0.5) ? "break;" : ""}`;
  return `switch (${at(Level.Comma, expression(place))}) { case 0: ${clause()} default: ${clause()} case 1: ${clause()} }`;
};

/** In the body of a function that is called on the spot. */
const inFunction = (place: Place): string => {
  const { random } = place.program;
  const kinds = [
    ["plain", "(function () ", ")()"],
    ["arrow", "(() => ", ")()"],
    ["generator", "[...(function* () ", ")()]"],
    ...(place.canAwait ? ([["async arrow", "await (async () => ", ")()"]] as const) : []),
    ...(place.canYield ? ([["async generator", "yield* (async function* () ", ")()"]] as const) : []),
  ] as const;
  const [kind, before, after] = random.pick(kinds);
  return `log(${before}${inBlock({ ...insideFunction(place, kind), topLevel: false })}${after});`;
};

export function using(place: Place): string {
  const { random } = place.program;
  const make = random.weighted([
    [4, inBlock],
    [3, inLoop],
    [1, inSwitch],
    [1.5, inFunction],
  ]);
  const text = make(place);
  return random.chance(0.6) ? `try { ${text} } catch (e) { log("using", e); }` : text;
}
