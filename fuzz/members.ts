/** Members of classes and objects whose bodies read, construct and generate: async methods, constructors, fields and static blocks. */

import { attempt, generatorPlace, type Make, valueAt } from "./constructs.js";
import { drained, iterable } from "./iterables.js";
import { loop } from "./loops.js";
import { deeper, freshName, insideFunction, type Place, type Variable, withVariables } from "./place.js";
import { block, statements } from "./statements.js";

/** A loop of an async function, whose body may become a function: everything that this must not change stands in it. */
function readingBody(place: Place, p: Variable, hasPrivate: string | undefined): string {
  const { random } = place.program;
  const [item, y, fs, outer] = [
    freshName(place, "v"),
    freshName(place, "y"),
    freshName(place, "f"),
    freshName(place, "l"),
  ];
  const label = { name: outer, loop: true };
  const inside = withVariables(
    deeper(place, {
      canBreak: true,
      canContinue: true,
      labels: [...place.labels, label],
      own: new Set([item]),
      topLevel: false,
    }),
    p,
    { name: item, kind: "variable" },
  );
  const value = valueAt(inside);
  const field = valueAt({ ...insideFunction(inside, "plain"), hasArguments: false });
  const use = (): string =>
    random.weighted([
      [place.hasSuper ? 2 : 0, () => `log(super.m(${value()}), super.p, super[${value()}]);`],
      [place.hasSuper ? 1 : 0, () => `super.p = ${value()}; super.z ??= ${item};`],
      [
        hasPrivate ? 2 : 0,
        () => `this.#${hasPrivate} += ${value()}; log(this?.#${hasPrivate}, #${hasPrivate} in this);`,
      ],
      [
        place.hasArguments ? 2 : 0,
        () => `arguments[0] = ${value()}; log(${p.name}, arguments.length, [...arguments]);`,
      ],
      [
        place.hasArguments ? 1 : 0,
        () => `${p.name} = ${value()}; log(arguments[0], new.target, (() => arguments[1])());`,
      ],
      [1, () => `log(typeof this, (() => this === undefined)());`],
      [2, () => `if (${value()}) ${random.pick(["break", "continue", `break ${outer}`, `continue ${outer}`])};`],
      [1, () => `if (${value()}) return ${value()};`],
      [1.5, () => `var ${y} = ${value()}; log(${y}, (() => ${y}++)());`],
      [1.5, () => `${fs}.push(() => [${item}, ${p.name}, typeof ${y}]);`],
      [1, () => `class K { static s = ${item}; z = ${field()}; static { ${fs}.push(() => K.s); } } log(new K().z);`],
      [
        1,
        () =>
          `try { if (${value()}) continue; ${block(inside)} } finally { log("finally"); ${random.pick(["", "", `continue ${outer};`, "break;"])} }`,
      ],
      [
        1,
        () =>
          `switch (${value()}) { case 1: break; case ${value()}, 2: continue; default: let ${item}2 = ${value()}; ${fs}.push(() => ${item}2); }`,
      ],
      [2, () => block(inside)],
      [1.5, () => loop(inside)],
      [1, () => `const each = ${item}; log(each, await ${random.pick(["each", "resolved(each)", "thenable(each)"])});`],
    ])();
  const uses = Array.from({ length: 1 + random.below(4) }, () => `{ ${use()} }`).join("\n");
  const head = random.pick([
    `const ${item}`,
    `let ${item}`,
    `var ${item}`,
    `let [${item} = ${valueAt(place)()}]`,
    `const { a: ${item} = ${p.name} }`,
  ]);
  const within = `${outer}: for await (${head} of ${iterable(place, "async")}) { log(${item}); ${uses} }`;
  const around = random.pick([
    within,
    `for (const each of [1, 2]) { ${within} log(each); }`,
    `try { ${within} } finally { log("read", ${valueAt(place)()}); }`,
    `{ let ${item} = "outer"; ${within.replace(`var ${item}`, `let ${item}`)} log(${item}); }`,
  ]);
  return `const ${fs} = []; ${around} log(typeof ${y}, ${p.name}, ${fs}.map((f) => f())); return ${valueAt(place)()};`;
}

