/** Random loops. All end: whoever could loop on asks `fuel()` first. */

import { memberOf } from "./calls.js";
import { at, Level } from "./code.js";
import { expression } from "./expressions.js";
import { iterable } from "./iterables.js";
import { assignmentPattern, bindingPattern } from "./patterns.js";
import {
  deeper,
  freshName,
  labelled,
  newLabels,
  newVariable,
  type Place,
  type Variable,
  variableOf,
  withVariables,
} from "./place.js";
import { block } from "./statements.js";

interface Head {
  readonly text: string;
  readonly declared: readonly Variable[];
}

/** What each value of an iteration is bound to. */
function target(place: Place): Head {
  const { random } = place.program;
  const inside = deeper(place, { own: new Set() });
  const keyword = random.pick(["let", "const", "const", "var"]);
  const kind = keyword === "const" ? "constant" : "variable";
  return random.weighted<() => Head>([
    [
      6,
      () => {
        const variable = newVariable(inside, kind, keyword === "var");
        return { text: `${keyword} ${variable.name}`, declared: [variable] };
      },
    ],
    [
      1.5,
      () => {
        const { pattern, declared } = bindingPattern(inside, kind, keyword === "var");
        return { text: `${keyword} ${pattern}`, declared };
      },
    ],
    [0.7, () => ({ text: at(Level.Call, memberOf(place)), declared: [] })],
    [0.7, () => ({ text: assignmentPattern(place).pattern, declared: [] })],
    [0.7, () => ({ text: variableOf(place, "variable")?.name ?? "var shared", declared: [] })],
  ])();
}

/** Sloppy code may initialize what a for-in declares. */
function initialized(place: Place): Head {
  const variable = newVariable(place, "variable", true);
  // Without parentheses, an `in` would end the head.
  return { text: `var ${variable.name} = (${at(Level.Comma, expression(place))})`, declared: [variable] };
}

function forStatement(place: Place, body: (...declared: Variable[]) => string): string {
  const { random } = place.program;
  const name = freshName(place, "v");
  const variable: Variable = { name, kind: "variable" };
  const inside = withVariables(deeper(place, { own: new Set([name]) }), variable);
  // Without parentheses, an `in` would end the head.
  const start = random.chance(0.3) ? `(${at(Level.Comma, expression(place))})` : "0";
  const test = random.chance(0.3) ? ` && ${at(Level.BitOr, expression(inside))}` : "";
  const update = random.weighted([
    [4, () => `${name}++`],
    [1, () => at(Level.Comma, expression(inside))],
    [1, () => `${name} += 1, ${at(Level.Assignment, expression(inside))}`],
  ])();
  return `for (${random.pick(["let", "let", "var"])} ${name} = ${start}; fuel() && ${name} < ${1 + random.below(3)}${test}; ${update}) ${body(variable)}`;
}

/** A loop of any kind, perhaps with labels. */
export function loop(place: Place): string {
  const { random } = place.program;
  const own = random.chance(0.35) ? newLabels(place, true) : [];
  const within = deeper(place, { labels: [...place.labels, ...own], canBreak: true, canContinue: true });
  const body = (...declared: readonly Variable[]): string => block(within, ...declared);
  const condition = (): string => at(Level.BitOr, expression(place));
  const text = random.weighted([
    [4, () => forStatement(place, body)],
    [
      4,
      () => {
        const head = target(place);
        return `for (${head.text} of ${iterable(place, "sync")}) ${body(...head.declared)}`;
      },
    ],
    [
      2,
      () => {
        const head = place.strict || random.chance(0.9) ? target(place) : initialized(place);
        return `for (${head.text} in ${random.pick(["{ a: 1, b: 2 }", `"ab"`, "[1, 2]", at(Level.Comma, expression(place))])}) ${body(...head.declared)}`;
      },
    ],
    [
      place.canAwait ? 6 : 0,
      () => {
        const head = target(place);
        return `for await (${head.text} of ${iterable(place, "async")}) ${body(...head.declared)}`;
      },
    ],
    [2, () => `while (fuel() && ${condition()}) ${body()}`],
    [1.5, () => `do ${body()} while (fuel() && ${condition()});`],
  ])();
  return labelled(own, text);
}
