/** Iterators and generators as programs make them by hand: watched, replaced, driven from within, changed while they are read. */

import { at, Level } from "./code.js";
import { attempt, generatorPlace, type Make, valueAt } from "./constructs.js";
import { expression } from "./expressions.js";
import { drained } from "./iterables.js";
import { deeper, freshName, insideFunction, type Place, type Variable, withVariables } from "./place.js";
import type { Random } from "./random.js";
import { block, statements } from "./statements.js";

const perhaps = (random: Random, chance: number, text: () => string): string => (random.chance(chance) ? text() : "");

/** A request that waits for its answer: nothing runs beside the program. */
function asked(place: Place, it: string): string {
  const { random } = place.program;
  const method = random.weighted([
    [5, "next"],
    [1, "return"],
    [1, "throw"],
  ] as const);
  const value = random.pick(["", "undefined", "resolved(1)", "thenable(2)", `error("${it}")`, valueAt(place)()]);
  return `try { log("${it}", await ${it}.${method}(${value})); } catch (e) { log("${it} ${method}", e); }`;
}

/** A generator function with one parameter, which may call itself. */
function generatorOf(place: Place, count = 2): { readonly name: string; readonly text: string } {
  const [name, p] = [freshName(place, "g"), freshName(place, "p")];
  const inside = withVariables(generatorPlace(place), { name: p, kind: "variable" });
  const value = valueAt(inside);
  const again = place.program.random.weighted([
    [2, () => ""],
    [1, () => `if (fuel() && ${p} > 0) log(yield* ${name}(${p} - 1));`],
    [1, () => `if (fuel() && ${p} > 0) for await (const each of ${name}(${p} - 1)) { log(each, ${p}, ${value()}); }`],
  ])();
  return {
    name,
    text: `async function* ${name}(${p}) { ${statements(inside, count)} ${again} log(${p}); yield ${value()}; }`,
  };
}

/** Two generators of one function, in turns. */
const byHand: Make = (place, value) => {
  const { random } = place.program;
  const { name, text } = generatorOf(place);
  const [a, b] = [freshName(place, "i"), freshName(place, "i")];
  const inTurns = (): string => Array.from({ length: 4 }, () => asked(place, random.pick([a, b]))).join("\n");
  const read = random.pick([
    () => inTurns(),
    () => `for await (const each of ${a}) { log(each); ${asked(place, b)} ${perhaps(random, 0.3, () => "break;")} }`,
    () => `for await (const each of ${a}) { log(each); for await (const other of ${b}) { log(other); break; } }`,
  ])();
  return `${text} { const ${a} = ${name}(${value()}), ${b} = ${name}(2); ${inTurns()} ${read} log(await ${a}.return(1)); }`;
};

/** Methods of generators that others stand for, before and while they are read. */
const replaced: Make = (place, value) => {
  const { random } = place.program;
  const plain = valueAt(insideFunction(place, "plain"));
  const awaiting = valueAt(deeper(place, { canYield: false }));
  const { name, text } = generatorOf(place);
  const it = freshName(place, "i");
  const method = (): string => {
    const key = random.pick(["next", "next", "return", "throw", "[Symbol.asyncIterator]"]);
    const called = key.startsWith("[") ? key : `.${key}`;
    return random.weighted([
      [3, () => `${key}(...a) { log("${key}", ...a); return super${called}(...a); }`],
      [2, () => `async ${key}(...a) { log("${key}", ...a); return super${called}(...a); }`],
      [1, () => `get ${key}() { log("get ${key}"); return super${called}; }`],
      [1, () => `${key}(...a) { log("${key}"); return { value: ${plain()}, done: true }; }`],
      [0.5, () => `${key}: ${random.pick(["undefined", "null", "1"])}`],
    ])();
  };
  const methods = (proto: string): string =>
    `{ __proto__: ${proto}, ${Array.from({ length: 1 + random.below(2) }, method).join(", ")} }`;
  const own = (object: string): string =>
    `Object.defineProperties(${object}, Object.fromEntries(Reflect.ownKeys(replacing).map((k) => [k, { ...Object.getOwnPropertyDescriptor(replacing, k), enumerable: false }])));`;
  const onFunction = random.weighted([
    [3, () => ""],
    [1, () => `${name}.prototype = ${methods(`${name}.prototype`)};`],
    [
      1,
      () => `{ const replacing = ${methods(`Object.getPrototypeOf(${name}.prototype)`)}; ${own(`${name}.prototype`)} }`,
    ],
    [0.5, () => `${name}.prototype = ${random.pick(["null", "1", "Made.prototype", "Object.create(null)"])};`],
  ])();
  const onGenerator = (): string =>
    random.pick([
      () => `Object.setPrototypeOf(${it}, ${methods(`${name}.prototype`)});`,
      () => `{ const replacing = ${methods(`Object.getPrototypeOf(${it})`)}; ${own(it)} }`,
      () => "",
    ])();
  const leave = random.pick(["", "break;", `if (${awaiting()}) break;`, `throw error("left");`]);
  const read = random.pick([
    () => `for await (const each of ${it}) { log(each, ${value()}); ${perhaps(random, 0.3, onGenerator)} ${leave} }`,
    () => `for await (const [each] of ${it}) { log(each); ${leave} }`,
    () => drained(place, it),
    () => drained(place, `(async function* () { ${perhaps(random, 0.5, onGenerator)} log(yield* ${it}); })()`),
    () => `log(await (async () => { for await (const each of ${it}) { log(each); ${leave} } return "read"; })());`,
  ])();
  return `${text} ${onFunction} const ${it} = ${name}(1); ${perhaps(random, 0.3, () => asked(place, it))} ${onGenerator()} ${read}`;
};

