import { area, each } from "./area.js";

const compound = [
  "=",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "**=",
  "<<=",
  ">>=",
  ">>>=",
  "&=",
  "|=",
  "^=",
  "&&=",
  "||=",
  "??=",
] as const;
const initial = ["0", "1", "undefined"] as const;

area("assignment", {
  ...each(
    compound,
    (op) => `assigns every target with ${op}`,
    (op) =>
      initial
        .map(
          (value) => `{
    let x = ${value}; log(x ${op} yield x, x);
    const o = { p: ${value} }; log(o.p ${op} await 2, o); log((await o).p ${op} yield 3, o); log(o[yield "p", "p"] ${op} await 4, o);
  }`,
        )
        .join("\n"),
  ),
  ...each(
    compound,
    (op) => `assigns private names and super members with ${op}`,
    (op) => `
    class A { get p() { log("get p"); return this._p; } set p(v) { log("set p", v); this._p = v; } }
    class C extends A { #x = 1; _p = 1; static #s = 2;
      async *gen() { log(this.#x ${op} yield 1, this.#x); log((await this).#x ${op} await 2); log(super.p ${op} yield 3); log(super[await "p"] ${op} yield 4, this._p); }
      static async *sgen() { log(C.#s ${op} yield 1); log((await this).#s ${op} 5, this.#s); } }
    async function* main() { yield* new C().gen(); yield* C.sgen(); }`,
  ),
  ...each(
    compound,
    (op) => `evaluates object and key before the value with ${op}`,
    (op) => `
    const w = watched("w", { a: 1 }); w[key("a")] ${op} yield 1; w[(log("k"), key("a"))] ${op} (log("v"), await 2); w.a ${op} yield w.a;`,
  ),
  "reads the old value before the suspension": `let x = 1; const set = () => { x = 10; return 5; }; x += await set(); log(x); const o = { p: 1 }; o.p += await (o.p = 7); log(o.p); x = x + (yield (x = 3)); log(x);`,
  chains: `let a, b; const o = {}; a = b = o.c = yield 1; log(a, b, o); o[await "k"] = a = await 2; log(o, a);`,
  "fails on null": `try { (await null).x = log("value"); } catch (e) { log(e); } try { undefined[await key("k")] = log("value"); } catch (e) { log(e); } const n = null; try { n.x = yield log("yielded"); } catch (e) { log(e); }`,
  "fails on null with a suspended key": `const n = null; try { n[yield "k"] = yield log("value"); } catch (e) { log(e); } try { n[(log("k"), key("k"))] = await 1; } catch (e) { log(e); }`,
  "assigns constants": `const c = 1; try { c = yield 1; } catch (e) { log(e); } try { c += await 2; } catch (e) { log(e); } try { c++; } catch (e) { log(e); } log(c); try { [c] = [await 3]; } catch (e) { log(e); } c ||= yield 4; try { c &&= yield 5; } catch (e) { log(e); }`,
  "assigns what is not declared": {
    source: `fresh = yield 1; log(fresh); log(typeof fresh, delete globalThis.fresh);`,
    sloppyOnly: true,
  },
  "fails to assign what is not declared in strict mode": `async function* main() { "use strict"; try { missing = yield 1; } catch (e) { log(e); } try { missing ??= yield 2; } catch (e) { log(e); } }`,
  "fails to assign read-only properties in strict mode": `async function* main() { "use strict"; const o = Object.freeze({ a: 1 }); try { o.a = yield 1; } catch (e) { log(e); } try { o[await "b"] = 1; } catch (e) { log(e); } log(o); }`,
  "ignores read-only properties in sloppy mode": {
    source: `const o = Object.freeze({ a: 1 }); o.a = yield 1; o[await "b"] ??= 1; log(o, delete o[await "a"]);`,
    sloppyOnly: true,
  },
  "names anonymous functions": `let f = function () {}, g = () => yield_; const yield_ = 0; let h; h = class {}; log(f, g, h); h = async function* () {}; log(h); let k = await 1; k ||= () => {}; let n; n ??= () => {}; log(n); const { d = () => {}, [await "e"]: e = function () {} } = {}; log(d, e);`,
  "names no function that a pattern assigns to a name in parentheses": `let a, b, c; ({ [await "x"]: a, a: (a) = () => {}, b = () => {}, c: ((c)) = class {} } = {}); log(a.name, b.name, c.name); [(a) = () => {}, b = (await 0, () => {}), c = function () {}] = []; log(a.name, b.name, c.name); yield a.name;`,
  "names functions with suspended computed keys": `const o = { [await "a"]: () => {}, [yield "b"]() {}, [await Symbol("s")]: function () {}, get [await "g"]() {} , c: (0, () => {}) }; log(o.a, Object.values(o), Object.getOwnPropertySymbols(o).map((s) => o[s].name));`,
  updates: `let x = 1; log(x++ + (yield x) + x--); const o = { a: { n: 1 } }; (await o).a.n++; log(o.a[await "n"]--, ++o.a[await "n"], o);`,
});

