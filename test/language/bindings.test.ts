import { area } from "./area.js";

area("bindings", {
  shadows: `let x = 1; { let x = 2; yield x; { const x = await 3; yield x; } log(x); } log(x); { var v = x; let y = v; yield y; } const f = (x) => x + v; log(f(yield x));`,
  "hoists var": `log(v); yield v; if (await true) { var v = 1; } log(v); for (var i = 0; i < 1; i++) yield i; log(i); try { var t = yield 2; } finally { var u = t; } log(t === u); switch (1) { case 1: var s = await 3; } log(s);`,
  "keeps the dead zone of let and const": `try { x; } catch (e) { log(e); } try { x = yield 1; } catch (e) { log(e); } try { typeof x; } catch (e) { log(e); } try { c; } catch (e) { log(e); } let x = await 2; const c = x; log(x, c);`,
  "keeps the dead zone for closures": `const f = () => x; const set = () => { x = 5; }; try { f(); } catch (e) { log(e); } try { set(); } catch (e) { log(e); } yield 1; try { f(); } catch (e) { log(e); } let x = await 2; log(f()); set(); log(x);`,
  "keeps the dead zone in its own initializer": `try { let x = x; } catch (e) { log(e); } try { let y = (yield 1, y); } catch (e) { log(e); } try { const z = (() => z)(); } catch (e) { log(e); } try { let w = await 1, q = r, r = 2; } catch (e) { log(e); } try { const k = { a: k, [await log("key")]: 1 }; } catch (e) { log(e); }`,
  "assigns in the dead zone after the right side": `try { x = log("right"); } catch (e) { log(e); } try { x = (yield 1, log("right")); } catch (e) { log(e); } try { x += log("right"); } catch (e) { log(e); } try { x ??= log("right"); } catch (e) { log(e); } try { x -= await log("right"); } catch (e) { log(e); } try { x++; } catch (e) { log(e); } let x = 1; log(x += await 2, x++, x ??= 5, x);`,
  "assigns constants in the dead zone": `try { c = log("right"); } catch (e) { log(e); } try { c += log("right"); } catch (e) { log(e); } try { c = yield 1; } catch (e) { log(e); } try { [c] = [log("item")]; } catch (e) { log(e); } const set = () => { c = log("set"); }; try { set(); } catch (e) { log(e); } const c = await 2; try { set(); } catch (e) { log(e); } try { c = yield 3; } catch (e) { log(e); } log(c);`,
  "assigns in its own initializer": `try { let a = (a = log("right")); } catch (e) { log(e); } try { let b = yield (b = log("right")); } catch (e) { log(e); } try { const d = await (d = log("right")); } catch (e) { log(e); } switch (await 1) { case 1: try { let f = f = log("switch"); } catch (e) { log(e); } }`,
  "destructures into the dead zone": `try { [x] = foreign("f"); } catch (e) { log(e); } try { [x] = sync("s", [1, 2]); } catch (e) { log(e); } try { ({ a: x } = log(null)); } catch (e) { log(e); } try { ({ a: x, b: y } = { get a() { return log("a"); }, get b() { return log("b"); } }); } catch (e) { log(e); } try { [x = log("default"), ...y] = sync("t", []); } catch (e) { log(e); } try { [x = yield 1] = sync("u", []); } catch (e) { log(e); } try { for (x of sync("v", [1, 2])) log("body"); } catch (e) { log(e); } try { for (x of sync("w", [1, 2])) yield "body"; } catch (e) { log(e); } let x = await 1, y = yield 2;`,
  "assigns in the dead zone of a loop's head": `try { for (let x in await (x ??= 1)) log(x); } catch (e) { log(e); } try { for (let x of [x = log("right"), await 1]) log(x); } catch (e) { log(e); } try { for (const x of [yield x++]) log(x); } catch (e) { log(e); } try { for (let x of [[x] = sync("s", [1])]) yield x; } catch (e) { log(e); } try { for (let x in [await (x += log("right"))]) log(x); } catch (e) { log(e); } for (let x of [() => (x = 1)]) try { yield x(); } catch (e) { log(e); }`,
  "reads in the dead zone of a loop's head in its turn": `try { for (const x of { x, a: await log("right") }) log(x); } catch (e) { log(e); } try { for (const x of [x, yield log("right")]) log(x); } catch (e) { log(e); } try { for await (const [x] of [[x, await log("right")]]) log(x); } catch (e) { log(e); } try { for (const x in { a: x, [await log("right")]: 1 }) yield x; } catch (e) { log(e); }`,
  "assigns in the dead zone from closures": `const fs = [() => { x = log("right"); }, () => { x += log("right"); }, () => { [x] = sync("s", [1]); }, () => x++, async () => { x = await log("async"); }]; const all = async () => { for (const f of fs) try { log(await f()); } catch (e) { log(e); } }; await all(); yield 1; let x = await 1; await all(); log(x);`,
  "assigns in the dead zone of each iteration": `const fs = []; for (let i = 0; i < 2; i++) { try { x = log("right", i); } catch (e) { log(e); } fs.push(() => (x = x + 1)); yield i; let x = i * 10; log(x); } log(fs.map((f) => f()));`,
  "has a dead zone in catch patterns": `const b = "outer", x = "outer"; try { try { throw { }; } catch ({ a = b, b }) { log(a, b); } } catch (e) { log(e); } try { try { throw []; } catch ([a = yield x, x]) { log(a, x); } } catch (e) { log(e); } try { try { throw []; } catch ([x = (() => x)()]) { yield x; } } catch (e) { log(e); } try { throw { x: 1 }; } catch ({ x, a = () => x, [await "z"]: z = x }) { yield x; log(a(), z); } try { try { throw [0]; } catch ([a, y = (a = 1, z = 2), z]) { log(a, y, z); } } catch (e) { log(e); } log(b, x);`,
  "is uninitialized anew on each iteration": `for (let i = 0; i < 2; i++) { try { log(x); } catch (e) { log(e); } yield i; let x = i; log(x); } let n = 0; while (n++ < 2) { const f = () => y; try { f(); } catch (e) { log(e); } await n; let y; log(f(), y); y = n; }`,
  "is undefined anew on each iteration": `for (let i = 0; i < 2; i++) { let x; log(x); x = yield i; log(x); } for (const i of [1, 2]) { var v; log(v); v = await i; }`,
  "captures block variables per entry": `const fs = []; let n = 0; again: while (true) { { let x = n; fs.push(() => x++); yield x; } if (++n < 3) continue again; break; } log(fs.map((f) => [f(), f()]));`,
  "captures across suspensions": `let x = 1; const inc = () => ++x; yield inc(); x += 10; await inc(); log(x, inc()); { const y = x; let z = y; const g = () => z += y; yield g(); log(z, g()); }`,
  "captures per entry in nested generators that go on later": `const made = []; for (const x of [1, 2]) { let y = x * 10; const g = async function* () { yield 0; yield [x, y++]; yield* [x, y]; }; class C { async *m() { yield 0; yield x + y; } } made.push(g(), g(), new C().m()); yield x; y++; } for (const g of made) for await (const item of g) log(item);`,
  "captures in nested generators": `let x = 1; async function* inner() { x++; yield x; const y = x; yield () => y; } for await (const v of inner()) log(typeof v === "function" ? v() : v); x += await 1; log(x);`,
  "captures in getters, methods and classes": `let x = 1; const o = { get g() { return x; }, m() { return ++x; } }; class C { static s = x; f = x; m() { return x; } } yield o.g; o.m(); log(x, new C().f, C.s, new C().m()); x = await 7; log(o.g, new C().f);`,
  "captures catch parameters": `const fs = []; for (const i of [1, 2]) try { throw i; } catch (e) { fs.push(() => e); yield e; e++; } log(fs.map((f) => f())); try { throw [1]; } catch ([a]) { const g = () => a++; yield g(); log(a); }`,
  "distinguishes names of different scopes": `const a = []; { let x = "b1"; a.push(() => x); yield x; } { let x = "b2"; a.push(() => x); yield x; } function x() { return "fn"; } log(x(), a.map((f) => f()));`,
  "declares functions in the body": `log(f()); yield f(); function f() { return g(); } function g() { return "g" + n; } var n = await 1; log(f(), typeof f); f = 5; log(f);`,
  "declares the last of equal functions": `log(f()); function f() { return 1; } yield f(); function f() { return 2; } var f; log(f()); var g = await 1; function g() {} log(g);`,
  "declares functions that are generators": `yield* g(); async function* g() { yield "inner"; yield* h(); } function* h() { yield "sync"; } log([...h()], await a()); async function a() { return "async"; }`,
  "uses names that look generated": `let $ = 1, v = 2, s = 3, state = 4, $aclose = 5, main$step = 6, main$vars = 7, _a = 8; const f = () => [$, v, s]; yield $ + v + s + state + $aclose + main$step + main$vars + _a; log($, v, s, f(), $aclose);`,
  "uses globals and shadowed globals": `const Promise = 5, Symbol = 6, Object = 7, undefined_ = undefined; log(Promise, Symbol, Object); yield await Promise; try { for await (const x of foreign("f", [1])) yield Symbol; } finally { log(Object); } const globalThis = 0, __aclose = 1; yield globalThis + __aclose;`,
  "has variables called undefined around it and in it": `const make = (undefined) => class { async *m(a = undefined) { yield a; const { b = yield undefined, ...c } = {}; log(b, c, yield, a?.[yield 1]); for (const x of [1]) yield x; switch (yield) { case undefined: log("same"); } return; } };
    yield* new (make(5))().m(); { let undefined = await 7; const g = async function* () { const x = yield undefined; log(x, undefined); }; yield* g(); log([, yield][0]); for (const x of [undefined]) try { yield x; } finally { log(x); } }`,
  "shadows in the scope around": `const outer = (TypeError, Error, Promise) => async function* () { try { yield* foreign("f", [1], { bad: ["next"] }); } catch (e) { log(e, TypeError, Error, Promise); } const [a] = await [1]; }; function main() { return outer(1, 2, 3)(); }`,
  "works with names in other scripts": `let \\u0061b = 1, ünï = await 2, 变量 = yield 3; log(ab, \\u{75}nïx, 变量); var unïx; function ünïx() {}`,
  "has variables of names that objects inherit": `let __proto__ = 1, toString = 2; var valueOf; yield [__proto__, toString, typeof valueOf]; __proto__ = null; yield [__proto__, typeof toString]; for (let __proto__ = 0; __proto__ < 2; __proto__++) yield __proto__; const fs = []; for (const __proto__ of [3, 4]) { fs.push(() => __proto__); yield __proto__; } log(fs.map((f) => f())); try { throw 5; } catch (__proto__) { yield 6; log(__proto__); }`,
  "works with contextual keywords as names": {
    source: `var async = 1, of = 2, get = 3, set = 4, static = 5, let = 6, from = 7, as = 8, using = 9; yield async + of + get + set + static + let + from + as + using; const o = { async, of, get, set, static, let, await: 1, yield: 2 }; log(o, o.await, o.yield); for (of of [1]) yield of; for (var async of [2]) log(async); for (var let of [3]) log(let); for (var let in { k: 1 }) log(let); using = await 1; log(using);`,
    sloppyOnly: true,
  },
  "has a variable called let": {
    source: `var let = 1; log(let); var { let } = { let: 2 }; yield let; log(let); (() => let++)(); yield* (async function* () { var let; yield 1; })(); yield* (async function* () { yield 2; var let = 3; log(let); let++; log(let); })(); yield* (async function* (let) { yield let; log(() => let); })(let); yield* (async function* () { var let = [1, 2]; for (var each of let) log(each); yield let; for (each of let) log(let = each); yield let; })();`,
    sloppyOnly: true,
  },
  "cannot delete a variable": {
    source: `yield* (async function* (p) { var q = await 2; log(delete p, delete (p), delete ((q)), (() => delete (q))()); yield [p, q]; log(typeof p, q); })(1);`,
    sloppyOnly: true,
  },
  "keeps functions in blocks apart from what they hide": {
    source: `async function* lets() { for (let b of [1]) { yield b; { log(b()); function b() { return "function"; } } log(b, typeof globalThis.b); } }
      async function* switches() { let b = await 1; switch (yield b) { default: log(b()); function b() { return "function"; } } log(b); }
      async function* branches() { let b = await 1; if (b) function b() {} else function b() {} yield b; if (b) log("on"); log(b); }
      async function* patterns() { try { throw { b: 1 }; } catch ({ b }) { yield b; { function b() {} } log(b); } log(typeof b); }
      async function* catches() { try { throw 1; } catch (b) { yield b; { function b() {} } log(b); (() => log(b))(); } log(typeof b); }
      const parameters = (outer) => async function* (p, q = () => p) { { function p() {} } log(p, q(), arguments[0]); arguments[0] = yield p; log(p, q()); try { log(p); } finally { function p() {} } log(p); };
      async function* simple(p) { { function p() {} } log(p); arguments[0] = yield p; log(p); l: { function p() {} break l; } log(p); }
      async function* siblings(p) { { function b() {} } { let b = yield p; await 1; log(b, arguments[0]); } { function c() {} await 1; } { function c() {} } log(c === (yield c)); }
      async function* doubled(p = 1, q) { var q; { function q() {} } log(q); { yield p; function q() {} } log(q); }
      const captured = () => async function* (p) { switch (log(p), p) { case 1: log(p()); function p() { return "function"; } } log(p, (() => p)(), yield* super_.m.call(p)); };
      const super_ = { async *m() { yield typeof super.toString; switch (super_) { default: function super_() {} } return 1; } };
      async function* main() { yield* captured()(1); yield* doubled(); yield* siblings(1); yield* lets(); yield* switches(); yield* branches(); yield* patterns(); yield* catches(); yield* parameters()(1); yield* simple(1); }`,
    sloppyOnly: true,
  },
  "has functions that give their own variables other values": {
    source: `class A { async *m() { yield super.toString !== undefined;
        function once() { once = () => "again"; return "first"; }
        async function later() { await 0; return later; }
        function* items() { yield items--; }
        const first = once, old = later; later = 5;
        log(once.name, later, items.name, once.length); yield [once(), first(), once()]; yield [await old(), [...items()], items];
        switch (yield) { default: function inner(n) { return n ? inner : (inner = n); } yield inner(1)(0); log(inner); } } }
      async function* main() { yield* new A().m(); }`,
  },
  "has a variable called arguments": {
    source: `var arguments = await 5; yield arguments; function f() { return arguments.length; } log(f(1, 2));`,
    sloppyOnly: true,
  },
  "has functions called arguments in blocks": {
    source: `async function* blocks() { log(typeof arguments); { yield typeof arguments; function arguments() {} } yield [typeof arguments, (() => typeof arguments)()]; }
      async function* parameters(a = () => arguments.length) { yield a(); { function arguments() {} yield typeof arguments; } yield [typeof arguments, a()]; }
      async function* branches() { if (yield arguments.length) function arguments() {} yield typeof arguments; switch (1) { case 1: function arguments() {} } yield typeof arguments; }
      async function* main() { yield* blocks(1); yield* parameters(undefined, 2); yield* branches(1); }`,
    sloppyOnly: true,
  },
  "has a local that shadows a parameter scope name": `async function* gen(a, b = () => a) { var a; yield a; a = await 5; yield [a, b()]; } function main() { return gen(1); }`,
  "has many locals": `let ${Array.from({ length: 30 }, (_, i) => `x${i} = ${i}`).join(", ")}; yield x3; x7 += await x8; log(${Array.from({ length: 30 }, (_, i) => `x${i}`).join(" + ")}); yield x29;`,
  "uses a variable that is only written before and read after": `let a; a = 1; yield; log(a); let b = yield; { b = 2; await 0; } log(b); let c = 1; c = yield c; log(c); let d; if (await true) d = 1; else d = 2; yield d;`,
  "reads a variable in only one branch after a suspension": `let a = yield 1, b = 2; if (a) { yield b; b = 3; } else { await b; } log(a, b); let c; for (let i = 0; i < 2; i++) { if (i) yield c; c = i + 10; await c; }`,
});
