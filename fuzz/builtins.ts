/** Generators in the hands of the language's own functions: proxies, prototypes, helpers of iterators, promises and stacks. */

import { attempt, generatorPlace, type Make, valueAt } from "./constructs.js";
import { drained, iterable } from "./iterables.js";
import { freshName, type Place } from "./place.js";
import { statements } from "./statements.js";

/** A generator function that yields twice at least. */
function declared(place: Place): { readonly g: string; readonly text: string } {
  const g = freshName(place, "g");
  const inside = generatorPlace(place);
  return {
    g,
    text: `async function* ${g}(a) { log("${g}", yield ${valueAt(inside)()}); try { ${statements(inside, 1)} yield a; } finally { log("${g} ends"); } return ${valueAt(inside)()}; }`,
  };
}

/** A generator that others inherit from, or that a proxy stands for. */
const standIns: Make = (place, value) => {
  const { random } = place.program;
  const { g, text } = declared(place);
  const it = freshName(place, "i");
  const forwarding = `{ get(t, k) { log("get", typeof k); const v = t[k]; return typeof v === "function" ? v.bind(t) : v; } }`;
  const made = random.pick([
    `Object.create(${g}(${value()}))`,
    `new Proxy(${g}(${value()}), {})`,
    `new Proxy(${g}(${value()}), ${forwarding})`,
    `{ __proto__: ${g}(1), next(...a) { return ${g}.prototype.next.apply(Object.getPrototypeOf(this), a); } }`,
    `Object.assign(${g}(${value()}), { extra: ${value()} })`,
    `new Proxy(${g}, { apply: (f, t, a) => (log("apply"), Reflect.apply(f, t, a)) })(${value()})`,
    `Reflect.apply(${g}, null, [${value()}])`,
  ]);
  const method = random.pick(["next", "return", "throw"]);
  return `${text} const ${it} = ${made}; try { log(await ${it}.${method}(${value()})); } catch (e) { log(e); } ${drained(place, it)}`;
};

/** What only newer engines have: where it is missing, natively and compiled alike, the call fails. */
const consumers: Make = (place, value) => {
  const { random } = place.program;
  const { g, text } = declared(place);
  const source = random.pick([`${g}(${value()})`, iterable(place, "async")]);
  const use = random.pick([
    `await Array.fromAsync(${source})`,
    `await Array.fromAsync(${source}, ${random.pick(["async (v) => [v]", "(v) => resolved(v)", `(v, i) => { if (i) throw error("mapped"); return v; }`])})`,
    `await Promise.all([0, 1, 2].map(function (n) { return this.next(n); }, ${g}(${value()})))`,
    `await Promise.allSettled([${g}(1).next(), ${g}(2).return(resolved(3)), ${g}(4).throw(error("first"))])`,
    `await Promise.try(async () => (await ${g}(${value()}).next()).value)`,
    `await Promise.race([${g}(${value()}).next()])`,
    `await (({ promise, resolve }) => (resolve(${g}(1).next(${value()})), promise))(Promise.withResolvers())`,
    `Object.fromEntries((await Promise.all([[1, ${value()}]])).map((e) => e))`,
    `typeof (await ${g}(${value()}))[Symbol.asyncIterator]`,
    `[...Iterator.from(${iterable(place, "sync")}).map((v) => log("map", v)).filter((v) => v !== 2).take(2), ${value()}]`,
    `[...[1, 2].values().flatMap((v) => [v, v]).drop(1), ${value()}]`,
  ]);
  return `${text} log(${use});`;
};

/** What an adapted synchronous iterator without `throw` does has changed in the standard. */
const withThrow = (source: string): string =>
  `(async function* (it) { log(yield* (function* () { yield* it; })()); })(${source})`;

/** Loops over what the helpers of iterators make, which are closed when the loop is left. */
const helpers: Make = (place, value) => {
  const { random } = place.program;
  const [n, item] = [freshName(place, "n"), freshName(place, "v")];
  const chain = random.pick([".map((v) => [v])", ".filter((v) => v > 1)", ".take(2)", ".drop(1).take(1)", ""]);
  const counted = `(function* () { try { yield 1; yield 2; yield 3; } finally { log("${n} closed"); } })()`;
  const source = random.pick([`${counted}${chain}`, `Iterator.from(${counted})${chain}`]);
  const leave = random.pick(["", "break;", `if (${value()}) continue;`, `throw error("left");`]);
  return random.pick([
    () => `for (const ${item} of ${source}) { log(${item}, ${value()}); ${leave} }`,
    () => `for await (const ${item} of ${source}) { log(${item}, ${value()}); ${leave} }`,
    () => `const [${item} = ${value()}] = ${source}; log(${item}, ${value()});`,
    () => drained(place, withThrow(source)),
  ])();
};