area("destructuring", {
  "destructures what was awaited": `const [a, , b = 5, ...c] = await [1, 2, undefined, 4, 6]; const { d, e: { f }, ...g } = yield 1, x = 1; log(a, b, c);`,
  "suspends in array defaults": `const [a = yield 1, b = await 2, [c = yield 3] = [], ...[d = yield 4]] = [undefined, 7]; log(a, b, c, d);`,
  "suspends in object defaults": `const { a = yield 1, b: { c = await 2 } = {}, d: [e = yield 3] = [] } = { a: undefined }; log(a, c, e);`,
  "suspends in computed keys": `const { [(yield "a", "a")]: a, [await "b"]: b = yield 1, [key("c")]: c, ...rest } = { a: 1, c: 3, d: 4, e: 5 }; log(a, b, c, rest);`,
  "evaluates object patterns in order": `const w = watched("w", { a: 1, b: undefined, c: 3, d: 4 }); const { [key("a")]: x, b = (log("default"), yield x), [(log("k"), await "c")]: z, ...r } = w; log(x, b, z, r);`,
  "steps the iterator in order": `const [a = (log("default a"), yield 1), b, ...c] = sync("s", [undefined, 2, 3, 4]); log(a, b, c); const [d = await 5] = sync("t", []); log(d);`,
  "closes the iterator": `const [a = yield 1] = sync("s", [1, 2]); const [b, c = yield 2] = sync("t", [1, undefined, 3]); const [] = sync("u", [1]); const [...d] = sync("v", [1, 2]); log(a, b, c, d);`,
  "does not look at what it passes over": `const [, a = yield 1] = sync("t", [1, undefined]); try { const [, ,] = sync("u", [1, 2], { fails: ["value"] }); const [, b = yield 2] = sync("v", [1], { fails: ["value"] }); log(b); } catch (e) { log("caught", e); } try { [, a.x = await 3] = sync("w", [1], { fails: ["value"] }); } catch (e) { log("caught", e); } try { const [, c = await 4] = sync("x", [1], { fails: ["next"] }); } catch (e) { log("caught", e); }`,
  "closes the iterator when a default fails": `try { const [a = (yield 1, fail("default"))] = sync("s", [undefined]); } catch (e) { log("caught", e); } try { [{ set x(v) { fail("set"); } }.x] = sync("t", [await 1]); } catch (e) { log("caught", e); } `,
  "does not close an iterator that fails": `try { const [a = yield 1, b] = sync("s", [], { fails: ["next"] }); } catch (e) { log("caught", e); } try { const [a, b = yield 2] = sync("t", [1], { fails: ["value"] }); } catch (e) { log("caught", e); } try { const [a = await 1] = sync("u", [1], { bad: ["next"] }); } catch (e) { log("caught", e); }`,
  "prefers the first error": `try { const [a = fail("default"), b = yield 1] = sync("s", [], { fails: ["return"] }); } catch (e) { log("caught", e); } try { const [a = (yield 2, fail("default"))] = sync("t", [undefined], { fails: ["return"] }); } catch (e) { log("caught", e); } try { const [a = yield 3] = sync("u", [undefined, 1], { fails: ["return"] }); } catch (e) { log("caught", e); } try { const [a = await 3] = sync("v", [undefined, 1], { bad: ["return"] }); } catch (e) { log("caught", e); }`,
  "closes the iterator on return while suspended in a pattern": `try { const [a = yield 1, [b = yield 2] = sync("inner", [undefined, 1])] = sync("outer", [undefined, undefined, 3]); log(a, b); } finally { log("finally"); }`,
  "assigns to members": `const o = {}; [o.a, o[yield "b", "b"], (await o).c = yield 1] = [1, 2]; ({ x: o.x, y: o[await "y"] = yield 2, ...o.rest } = { x: 1, z: 3 }); log(o);`,
  "evaluates targets before values": `const o = watched("o", {}); [(log("target"), o).a, (log("target 2"), o)[yield "k", "k"]] = sync("s", [1, 2]); ({ a: (log("target 3"), o)[await "m"] } = watched("w", { a: 1 }));`,
  "assigns nested patterns": `let a, b, c; ({ a: [b = yield 1, { c = yield 2 } = {}], ...a } = { a: [], z: 1 }); log(a, b, c); [a, [b]] = await [1, [2]]; log([a, b] = [b, await a]); [a, b] = [b, yield a]; log(a, b);`,
  "gives the value of the whole": `let a; const source = [1]; log(([a] = yield 1, source) === source); const v = { a: 3 }; log(({ a = await 1 } = v) === v, a);`,
  "fails for null": `try { const { a = yield 1 } = null; } catch (e) { log(e); } try { const { a = yield 1 } = await undefined; } catch (e) { log(e); } try { const [a = yield 2] = 5; } catch (e) { log(e); } try { ({ [log("key")]: x = yield 3 } = null); } catch (e) { log(e); } try { ({} = await null); } catch (e) { log(e); }`,
  "copies rest without excluded keys": `const s = Symbol("s"); const { [await "a"]: a, [s]: b = yield 1, 1: one, ...rest } = { a: 1, b: 2, [s]: 3, 1: 4, get g() { log("get g"); return 5; } }; log(rest, Object.getOwnPropertyDescriptor(rest, "g"));`,
  "works in loops": `for (const [a = yield 1, { b = await 2 }] of [[1, {}], [undefined, { b: 3 }]]) log(a, b); for (const { length: [x = yield 5] = [] } in { key: 1 }) log(x); let y; for ([y = yield 3] of [[], [4]]) log(y); for ({ y = await 3 } of [{}]) log(y);`,
  "works in catch": `try { throw { message: "m" }; } catch ({ message, cause = yield 1, [await "x"]: x = await 2 }) { log(message, cause, x); } try { throw [1]; } catch ([a, b = yield a]) { log(a, b); }`,
  "keeps the dead zone": `try { const { a = b, b = yield 1 } = {}; } catch (e) { log(e); } try { const [x = x] = [await undefined]; } catch (e) { log(e); } let { c = 1, d = c + (yield 2) } = {}; log(c, d);`,
  "destructures var again": `var a = 1; var { a = yield 2, b } = { b: 3 }; log(a, b); var [a, ...b] = await [4, 5]; log(a, b);`,
  "destructures strings, maps and arguments": `const [a, b = yield 1, ...c] = await "xyz"; const [[k, v = yield 2]] = await new Map([["k"]]); log(a, b, c, k, v); const { length, 0: first = await 1 } = await "s"; log(length, first);`,
});

