/** Syntax that is rare in random programs because it needs something around it: what it reads, what it leaves, what calls it. */

import { at, Level } from "./code.js";
import { expression } from "./expressions.js";
import { drained } from "./iterables.js";
import { deeper, freshName, insideFunction, type Place, type Variable, withVariables } from "./place.js";
import { statements } from "./statements.js";

export type Make = (place: Place, value: () => string) => string;

export const generatorPlace = (place: Place, change: Partial<Place> = {}): Place => ({
  ...insideFunction(place, "async generator"),
  own: new Set(),
  ...change,
});

/** One of these, which logs what it throws under a name. */
export function attempt(place: Place, kinds: readonly (readonly [number, Make])[], name: string): string {
  const inside = deeper(place, { own: new Set() });
  const make = place.program.random.weighted(kinds);
  return `try { ${make(inside, valueAt(inside))} } catch (e) { log("${name}", e); }`;
}

export const valueAt = (place: Place) => (): string => at(Level.Assignment, expression(place));

/** Jumps to labels out of nests of `try`, through `finally` blocks that suspend, jump elsewhere or fail. */
const jumps: Make = (place) => {
  const { random } = place.program;
  const [outer, middle] = [freshName(place, "l"), freshName(place, "l")];
  const item: Variable = { name: freshName(place, "v"), kind: "variable" };
  const inside = withVariables(deeper(place, { canBreak: true, canContinue: true }), item);
  const value = valueAt(inside);
  const jump = (): string =>
    random.pick([
      `continue ${outer};`,
      `break ${outer};`,
      `continue ${middle};`,
      `break ${middle};`,
      "continue;",
      "break;",
      `throw error("${freshName(place, "t")}");`,
      ...(place.canReturn ? [`return ${value()};`] : []),
    ]);
  const ways = (): string => `switch (turn++ % 4) { case 0: ${jump()} case 1: ${jump()} case 2: log(${value()}); }`;
  const perhaps = (chance: number, text: () => string): string => (random.chance(chance) ? text() : "");
  const nest = (depth: number): string => {
    const cleanup = `log("${freshName(place, "s")}"); ${perhaps(0.5, () => `log(${value()});`)} ${perhaps(0.25, () => `if (${value()}) ${jump()}`)}`;
    const body = depth > 0 ? `${nest(depth - 1)} ${perhaps(0.5, ways)}` : ways();
    const caught = perhaps(
      0.4,
      () => `catch (e) { log(e); ${perhaps(0.5, () => `log(${value()});`)} ${perhaps(0.3, jump)} }`,
    );
    return `try { ${body} } ${caught} finally { ${cleanup} }`;
  };
  const heads = [
    `for await (const ${item.name} of native("${item.name}", [1, 2, 3]))`,
    `for await (const ${item.name} of foreign("${item.name}", [1, resolved(2), 3]))`,
    `for await (let ${item.name} of sync("${item.name}", [1, resolved(2), 3]))`,
    `for (const ${item.name} of sync("${item.name}", [1, 2, 3]))`,
    `for (let ${item.name} in { a: 1, b: 2, c: 3 })`,
    `for (let ${item.name} = 0; fuel() && ${item.name} < 3; ${item.name}++)`,
  ];
  const within = (): string => random.pick(heads).replaceAll(item.name, freshName(place, "v"));
  return `{ let turn = ${random.below(4)}; ${outer}: ${random.pick(heads)} { ${middle}: ${within()} { log(turn); if (turn > 20) break ${outer}; ${nest(1 + random.below(2))} } } }`;
};