/** An iterator that says what is asked of it, and answers in every shape that an answer may have. */
function watchedIterator(place: Place, n: string, isAsync: boolean): string {
  const { random } = place.program;
  const value = (): string =>
    random.pick([n, `[${n}]`, `{ a: ${n} }`, "undefined", ...(isAsync ? [`resolved(${n})`] : [])]);
  const result = (): string =>
    random.weighted([
      [4, () => `{ value: ${value()}, done: ${n} > 2 }`],
      [1, () => `{ value: ${value()}, done: ${n} > 1 ? ${random.pick(["1", `"done"`, "[]"])} : "" }`],
      [1, () => `{ get value() { return log("value", ${value()}); }, get done() { return log("done", ${n} > 2); } }`],
      [1, () => `${n} > 2 ? { done: true } : { value: ${value()} }`],
      [1, () => `Object.create({ value: ${value()}, done: ${n} > 2 })`],
      [1, () => `watched("result", { value: ${value()}, done: ${n} > 2 })`],
      [0.3, () => `${n} > 1 ? ${random.pick(["5", "null"])} : { value: ${value()} }`],
    ])();
  const answer = (): string =>
    isAsync
      ? random.weighted([
          [3, () => `(${result()})`],
          [2, () => `resolved(${result()})`],
          [1, () => `{ then(f) { log("then"); f(${result()}); } }`],
          [0.3, () => `rejected("answer")`],
        ])()
      : `(${result()})`;
  const method = (key: string): string =>
    random.weighted([
      [4, () => `${key}(...a) { log("${key}", ...a); ${n}++; return ${answer()}; },`],
      [2, () => ""],
      [0.5, () => `${key}: ${random.pick(["undefined", "null", "1", "{}"])},`],
      [0.3, () => `get ${key}() { throw error("${key}"); },`],
    ])();
  const again = perhaps(random, 0.15, () => `this.next = undefined;`);
  const next = `next(...a) { log("next", ...a); ${n}++; ${again} return ${answer()}; },`;
  const text = `{ ${next} ${method("return")} ${method("throw")} }`;
  return random.chance(0.5) ? `watched("iterator", ${text})` : text;
}

const watched: Make = (place, value) => {
  const { random } = place.program;
  const [n, x, y] = [freshName(place, "n"), freshName(place, "v"), freshName(place, "v")];
  const variables: Variable[] = [{ name: x, kind: "variable" }];
  const isAsync = random.chance(0.6);
  const iterator = watchedIterator(place, n, isAsync);
  const leave = random.pick([
    "",
    "",
    "break;",
    `if (${value()}) break;`,
    `throw error("left");`,
    `if (${n} > 1) continue;`,
  ]);
  const within = withVariables(deeper(place, { canBreak: true, canContinue: true }), ...variables);
  if (isAsync) {
    const iterable = `{ [Symbol.asyncIterator]() { log("iterator"); return ${iterator}; } }`;
    const read = random.pick([
      () => `for await (const ${x} of ${iterable}) { log(${x}); ${block(within)} ${leave} }`,
      () => `for await (let { a: ${x} = ${value()} } of ${iterable}) { log(${x}); ${leave} }`,
      () => drained(place, `(async function* () { log(yield* ${iterable}); })()`),
      () => (place.canYield ? `log(yield* ${iterable});` : drained(place, iterable)),
    ])();
    return `{ let ${n} = 0; ${read} }`;
  }
  const iterable = `{ [Symbol.iterator]() { log("iterator"); return ${iterator}; } }`;
  const read = random.pick([
    () => `for (const ${x} of ${iterable}) { log(${x}); ${block(within)} ${leave} }`,
    () => `const [${x} = ${value()}, , ...${y}] = ${iterable}; log(${x}, ${y});`,
    () => `let ${x}, ${y}; [${x} = ${value()}, [${y}] = [${value()}]] = ${iterable}; log(${x}, ${y});`,
    () => `log(...${iterable}, ${value()});`,
    () => `const [${x}] = ${iterable}, [] = ${iterable}; log(${x}, [...${iterable}], ${value()});`,
  ])();
  return `{ let ${n} = 0; ${read} }`;
};