area("literals", {
  "suspends in arrays": `log([1, yield 2, , await 3, ...await [4, 5], ...sync("s", [6]), yield 7, , ]); log([...(yield 8, [])], [, await 1]);`,
  "spreads before later elements": `log([...sync("s", [1, 2]), (log("later"), yield 3), ...sync("t", [4], {})]);`,
  "suspends in objects": `log({ a: 1, b: yield 2, [yield "c"]: 3, [await "d"]: await 4, ...await { e: 5 }, f() {}, get g() { return 1; }, async *h() {}, ...(yield 6, null) });`,
  "evaluates keys before values": `log({ [(log("key a"), key("a"))]: (log("value a"), yield 1), [(log("key b"), await key("b"))]: log("value b"), ...(log("spread"), { c: await 1 }) });`,
  "sets the prototype": `const p = { inherited: 1 }; const o = { __proto__: await p, own: yield 1 }; log(o.inherited, Object.keys(o)); log(Object.keys({ ["__proto__"]: await 1 }), Object.getPrototypeOf({ __proto__: yield 2 }) === Object.prototype); const __proto__ = 5; log(Object.keys({ __proto__, a: await 1 }));`,
  "overwrites in order": `log({ a: 1, ...await { a: 2, b: 2 }, b: yield 3, get a() { return 4; } }); log({ get x() { return 1; }, x: await 2 }, { x: 1, get [await "x"]() { return 2; } }.x);`,
  "reads getters of a spread": `log({ ...{ get a() { log("get a"); return 1; } }, b: yield 1, ...watched("w", { c: 2 }) });`,
  "makes functions with a home object": `const o = { __proto__: { m() { return log("super"); } }, x: yield 1, m() { return super.m(); }, async *[await "g"]() { yield super.m(); }, get [(yield "p", "p")]() { return super.m; } }; o.m(); log(await o.g().next()); typeof o.p;`,
  "throws part of the way": `try { log([log(1), yield 1, fail("x"), log(2)]); } catch (e) { log(e); } try { log({ a: log(1), b: await 1, [fail("key")]: log(2) }); } catch (e) { log(e); }`,
  "creates regular expressions anew": `const seen = new Set(); for (let i = 0; i < 3; i++) { const r = /a/g; seen.add(r); r.test("a"); yield r.lastIndex; } log(seen.size, [/x/, await 1, /y/].map(String));`,
  "creates literals anew": `const seen = new Set(); for (let i = 0; i < 2; i++) seen.add([]).add({}).add([yield i]).add(() => i).add(class {}); log(seen.size);`,
  "handles numeric and string keys": `log({ 1: yield 1, "b c": await 2, 0x10: 3, [1n]: await 4, [await 1.5]: 5, [Symbol.iterator]: 6 });`,
  "keeps shorthand variables": `let a = 1; const o = { a, b: (a = 2, yield a), c: a, ["d" + a]: a++, e: await a }; log(o, a);`,
});