/** Parameters that throw, or need the function's own surroundings: the call itself fails, or the generator never starts. */
const heads: Make = (place, value) => {
  const { random } = place.program;
  const [p, q] = [freshName(place, "p"), freshName(place, "p")];
  const inside = generatorPlace(place, { hasSuper: true });
  const variables: Variable[] = [p, q].map((name) => ({ name, kind: "variable" }));
  const head = random.pick([
    `${p} = fail("${p}"), ${q} = log("unreached")`,
    `{ [key("a")]: ${p} = log("default"), ...${q} } = { a: undefined, b: 2 }`,
    `[${p} = ${q}, ${q}] = [1, 2]`,
    `${p} = () => [typeof this, arguments.length, new.target], ${q} = ${p}()`,
    `${p} = super.p, ${q} = (() => super.m(${p}))()`,
    `${p} = async () => await this?.a, ${q} = class { static x = log("class"); static async *g() { yield ${p}; } }`,
    `${p}, ...[${q} = ${p}, { length: rest } = fail("${q}")]`,
    `{ ${p}, ${q} = ${p} }, { length: ${p}2 = 1 } = null`,
    `${p} = async function* () { yield ${q}; }, ${q} = 3`,
  ]);
  const body = statements(withVariables(inside, ...variables), 2);
  const use = `log(typeof ${p}, typeof ${q});`;
  const method = random.pick([
    `{ __proto__: Made.prototype, async *m(${head}) { ${use} ${body} } }`,
    `new (class extends Made { async *m(${head}) { ${use} ${body} } })()`,
    `class extends Made { static async *m(${head}) { ${use} ${body} } }`,
  ]);
  const name = freshName(place, "o");
  const args = random.pick(["", value(), `undefined, ${value()}`, "[], {}", "{ a: 1 }, [2]"]);
  return `const ${name} = (${method}); try { const g = ${name}.m(${args}); log("called"); ${drained(place, "g")} } catch (e) { log("call", e); }`;
};

/** `super` in an object's methods, its getters and setters, and the arrows in them; the prototype may change meanwhile. */
const superMembers: Make = (place) => {
  const { random } = place.program;
  const [o, base] = [freshName(place, "o"), freshName(place, "o")];
  const inside = generatorPlace(place, { hasSuper: true });
  const value = valueAt(inside);
  const member = (): string => random.pick(["super.p", "super.x", `super[key("p")]`, `super[${value()}, "x"]`]);
  const use = (): string =>
    random.pick([
      () => `log(${member()});`,
      () => `log(${member()} ${random.pick(["=", "+=", "??=", "&&=", "||="])} ${value()});`,
      () => `log(${random.pick([`${member()}++`, `--${member()}`])});`,
      () => `[${member()}, ...${member()}] = [${value()}, 2];`,
      () => `({ a: ${member()} = ${value()} } = {});`,
      () => `log(super.m(${value()}), super["m"]?.(...[${value()}]), super.none?.(${value()}));`,
      () => `log(super.m\`a\${${value()}}\`);`,
      () => `log(await (async () => [${member()}, super.m(await 1)])());`,
      () => `for (${member()} of [1, ${value()}]) log(this.x);`,
      () => `Object.setPrototypeOf(${o}, { __proto__: ${base}, x: "other" });`,
      () => `log((() => () => super.x)()(), ((a = super.p) => a)());`,
      () => `log({ __proto__: ${base}, get y() { return super.p; } }.y, ${value()});`,
      () => `log(new (class extends Made { z = super.p; static s = typeof super.p; })(${value()}).z);`,
      () => `try { delete super.x; } catch (e) { log(e.name); }`,
    ])();
  const body = Array.from({ length: 4 }, use).join("\n");
  const text = `const ${base} = { __proto__: Made.prototype, get x() { return log("get x", this === ${o}); }, set x(v) { log("set x", v); } };
const ${o} = { __proto__: ${base}, async *run() { ${body} } };`;
  return `${text} ${drained(place, `${o}.run()`)}`;
};

