/** Functions in blocks: in sloppy code the function around them mostly has a variable of that name too. */

import { at, Level } from "./code.js";
import { expression } from "./expressions.js";
import { freshName, type Place, redeclarable } from "./place.js";

const value = (place: Place): string => at(Level.Assignment, expression(place));
const logged = (place: Place): string => `log("${freshName(place, "s")}", ${value(place)});`;

type Make = (place: Place, name: string, declared: string, assigned: string) => string;

const shapes: readonly Make[] = [
  (place, name, declared, assigned) =>
    `{ log(typeof ${name}); ${logged(place)} ${declared} ${assigned} ${logged(place)} log(typeof ${name}); }`,
  (place, name, declared, assigned) =>
    `switch (1) { case 0: ${declared} case 1: ${logged(place)} log(${name}()); ${assigned} }`,
  (place, name, declared, assigned) =>
    `for (const each of [1, 2]) { ${logged(place)} log(${name}()); ${declared} ${assigned} }`,
  (place, name, declared, assigned) =>
    `{ { ${declared} ${logged(place)} ${assigned} } log(typeof ${name}); { ${logged(place)} ${declared} } log(${name}()); }`,
  (place, name, declared, assigned) =>
    `{ let ${name} = ${logged(place).slice(0, -1)}; { ${declared} ${assigned} ${logged(place)} } log(typeof ${name}, ${name}); }`,
  (place, name, declared, assigned) =>
    `for (let ${name} of [1, 2]) { ${logged(place)} { ${assigned} ${declared} } log(${name}); }`,
  (place, name, declared, assigned) =>
    `try { throw 1; } catch (${name}) { ${logged(place)} { ${declared} ${assigned} } log(typeof ${name}); }`,
  (place, name, _, assigned) =>
    `{ ${logged(place)} async function* ${name}() { yield 1; } ${logged(place)} ${assigned} log(typeof ${name}); }`,
];

/** Syntax errors in strict code. */
const sloppyShapes: readonly Make[] = [
  (place, name, declared, assigned) =>
    `{ log(${name}()); ${declared} ${logged(place)} function ${name}() { return "second"; } ${assigned} log(${name}()); }`,
  (place, name, declared, assigned) =>
    `switch (${value(place)}) { case 0: ${declared} default: ${logged(place)} log(${name}()); case 1: function ${name}() { return "second"; } ${assigned} }`,
  (place, name, declared, assigned) =>
    `if (${value(place)}) ${declared} else function ${name}() { return "else"; } ${assigned}`,
  (place, name, declared, assigned) =>
    `{ ${logged(place)} ${freshName(place, "l")}: ${declared} ${assigned} ${logged(place)} log(typeof ${name}); }`,
];

export function blockFunction(place: Place): string {
  const { random } = place.program;
  const known = redeclarable(place);
  const name = known.length && random.chance(0.3) ? random.pick(known) : freshName(place, "b");
  const declared = `function ${name}() { return log("called", typeof ${name}); }`;
  const assigned = random.chance(0.4) ? `${name} = ${value(place)};` : "";
  const inner = random.pick(place.strict ? shapes : [...shapes, ...sloppyShapes])(place, name, declared, assigned);
  return `try { log(typeof ${name}); ${inner} log(typeof ${name}); } catch (e) { log("block", e); }`;
}
