/** What stands around compiled functions and changes what their names mean: `with`, `eval`, and names that compiled code uses itself. */

import { attempt, generatorPlace, type Make, valueAt } from "./constructs.js";
import { drained } from "./iterables.js";
import { freshName, type Place, type Variable, withVariables } from "./place.js";
import { statements } from "./statements.js";

const variable = (name: string): Variable => ({ name, kind: "variable" });

/** A call that makes a generator, of every kind of function that can stand in a function's body, and what must stand before it. */
function made(place: Place, names: readonly string[]): { readonly text: string; readonly call: string } {
  const { random } = place.program;
  const [f, x] = [freshName(place, "g"), freshName(place, "x")];
  const body = (change: Partial<Place> = {}): string => {
    const inside = withVariables(generatorPlace(place, change), ...names.map(variable));
    const value = valueAt(inside);
    const use = (): string => {
      const name = random.pick(names);
      return random.pick([
        () => `log(${name}, ${value()}, typeof ${name});`,
        () => `try { ${name} = ${value()}; log(${name}); } catch (e) { log(e.name); }`,
        () => `log(yield ${name}, (() => ${name})());`,
        () => `try { log(${name}++, ${name} ??= ${value()}); } catch (e) { log(e.name); }`,
        () => `{ let ${name} = ${value()}; log(${name}); }`,
        () => `for (const ${name} of [1, ${value()}]) log(${name}, ${value()});`,
        () => `try { [${name} = ${value()}] = []; } catch (e) { log(e.name); }`,
        () => `log(((${name}) => ${name})(${value()}), { ${name} });`,
        () =>
          `log(await (async () => { for await (const each of [1, ${name}]) log(each, ${name}); return ${name}; })());`,
        () => statements(inside, 1),
      ])();
    };
    return Array.from({ length: 2 + random.below(3) }, use).join("\n");
  };
  const strict = { strict: true, hasSuper: true };
  return random.pick([
    () => ({ text: `async function* ${f}(a = ${random.pick(names)}) { log(a); ${body()} }`, call: `${f}()` }),
    () => ({ text: `const ${f} = async function* () { ${body()} };`, call: `${f}()` }),
    () => ({ text: `const ${f} = { async *m() { ${body({ hasSuper: true })} } };`, call: `${f}.m()` }),
    () => ({ text: `class ${f} { async *m() { ${body(strict)} } }`, call: `new ${f}().m()` }),
    () => ({
      text: `class ${f} { static #${x} = 1; static async *#m() { log(this.#${x}); ${body(strict)} } static m = () => this.#m(); }`,
      call: `${f}.m()`,
    }),
    () => ({
      text: "",
      call: `(async function* () { ${body()} yield* (async function* () { ${body()} })(); })()`,
    }),
  ])();
}

/** Names that compiled code could use, or that mean something else in it. */
const hidden = ["undefined", "Symbol", "Object", "Promise", "TypeError", "globalThis", "NaN", "core", "state"];

/** Variables of a function, with the names of globals, and around a generator. */
const shadowed: Make = (place, value) => {
  const { random } = place.program;
  const name = random.pick(hidden);
  const { text, call } = made(place, [name]);
  const read = drained(place, "each");
  return random.pick([
    () =>
      `const make = (${name}) => { ${text} return ${call}; }; for (const each of [make(${value()}), make()]) ${read}`,
    () => `{ let ${name} = ${value()}; ${text} for (const each of [${call}]) ${read} log(${name}); }`,
    () => `for (const ${name} of [1, ${value()}]) { ${text} for (const each of [${call}]) ${read} }`,
    () => `try { throw ${value()}; } catch (${name}) { ${text} for (const each of [${call}]) ${read} }`,
    () => `switch (${value()}) { default: ${text} const ${name} = ${value()}; for (const each of [${call}]) ${read} }`,
  ])();
};

export const surrounded = (place: Place): string => attempt(place, [[1, shadowed]], "surrounded");

/** A function whose variables a direct `eval` declares, in its body or its parameters. */
function evaluated(place: Place, make: string): string {
  const { random } = place.program;
  const [p, q] = [freshName(place, "p"), freshName(place, "p")];
  const { text, call } = made(place, [p, q]);
  const code = random.pick([
    `var ${q} = 2`,
    `let ${q} = 2`,
    `${p} = 3; var ${q}; ${q} = () => ${p}`,
    `function ${q}() { return typeof ${q}; }`,
    `{ function ${q}() {} } var each`,
    `"use strict"; var ${q} = 1`,
  ]);
  const head = random.pick([p, `${p}, e = eval(${JSON.stringify(code)})`, `${p} = eval("typeof ${p}")`]);
  const inner = random.pick([`eval(${JSON.stringify(code)});`, `(() => eval(${JSON.stringify(code)}))();`, ""]);
  return `function ${make}(${head}) { try { ${inner} } catch (e) { log(e.name); } ${text} return ${call}; }`;
}

/** An object whose members are names in a generator, as long as they are there. */
function within(place: Place, make: string): string {
  const { random } = place.program;
  const [p, q, scope] = [freshName(place, "p"), freshName(place, "p"), freshName(place, "o")];
  const { text, call } = made(place, [p, q]);
  const object = random.pick([
    `{ ${p}: 1, ${q}: 2 }`,
    `{ ${p}: 1, get ${q}() { return log("get"); }, set ${q}(v) { log("set", v); } }`,
    `{ ${p}: 1, [Symbol.unscopables]: { ${q}: true }, ${q}: 3 }`,
    `new Proxy({ ${p}: 1 }, { has: (t, k) => k === "${p}" && (log("has"), k in t), get: (t, k) => typeof k === "string" ? (log("get"), t[k]) : undefined })`,
    `{ __proto__: { ${q}: 2 }, ${p}: {}, undefined: 4, arguments: 5 }`,
  ]);
  const change = random.pick(["", `delete ${scope}.${p};`, `${scope}.${q} = 4;`]);
  const inside = `${text} ${random.pick(["", `var ${p} = 5;`])} const it = ${call}; ${change} return it;`;
  return `function ${make}(${q}) { const ${scope} = ${object}; with (${scope}) { ${inside} } }`;
}

/** A function that makes a generator, in sloppy code. No other generator may be around it: it would stay native. */
export const surroundedGenerator = (place: Place, name: string): string =>
  place.program.random.pick([evaluated, within])(place, name);
