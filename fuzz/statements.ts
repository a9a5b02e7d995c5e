/** Random statements: every kind, with jumps to labels, nests of try, and declarations that capture and shadow. */

import { blockFunction } from "./block-functions.js";
import { builtin } from "./builtins.js";
import { at, Level, notABlock } from "./code.js";
import { construct } from "./constructs.js";
import { anonymous, expression } from "./expressions.js";
import { arrow, classText, generatorFunction } from "./functions.js";
import { loop } from "./loops.js";
import { member } from "./members.js";
import { moduleStatement } from "./modules.js";
import { oddity } from "./oddities.js";
import { bindingPattern, patternValue } from "./patterns.js";
import {
  deeper,
  freshName,
  labelled,
  newLabels,
  newVariable,
  type Place,
  redeclarable,
  spend,
  type Variable,
  withVariables,
} from "./place.js";
import { protocol } from "./protocols.js";
import { using } from "./resources.js";
import { sharedGenerator } from "./shared.js";
import { surrounded } from "./surroundings.js";

/** A statement, and the place after it: with what it declared. */
interface Result {
  readonly text: string;
  readonly after: Place;
}

type Make = (place: Place) => Result;

const same = (place: Place, text: string): Result => ({ text, after: place });

/** So many statements of one block. The block's own names must be in `place.own`. */
export function statements(place: Place, count: number): string {
  const lines: string[] = [];
  let current = place;
  for (let index = 0; index < count; index++) {
    const { text, after } = statement(current);
    lines.push(text);
    current = after;
  }
  return lines.join("\n");
}

export function block(place: Place, ...declared: readonly Variable[]): string {
  const { random } = place.program;
  const own = new Set(declared.map((each) => each.name));
  const inside = withVariables(deeper(place, { own, topLevel: false }), ...declared);
  return `{\n${statements(inside, random.chance(0.1) ? 0 : 1 + random.below(3))}\n}`;
}

const logged: Make = (place) =>
  same(place, `log("${freshName(place, "s")}", ${at(Level.Assignment, expression(place))});`);
const suspended: Make = (place) =>
  same(
    place,
    `log("${freshName(place, "s")}", ${place.canYield ? "yield" : "await"} ${at(Level.Unary, expression(place))});`,
  );
const plain: Make = (place) => same(place, `${notABlock(at(Level.Comma, expression(place)))};`);

function declaration(place: Place): Result {
  const { random } = place.program;
  const keyword = random.pick(["let", "let", "const", "var"]);
  const kind: Variable["kind"] = keyword === "const" ? "constant" : "variable";
  if (random.chance(0.25)) {
    const { pattern, declared } = bindingPattern(place, kind, keyword === "var");
    return {
      text: `${keyword} ${pattern} = ${at(Level.Assignment, patternValue(place, pattern))};`,
      after: withVariables(place, ...declared),
    };
  }
  // The initializer is made first: what it refers to is mostly initialized.
  const value = random.chance(0.06) ? anonymous(place) : at(Level.Assignment, expression(place));
  const names = keyword === "var" && random.chance(0.3) ? redeclarable(place) : [];
  const variable = names.length ? { name: random.pick(names), kind } : newVariable(place, kind, keyword === "var");
  const text =
    keyword !== "const" && random.chance(0.15)
      ? `${keyword} ${variable.name};`
      : `${keyword} ${variable.name} = ${value};`;
  return { text, after: withVariables(place, variable) };
}

/** A closure over what is in scope now; called later, perhaps after the variables have changed. */
function closure(place: Place): Result {
  const value = arrow(place).text;
  const name = freshName(place, "f");
  return { text: `const ${name} = ${value};`, after: withVariables(place, { name, kind: "callable" }) };
}

function objectDeclaration(place: Place): Result {
  const name = freshName(place, "o");
  const text = `const ${name} = watched("${name}", { a: ${at(Level.Assignment, expression(place))}, b: { c: 2 }, m(...a) { return log("${name}.m", this === ${name}, ...a); } });`;
  return { text, after: withVariables(place, { name, kind: "object" }) };
}