/** Async functions of every kind that reads. */
const readers: Make = (place, value) => {
  const { random } = place.program;
  const [C, x] = [freshName(place, "C"), freshName(place, "x")];
  const p: Variable = { name: freshName(place, "p"), kind: "variable" };
  const body = (change: Partial<Place>, hasPrivate?: string): string =>
    readingBody(
      { ...insideFunction(place, "async"), ...change, privates: hasPrivate ? [hasPrivate] : [] },
      p,
      hasPrivate,
    );
  const member = { hasSuper: true, strict: true };
  const arrow = { hasSuper: true, strict: true, hasArguments: false };
  const args = random.pick(["", "1", `${value()}, 2`, "undefined, [3]"]);
  return random.pick([
    () =>
      `class ${C} extends Made { #${x} = 1; async m(${p.name}) { ${body(member, x)} } } log(await new ${C}().m(${args}));`,
    () =>
      `class ${C} extends Made { static #${x} = 1; static async m(${p.name}, ...rest) { ${body(member, x)} } } log(await ${C}.m(${args}));`,
    () =>
      `class ${C} extends Made { async #m(${p.name} = super.p) { ${body(member)} } run(...a) { return this.#m(...a); } } log(await new ${C}().run(${args}));`,
    () =>
      `class ${C} extends Made { #${x} = 1; f = async (${p.name}) => { ${body(arrow, x)} }; } log(await new ${C}().f(${args}));`,
    () =>
      `class ${C} extends Made { #${x} = 1; constructor(${p.name}) { const f = async () => { ${body({ ...arrow, hasArguments: true }, x)} }; super(); this.f = f; } } log(await new ${C}(${args}).f());`,
    () =>
      `class ${C} extends Made { static #${x} = 1; static f; static { this.f = async (${p.name}) => { ${body(arrow, x)} }; } } log(await ${C}.f(${args}));`,
    () =>
      `const ${C} = { __proto__: Made.prototype, async m(${p.name}) { ${body({ hasSuper: true })} } }; log(await ${C}.m(${args}));`,
    () =>
      `const ${C} = { __proto__: Made.prototype, get m() { return async (${p.name}) => { ${body({ hasSuper: true })} }; } }; log(await ${C}.m(${args}));`,
    () =>
      `async function ${C}(${p.name}, ${p.name}2) { ${body({})} } log(await ${C}(${args}), await ${C}.call(1, ${args}));`,
    () =>
      `async function ${C}(${p.name}) { "use strict"; ${body({ strict: true })} } log(await ${C}.call(1, ${args}));`,
  ])();
};

/** Constructors that call `super` late, in an arrow function, or never, and fields that see them do so. */
const constructors: Make = (place, value) => {
  const { random } = place.program;
  const [C, x] = [freshName(place, "C"), freshName(place, "x")];
  const p: Variable = { name: freshName(place, "p"), kind: "variable" };
  const plain: Place = { ...insideFunction(place, "plain"), hasSuper: true, strict: true, own: new Set() };
  const inside = withVariables(plain, p);
  const generator = { ...generatorPlace(place, { hasSuper: true, strict: true, privates: [x] }) };
  const early = random.pick([
    "",
    `try { this; } catch (e) { log(e.name); }`,
    `log((() => { try { return this; } catch (e) { return e.name; } })());`,
    statements({ ...inside, hasSuper: false }, 1),
  ]);
  const construct = random.pick([
    `super(${p.name}, ${valueAt(inside)()});`,
    `const s = () => super(${p.name}, ...a); s();`,
    `(() => { try { super(${p.name}); super(2); } catch (e) { log(e.name); } })();`,
    `super(...a, (() => [${valueAt(inside)()}])());`,
    `[this.z = super(new.target.name)] = [${valueAt(inside)()}];`,
    `return Object.assign(Object.create(new.target.prototype), { z: ${valueAt(inside)()} });`,
  ]);
  const extra = random.pick([
    `async *run() { ${statements(generator, 2)} yield [this.a, this.#${x}, super.m(1)]; }`,
    `run = async function* () { ${statements({ ...generatorPlace(place, { strict: true }) }, 2)} yield this.a; };`,
    `run() { const self = this; return (async function* () { yield [self.#${x}, this]; ${statements(generatorPlace(place, { strict: true, privates: [] }), 1)} })(); }`,
    `#run = async function* (q = this.#${x}) { yield [q, this.#run.name]; }; run() { return this.#run(); }`,
    `static { const t = this; this.prototype.run = async function* () { yield t === ${C}; ${statements(generatorPlace(place, { strict: true }), 1)} }; }`,
    `get run() { return async function* () { yield typeof this; }; }`,
    `async *["r" + "un"]() { yield [super.p, new (class extends ${C} { constructor() { super(9); this.#q(); } #q() { log("q", this.z); } })().a]; }`,
  ]);
  return `class ${C} extends Made { #${x} = (log("field"), 1); y = () => [super.p, this.a]; constructor(${p.name} = ${valueAt(plain)()}, ...a) { ${early} ${construct} log(new.target === ${C}, this.y()); } ${extra} }
{ const made = new ${C}(${random.pick(["", value(), `1, ${value()}`])}); log(made.a, made.z, Object.keys(made)); ${drained(place, "made.run()")} }`;
};

const kinds: readonly (readonly [number, Make])[] = [
  [3, readers],
  [1.5, constructors],
];

export const member = (place: Place): string => attempt(place, kinds, "member");