/** Iterables whose iterator is a generator method, inherited and overridden. */
const iterables: Make = (place, value) => {
  const { random } = place.program;
  const [C, D] = [freshName(place, "C"), freshName(place, "C")];
  const body = statements(generatorPlace(place, { strict: true, hasSuper: true }), 1);
  const inherited = random.pick([
    "yield* super[Symbol.asyncIterator]();",
    "for await (const each of { [Symbol.asyncIterator]: () => super[Symbol.asyncIterator]() }) { log(each); yield each; break; }",
    "const it = super[Symbol.asyncIterator](); log(await it.next(1)); yield* it;",
    `yield* { [Symbol.asyncIterator]: super[Symbol.asyncIterator] };`,
  ]);
  return `class ${C} extends Made { async *[Symbol.asyncIterator]() { yield this.a; ${body} yield typeof this; } }
class ${D} extends ${C} { async *[Symbol.asyncIterator]() { try { ${inherited} } finally { log("${D}", typeof this); } } }
${drained(place, `new ${random.pick([C, D])}(${value()})`)}`;
};

/** Stacks of resources, and generators as such. */
const stacks: Make = (place, value) => {
  const { random } = place.program;
  const { g, text } = declared(place);
  const s = freshName(place, "s");
  const use = (): string =>
    random.pick([
      () => `${s}.use(asyncResource("${freshName(place, "r")}"));`,
      () => `${s}.use(resource("${freshName(place, "r")}"${random.chance(0.3) ? `, "failed"` : ""}));`,
      () => `${s}.defer(async () => { log("deferred"); await null; });`,
      () => `log(${s}.adopt(${value()}, (v) => log("adopted", v)));`,
      () => `${s}.use(${random.pick(["null", "undefined", "{}"])});`,
      () => `if (Symbol.asyncDispose in native.prototype) { const it = ${g}(1); await it.next(); ${s}.use(it); }`,
    ])();
  const uses = Array.from({ length: 3 }, use).join(" ");
  return `${text} const ${s} = new AsyncDisposableStack(); try { ${uses} log(${value()}); } finally { await ${s}.${random.pick(["disposeAsync", "move().disposeAsync"])}(); log(${s}.disposed); }`;
};

/** What a place in the text makes once and for all, and what anew each time, in two generators of one function. */
const literals: Make = (place, value) => {
  const { random } = place.program;
  const [g, seen] = [freshName(place, "g"), freshName(place, "s")];
  const inside = generatorPlace(place);
  const v = valueAt(inside);
  const literal = random.pick([
    `((t) => t)\`a\${${v()}}b\``,
    `/a/${random.pick(["", "g", "y"])}`,
    `((t) => (() => t))\`\${yield}\\u{61}\`()`,
    `[${v()}]`,
    `class { static [${v()}] = 1; }`,
    `(() => ((t) => t)\`x\`)()`,
  ]);
  return `const ${seen} = []; async function* ${g}() { for (const each of [1, 2]) { ${seen}.push(${literal}); yield each; } }
for (const each of [${g}(), ${g}()]) ${drained(place, "each")} log(new Set(${seen}).size, ${seen}[0] === ${seen}[1], ${seen}[0] === ${seen}[2], ${value()});`;
};

/** Iterables of the language that are neither arrays nor sets. */
const collections: Make = (place, value) => {
  const { random } = place.program;
  const item = freshName(place, "v");
  const source = random.pick([
    `new Map([[1, resolved(2)], [${value()}, 3]])`,
    `new Map([[1, 2]]).values()`,
    `new Uint8Array([1, 2])`,
    `"a😀b"`,
    `Object.entries({ a: ${value()} })`,
    `(function () { return arguments; })(1, ${value()})`,
    `"a1b2".matchAll(/\\d/g)`,
    `Object("ab")`,
  ]);
  const leave = random.pick(["", "break;", `if (${value()}) continue;`]);
  return random.pick([
    () => `for await (const ${item} of ${source}) { log(${item}, ${value()}); ${leave} }`,
    () => `for (const ${item} of ${source}) { log(${item}, ${value()}); ${leave} }`,
    () => drained(place, withThrow(source)),
    () => `const [${item} = ${value()}, ...rest] = ${source}; log(${item}, rest, ...${source});`,
  ])();
};

const kinds: readonly (readonly [number, Make])[] = [
  [2, standIns],
  [2.5, consumers],
  [1.5, helpers],
  [2, iterables],
  [1.5, stacks],
  [1, literals],
  [1.5, collections],
];

export const builtin = (place: Place): string => attempt(place, kinds, "builtin");