/** Uses a variable before its declaration has run, directly or through a closure. */
function deadZone(place: Place): Result {
  const { random } = place.program;
  const name = freshName(place, "v");
  place.own.add(name);
  const keyword = random.pick(["let", "let", "const"]);
  const value = at(Level.Assignment, expression(place));
  const use = random.pick([
    `log(${name})`,
    `${name} = ${value}`,
    `${name} += ${value}`,
    `${name} ??= ${value}`,
    `${name}++`,
    `typeof ${name}`,
    `(() => ${name})()`,
    `(() => { ${name} = 1; })()`,
    `[${name}] = sync("${name}", [1])`,
    `({ a: ${name} = ${value} } = {})`,
    `for (${name} of sync("${name}", [1, 2])) log("body")`,
  ]);
  const text = `try { ${use}; } catch (e) { log("zone", e); }\n${keyword} ${name} = ${at(Level.Assignment, expression(place))};`;
  return { text, after: withVariables(place, { name, kind: keyword === "let" ? "variable" : "constant" }) };
}

function functionDeclaration(place: Place): Result {
  const { random } = place.program;
  const isAgain = place.topLevel && place.again.length > 0 && random.chance(0.2);
  const name = isAgain ? random.pick(place.again) : freshName(place, "g");
  const after = place.topLevel ? { ...place, again: [...place.again, name] } : place;
  if (random.chance(0.5)) {
    return {
      text: generatorFunction(place, name, 1 + random.below(3)),
      after: withVariables(after, { name, kind: "generator" }),
    };
  }
  const value = at(
    Level.Assignment,
    expression(deeper(place, { canYield: false, canAwait: false, hasArguments: true, hasSuper: false, privates: [] })),
  );
  return { text: `function ${name}() { return ${value}; }`, after: withVariables(after, { name, kind: "callable" }) };
}

function classDeclaration(place: Place): Result {
  const name = freshName(place, "C");
  return {
    text: `${classText(place, name)}\nlog(Object.getOwnPropertyNames(new (class extends ${name} {})()));`,
    after: withVariables(place, { name, kind: "variable" }),
  };
}

function branch(place: Place): Result {
  const condition = at(Level.Comma, expression(place));
  const otherwise = place.program.random.chance(0.5) ? ` else ${block(place)}` : "";
  return same(place, `if (${condition}) ${block(place)}${otherwise}`);
}

/** TypeScript takes `case ([]): try {` for the head of an arrow function with a result type. */
function caseTest(place: Place): string {
  const text = at(Level.Comma, expression(place));
  return text.endsWith(")") ? `${text}, 1` : text;
}

function switchStatement(place: Place): Result {
  const { random } = place.program;
  const inside = deeper(place, { canBreak: true, own: new Set(), topLevel: false });
  const subject = at(Level.Comma, expression(place));
  const count = 1 + random.below(3);
  const defaultAt = random.below(count + 2);
  let current = inside;
  const clauses = Array.from({ length: count }, (_, index) => {
    const test = index === defaultAt ? "default:" : `case ${random.chance(0.5) ? String(index) : caseTest(inside)}:`;
    const { text, after } = statement(current);
    current = after;
    return `${test}\n${text}${random.chance(0.5) ? "\nbreak;" : ""}`;
  });
  return same(place, `switch (${subject}) {\n${clauses.join("\n")}\n}`);
}

/** Cases of a switch in a switch whose variables have one name, used where one of them may not be initialized. */
function nestedSwitch(place: Place): Result {
  const variable: Variable = { name: freshName(place, "v"), kind: "variable" };
  const scope = { canBreak: true, own: new Set([variable.name]), topLevel: false };
  const inside = withVariables(deeper(place, scope), variable);
  const value = (): string => at(Level.Assignment, expression(inside));
  const use = (): string => `log(${variable.name}, (() => ${variable.name})()); ${statement(inside).text}`;
  const inner = `switch (${value()}) { case ${caseTest(inside)}: ${use()} default: let ${variable.name} = ${value()}; case ${caseTest(inside)}: ${use()} }`;
  const text = `switch (${at(Level.Comma, expression(place))}) { default: let ${variable.name} = ${value()}; case ${caseTest(inside)}: ${inner} case 1: ${use()} }`;
  return same(place, `try { ${text} } catch (e) { log("switch", e); }`);
}

function tryStatement(place: Place): Result {
  const { random } = place.program;
  const shape = random.weighted([
    [4, "catch"],
    [3, "finally"],
    [3, "both"],
  ] as const);
  let text = `try ${block(place)}`;
  if (shape !== "finally") text += ` ${catchClause(place)}`;
  if (shape !== "catch") text += ` finally ${block(place)}`;
  return same(place, text);
}