/** Classes in classes, each with private methods, accessors and static blocks. */
const nestedClasses: Make = (place) => {
  const [C, D, x, y] = [freshName(place, "C"), freshName(place, "C"), freshName(place, "x"), freshName(place, "x")];
  const { random } = place.program;
  const outer = { ...generatorPlace(place), hasSuper: true, strict: true, privates: [x] };
  const inner = { ...outer, privates: [x, y] };
  const value = valueAt(inner);
  const use = (): string =>
    random.pick([
      () => `log(#${x} in this, #${y} in this, #${x} in outer);`,
      () => `log(await outer.#${x}(${value()}));`,
      () =>
        `${place.canYield ? "log(yield* this" : "for await (const each of this"}.#${y}(${value()})${place.canYield ? ");" : ") log(each);"}`,
      () => `this.#acc += ${value()}; this.#acc &&= ${value()}; log(this.#acc);`,
      () => `({ a: this.#acc = ${value()}, ...this.#acc } = { b: ${value()} });`,
      () => `for (this.#acc of [${value()}, 2]) { if (this.#acc) continue; log("falsy"); }`,
      () => `try { this.#${y} = ${value()}; } catch (e) { log(e.name); }`,
      () => `try { log(${D}.#st(${value()})); } catch (e) { log(e.name); }`,
      () => `log(outer?.#${x}.name, outer.none?.#${x}(${value()}), this?.#acc);`,
      () => `log(await (async () => { const f = () => this.#acc; await 0; return f(); })());`,
      () => `const K = class { #${y} = 2; static has = (o) => #${y} in o; }; log(K.has(this), K.has(new K()));`,
      () => statements(inner, 1),
    ])();
  const uses = Array.from({ length: 4 }, () => `{ ${use()} }`).join("\n");
  return `class ${C} { async #${x}(v) { return log("#${x}", v); } static make(outer) { return class ${D} extends Made {
#v = 1; get #acc() { return log("get", this.#v); } set #acc(v) { log("set", v); this.#v = v; } static #st(v) { return log("#st", v, this === ${D}); }
async *#${y}(v) { try { log(yield v); yield* (function* (v) { yield* v; })([v, this.#v]); } finally { log("#${y} finally"); } }
static { log(typeof ${D}, this === ${D}, typeof this.#st); for (const each of [1, 2]) { if (each === 1) continue; log(each); } }
async *run() { ${uses} } static { this.#st(await_ => await_); } }; } }
${drained(place, `new (${C}.make(new ${C}()))().run()`)}`.replace("this.#st(await_ => await_)", "this.#st(2)");
};

/** `new.target`, in everything that has one and everything that sees that of another. */
const targets: Make = (place, value) => {
  const { random } = place.program;
  const f = freshName(place, "f");
  const inside = generatorPlace(place);
  const own = random.pick([
    `log(new.target, (() => new.target)(), ${valueAt(inside)()});`,
    `${statements(inside, 1)} log(new.target);`,
    `function ${f}() { return new.target && new.target.name; } log(${f}(), new ${f}().constructor.name, Reflect.construct(${f}, [], Made) instanceof Made);`,
    `log(await (async () => { await 0; return new.target; })());`,
    `class K { t = new.target; static s = new.target; constructor(a = new.target) { this.a = a; } static { log(new.target); } } log(new K().a === K, new K().t, K.s);`,
    `const { a = new.target, [(${valueAt(inside)()}, "b")]: b = () => new.target } = {}; log(a, b());`,
  ]);
  const constructed = `function ${f}() { this.t = new.target; const g = async function* () { yield new.target; ${own} }; this.g = g(); }`;
  return random.pick([
    () => drained(place, `(async function* () { ${own} })()`),
    () => `${constructed} { const made = new ${f}(${value()}); log(made.t === ${f}); ${drained(place, "made.g")} }`,
    () => `try { new (async function* () { ${own} })(${value()}); } catch (e) { log(e.name); }`,
    () => `try { Reflect.construct(Made, [${value()}], async function* () {}); } catch (e) { log(e.name); }`,
  ])();
};