/** What loops go through changes meanwhile. */
const changing: Make = (place, value) => {
  const { random } = place.program;
  const [o, k] = [freshName(place, "o"), freshName(place, "v")];
  const key = (): string => random.pick(["a", "b", "c", "x", "3"]);
  const change = (): string =>
    random.pick([
      () => `delete ${o}["${key()}"];`,
      () => `${o}["${key()}"] = ${value()};`,
      () => `delete Object.getPrototypeOf(${o}).c;`,
      () =>
        `Object.defineProperty(${o}, "${key()}", { enumerable: ${random.chance(0.5)}, configurable: true, value: 1 });`,
      () => `if (${value()}) continue;`,
      () => "",
    ])();
  const object = random.pick([
    `{ a: 1, b: ${value()}, 3: 1, __proto__: { b: 2, c: 3, 1: 1, __proto__: Made.prototype } }`,
    `Object.assign([1, , 3], { x: ${value()} })`,
    `Object.assign(Object.create({ a: 1, c: 2 }), { b: 1, [Symbol.iterator]: 2 })`,
    `Object.create({ a: 1, b: 2 }, { a: { value: 1, configurable: true }, x: { value: 2, enumerable: true, configurable: true } })`,
    `Object.assign(function () {}, { a: 1, b: 2 })`,
  ]);
  const keyword = random.pick(["const", "let", "var"]);
  return random.pick([
    () =>
      `{ const ${o} = ${object}; for (${keyword} ${k} in ${o}) { log(${k}, ${value()}); ${change()} ${change()} } log(Object.keys(${o})); }`,
    () =>
      `{ const ${o} = new Set([1, 2]); for (${keyword} ${k} of ${o}) { log(${k}, ${value()}); if (${o}.size < 4) ${o}.add(${k} * 10); ${perhaps(random, 0.5, () => `${o}.delete(2);`)} } }`,
    () =>
      `{ const ${o} = new Map([[1, 2], [3, 4]]); for (${keyword} [${k}, each = ${value()}] of ${o}) { log(${k}, each); ${perhaps(random, 0.5, () => `${o}.clear();`)} } }`,
    () =>
      `{ const ${o} = [1, 2, 3]; for (${keyword} ${k} of ${o}) { log(${k}, ${value()}); ${random.pick([`${o}.length = 2;`, `if (${o}.length < 5) ${o}.push(${k});`, `${o}[2] = ${value()};`])} } }`,
    () =>
      `{ const ${o} = [1]; log([...${o}, ${value()}, ${o}.push(2), ...${o}], [${o}.length, ${value()}, ${o}.pop(), ...${o}]); }`,
    () =>
      `{ const ${o} = Object.assign([1, 2], { *[Symbol.iterator]() { log("own"); try { yield 3; yield 4; } finally { log("closed"); } } }); const [${k} = ${value()}] = ${o}; log(${k}, [...${o}, ${value()}], new Made(...${o}, ${value()}).a); for await (const each of ${o}) { log(each); ${perhaps(random, 0.5, () => "break;")} } }`,
  ])();
};

/** What tells a compiled function from a native one, if anything does. */
const identity: Make = (place, value) => {
  const { random } = place.program;
  const { name, text } = generatorOf(place, 1);
  const it = freshName(place, "i");
  const use = (): string =>
    random.pick([
      () => `log(Reflect.ownKeys(${name}), ${name}.name, ${name}.length, Object.prototype.toString.call(${name}));`,
      () =>
        `log(Object.getPrototypeOf(${name}) === Object.getPrototypeOf(native), ${it} instanceof ${name}, ${it} instanceof native);`,
      () =>
        `log(Reflect.ownKeys(${it}), Object.getPrototypeOf(${it}) === ${name}.prototype, String(${it}), Reflect.ownKeys(${name}.prototype));`,
      () =>
        `log(${it}[Symbol.asyncIterator]() === ${it}, typeof ${it}[Symbol.iterator], "constructor" in ${it}, ${it}.constructor === native.prototype.constructor);`,
      () => `try { new ${name}(${value()}); } catch (e) { log(e.name); }`,
      () => `try { log(await native("n", [1]).next.call(${it})); } catch (e) { log(e.name); }`,
      () =>
        `try { log(await ${it}.${random.pick(["next", "return", "throw"])}.call(${random.pick(["{}", "native('n', [1])", "undefined", name])}, ${value()})); } catch (e) { log(e.name ?? e); }`,
      () =>
        `Object.defineProperty(${name}, "name", { value: "other" }); log(${name}.name, ${it}.next.name, ${it}.return.length);`,
      () => `log(${name}.bind(null, 1).name, ${name}.call.length, await ${name}.apply(1, [${value()}]).next());`,
      () =>
        `${name}.prototype = ${random.pick(["undefined", "{ x: 1 }", "Symbol.iterator"])}; log(${name}(1).x, ${name}(1) instanceof native);`,
      () =>
        `Object.freeze(${it}); Object.assign(${name}, { extra: ${value()} }); log(${name}.extra, Object.isExtensible(${it}));`,
      () => asked(place, it),
    ])();
  const uses = Array.from({ length: 4 }, use).join("\n");
  return `${text} { const ${it} = ${name}(${at(Level.Assignment, expression(place))}); ${uses} }`;
};

const kinds: readonly (readonly [number, Make])[] = [
  [2, byHand],
  [2.5, replaced],
  [3, watched],
  [1.5, changing],
  [1, identity],
];

export const protocol = (place: Place): string => attempt(place, kinds, "protocol");