/** Statements whose errors do not end the program. */
function guarded(place: Place): Result {
  return same(place, `try ${block(place)} catch (e) { log("${freshName(place, "c")}", e); }`);
}

function catchClause(place: Place): string {
  const { random } = place.program;
  const inside = deeper(place, { own: new Set() });
  if (random.chance(0.15)) return `catch ${block(inside)}`;
  if (random.chance(0.15)) {
    const { pattern, declared } = bindingPattern(inside, "variable");
    return `catch (${pattern}) ${block(inside, ...declared)}`;
  }
  const isShadowable = random.chance(0.7);
  const variable: Variable = { name: freshName(place, isShadowable ? "v" : "p"), kind: "variable" };
  const again = isShadowable ? place.again : [...place.again, variable.name];
  return `catch (${variable.name}) ${block({ ...inside, again }, variable)}`;
}

/** Any statement can have labels, and be left by them. */
function labelledStatement(place: Place): Result {
  const own = newLabels(place, false);
  const inside = deeper(place, { labels: [...place.labels, ...own] });
  const text = place.program.random.weighted([
    [4, () => block(inside)],
    [1, () => branch(inside).text],
    [1, () => switchStatement(inside).text],
    [1, () => tryStatement(inside).text],
  ])();
  return same(place, labelled(own, text));
}

/** A jump, mostly under a condition: what follows it should be reached too. */
function jump(place: Place): Result {
  const { random } = place.program;
  const choices: string[] = [];
  // At the top level of a function, what follows is worth more than the jump.
  if (place.depth > 2 || random.chance(0.2))
    choices.push(
      random.chance(0.8)
        ? `throw error("${freshName(place, "t")}");`
        : `throw ${random.pick(["undefined", "null", "resolved(1)", at(Level.Comma, expression(place))])};`,
    );
  if (place.canReturn && (place.depth > 2 || random.chance(0.2)))
    choices.push(`return ${at(Level.Comma, expression(place))};`, "return;");
  if (place.canBreak) choices.push("break;", "break;");
  if (place.canContinue) choices.push("continue;", "continue;");
  for (const { name, loop: isLoop } of place.labels)
    choices.push(`break ${name};`, ...(isLoop ? [`continue ${name};`] : []));
  if (choices.length === 0) return place.canYield || place.canAwait ? suspended(place) : logged(place);
  const text = random.pick(choices);
  return same(place, random.chance(0.75) ? `if (${at(Level.Comma, expression(place))}) ${text}` : text);
}

const kinds: readonly (readonly [weight: number, make: Make, allowed?: (place: Place) => boolean])[] = [
  [6, suspended, (place) => place.canYield || place.canAwait],
  [5, logged],
  [4, plain],
  [3, guarded],
  [6, declaration],
  [3, closure],
  [1.2, objectDeclaration],
  [1, deadZone],
  [1, (place) => same(place, blockFunction(place))],
  [1.5, (place) => same(place, oddity(place)), (place) => place.canAwait],
  [1.5, (place) => same(place, construct(place)), (place) => place.canAwait],
  [1.5, (place) => same(place, protocol(place)), (place) => place.canAwait],
  [1.2, (place) => same(place, member(place)), (place) => place.canAwait],
  [1, (place) => same(place, builtin(place)), (place) => place.canAwait],
  [0.7, (place) => same(place, surrounded(place)), (place) => place.canAwait],
  [1.2, functionDeclaration],
  [0.8, classDeclaration],
  [3, branch],
  [1.5, switchStatement],
  [0.5, nestedSwitch],
  [4, tryStatement],
  [1.2, labelledStatement],
  [3, jump],
  [5, (place) => same(place, loop(place))],
  [0.7, (place) => same(place, block(place))],
  [0.2, (place) => same(place, ";")],
  [0.8, (place) => same(place, sharedGenerator(place)), (place) => place.program.concurrent],
  [4, (place) => same(place, using(place)), (place) => place.program.using],
  [5, (place) => same(place, moduleStatement(place)), (place) => place.program.links !== undefined],
];

function statement(place: Place): Result {
  const { random } = place.program;
  if (!spend(place)) return logged(place);
  return random.weighted(
    kinds.filter(([, , allowed]) => allowed?.(place) ?? true).map(([weight, make]) => [weight, make] as const),
  )(place);
}