/** Accessors whose keys suspend, on objects and classes, and async generators that come out of them. */
const accessors: Make = (place, value) => {
  const { random } = place.program;
  const a = freshName(place, "o");
  const inside = generatorPlace(place, { hasSuper: true });
  const gen = `(async function* () { ${statements(inside, 1)} yield 1; })()`;
  const key = (): string => random.pick([`[(${value()}, "k")]`, "k", `[key("k")]`, `"k"`, `[Symbol.toStringTag]`]);
  const pair = (isStatic: string): string =>
    `${isStatic}get ${key()}() { log("get", typeof this); return ${random.pick([gen, "1", `"text"`])}; } ${isStatic === "" ? "," : ""} ${isStatic}set k(v) { log("set", v); }`;
  const object = random.pick([
    () =>
      `{ ${pair("")}, async *[(${value()}, "m")]() { ${statements(inside, 1)} }, get [${value()}]() { return 2; } }`,
    () =>
      `class { ${pair("static ")} static get [${value()}]() { return 2; } static async *m() { ${statements({ ...inside, strict: true }, 1)} } }`,
  ])();
  return `const ${a} = (${object}); log(${a}.k = ${value()}, typeof ${a}.k, ${a}.k ||= ${value()}, delete ${a}.k);
if (typeof ${a}.m === "function") ${drained(place, `${a}.m()`)}`;
};

const expressions: Make = (place, value) => {
  const { random } = place.program;
  const wait = (): string => (place.canYield && random.chance(0.4) ? `(yield ${value()})` : `(await (${value()}))`);
  const flags = random.pick(["d", "g", "y", "s", "su", "iv", "gm", "dgimsuy"]);
  return random.pick([
    () =>
      `{ const r = /(?<x>a)(b)?/${flags}; r.lastIndex = ${value()}; log(r.flags, r.exec("ab" + (${value()}))?.groups?.x, r.lastIndex, /[/\\]]\\//.test("//" + (${value()})), (${value()}) / 2 / 1); }`,
    () =>
      `{ const s = []; for (const each of [1, 2]) s.push(((t, ...v) => (log(v), t))\`a\${${wait()}}\\u0062\${each}\`); log(s[0] === s[1], s[0].raw); }`,
    () =>
      `log((${wait()})?.a?.[${wait()}]?.(${wait()}), o?.[(${wait()}, "m")]?.(...[${wait()}]), (o?.b).c, (o?.m)(${wait()}), (await o)?.m?.(${wait()}));`,
    () =>
      `log(delete (await o)?.none?.[${wait()}], typeof (${wait()})?.a, o?.m?.call?.(o, ${wait()})?.b ?? ${wait()});`,
    () =>
      `{ let a, b = { c: null }; log(a ??= ${wait()}, a ||= ${wait()}, a &&= ${wait()}, b.c ??= ${wait()}, b[(${wait()}, "c")] ||= ${wait()}, b?.c, (b = null)?.[${wait()}]); }`,
    () =>
      `{ let a = 1; const f = () => a; log(a + (a = ${wait()}) + f() + a++ + ${wait()} + a, a ** (a = ${wait()}), [a, a = ${wait()}, f()]); }`,
    () =>
      `{ let a, b, c; ({ [${wait()}]: a = ${wait()}, [(${wait()}, "x")]: { y: b = ${wait()} } = {}, ...c } = { x: { y: undefined }, z: ${wait()} }); log(a, b, c); }`,
    () =>
      `{ const { [${wait()}]: a = ${wait()}, [key("x")]: [b = ${wait()}, ...c] = [], ...d } = { x: [undefined, ${wait()}], z: 1 }; log(a, b, c, d, (() => [a, b])()); }`,
    () =>
      `{ const o1 = { get x() { return log("get"); }, set x(v) { log("set", v); } }; [o1.x, o1[(${wait()}, "x")] = ${wait()}, ...o1.x] = [${wait()}, , 3]; o1.x **= ${wait()}; }`,
    () =>
      `log(((a, b = ${random.pick(["a", "fail('b')", "() => a"])}) => typeof b)(${wait()}), (function () { return typeof this; })(), (function () { return arguments.length; }).call(...[${wait()}, 1, ${wait()}]));`,
    () =>
      `log(typeof (${wait()}, o.m)(1), (0, o.m)\`x\${${wait()}}\`, new (${wait()}, class { constructor(...a) { log(a); } })(...[${wait()}], ${wait()}).a, void ${wait()});`,
    () =>
      `log(await (async (x = ${random.pick(["1", "o"])}) => { try { return await x; } finally { await log("f"); } })(${value()}), await Promise.all([${wait()}, (async () => (${valueAt(insideFunction(place, "async arrow"))()}))()].map(async (x) => x)).catch(() => 1));`,
    () =>
      `{ let n = 0; l: do { try { if (n++ < 2) continue l; log(${wait()}); break l; } finally { log("again", ${wait()}); } } while (fuel() && (${wait()}, n < 4)); }`,
    () =>
      `{ for (let of of [1, ${value()}]) log(of); let async; for await (async of [${value()}, 2]) log(async); for (let of = 0, async = ${value()}; of < 2; of++) log(of, async); for (async of => {}; false; ) ; }`,
    () =>
      `{ for (var i = ((${value()}), "a" in o) ? 0 : 1; fuel() && i < 2; i++) log(i, ${value()}); for (const x of [("a" in o, ${value()})]) log(x); for (let f = () => ("a" in o), [g = ("z" in o)] = [${value()}]; ; ) { log(f(), g); break; } }`,
    () =>
      `{ const fs = []; for await (let { a = ${value()}, b } of [{ b: 1 }, { a: 2 }]) { fs.push(() => [a, b]); a = ${wait()}; b = () => a; fs.push(b); } log(fs.map((f) => f())); }`,
  ])();
};

/** What a sloppy function is: boxed receivers, functions in conditions, repeated parameters, undeclared names. */
const sloppy: Make = (place, value) => {
  const { random } = place.program;
  const name = freshName(place, "u");
  const inside = generatorPlace(place);
  const v = valueAt(inside);
  const uses: readonly (() => string)[] = [
    () => `log(typeof this, this === o, Object.prototype.toString.call(this).slice(0, 9));`,
    () => `if (${v()}) function ${name}f() { return 1; } log(typeof ${name}f);`,
    () => `log(arguments.callee === undefined, Object.keys(arguments), arguments[Symbol.iterator] === [].values);`,
    () => `arguments[0] = ${v()}; log(a, arguments[0]); a = ${v()}; log(arguments[0], (() => arguments[0])());`,
    () => `for (var each of arguments) { log(each); a = ${v()}; }`,
    () => `${name}: { log(a = ${v()}); if (a) break ${name}; a = 010; }`,
    () => `log(delete a, delete arguments[0], a, (function (a, a) { return a; })(1, ${v()}));`,
    () => `var a; var [a = ${v()}] = []; log(a, arguments[0]);`,
    () => `log((function () { return this; }).call(${v()}) == null, (() => typeof this)());`,
    () =>
      `try { frozen.a = ${v()}; log(delete frozen.a, (${name}g = ${v()})); } finally { log(delete globalThis.${name}g); }`,
  ];
  const body = Array.from({ length: 4 }, () => random.pick(uses)()).join("\n");
  const receiver = random.pick(["1", `"s"`, "null", "undefined", "o", "Symbol.iterator"]);
  return drained(
    place,
    `(async function* (a, b) { ${body} }).call(${receiver}, ${random.pick(["", `${value()}, 2`, value()])})`,
  );
};

const kinds: readonly (readonly [number, Make])[] = [
  [3, jumps],
  [2, heads],
  [2, superMembers],
  [2, nestedClasses],
  [1.5, targets],
  [1.5, accessors],
  [3, expressions],
];

export const construct = (place: Place): string =>
  attempt(place, place.strict ? kinds : [...kinds, [1.5, sloppy] as const], "construct");
