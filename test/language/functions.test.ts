import { area, each } from "./area.js";

const describeFunction = `const about = (f) => log(f.name, f.length, Object.getOwnPropertyNames(f), Object.getPrototypeOf(f) === Object.getPrototypeOf(native), Object.getPrototypeOf(f.prototype) === Object.getPrototypeOf(native.prototype), Reflect.ownKeys(f.prototype), Object.getOwnPropertyDescriptor(f, "prototype").writable, f.constructor.name, String(Object.prototype.toString.call(f)), Object.isExtensible(f));`;
const forms = [
  `async function* named(a, b) {} about(named);`,
  `about(async function* (a, b = 1, c) {});`,
  `const x = async function* inner() {}; about(x);`,
  `const y = async function* (...r) {}; about(y);`,
  `about({ async *m({ a }, [b]) {} }.m);`,
  `about({ async *[Symbol("s")](a) {} }[0] ?? class { static async *m(a, b) {} }.m);`,
  `about(Object.values({ async *["computed" + 1]() {} })[0]);`,
  `about(class { async *m() {} }.prototype.m);`,
  `about({ async *5() {} }[5]);`,
  `about({ p: async function* () {} }.p);`,
  `let z; z = async function* () {}; about(z); [z = async function* () {}] = []; about(z);`,
  `about((0, async function* () {}));`,
  `about(class { static #p = async function* () {}; static get() { return this.#p; } }.get());`,
  `const { d = async function* () {} } = {}; about(d);`,
  `const f = (g = async function* () {}) => g; about(f());`,
] as const;

area("functions", {
  ...each(
    forms,
    (form) => `describes ${form}`,
    (form) => `${describeFunction} function main() { ${form} }`,
  ),
  "is hoisted": `log(typeof main, main.name); async function* main() { yield* later(); } async function* later() { yield "later"; }`,
  "is hoisted in blocks and functions": `function main() { log(typeof a); const g = a(); async function* a() { yield 1; } { log(typeof b); async function* b() { yield 2; } } return g; }`,
  "the last of equal declarations wins": {
    source: `async function* main() { yield 1; } async function* main() { yield 2; } function f() {} async function* f() { yield 3; } log(typeof f().next);`,
    sloppyOnly: false,
  },
  "is overwritten by a later member of its name": `const k = log("k"), S = Symbol("s"); const o = { async *[k]() { yield 1; }, [k]: 5, async *a() { yield 2; }, a: 6, async *[await "b"]() { yield super.x; }, b: 7, async *[S]() { yield this === o; }, async *["c"]() {}, get c() { return log("get c"); }, async *["__proto__"]() {} }; log(o, o[S].name, Object.keys(o)); yield* o[S](); class C { async *m() { yield 3; } get m() { return log("get m"); } static async *[k]() { yield 4; } static [k] = 8; async *n() {} async *n() { yield 9; } } log(C[k]); log(new C().m); yield* new C().n();`,
  "is named after numeric keys": `const names = (o) => Object.keys(o).map((k) => [k, o[k].name]); log(names({ [1]: async function* () {}, [0x10]: function () {}, 2: async function* () {}, [1.50]: () => {}, [1n]: async function* () {}, 9n: async function* () {}, [-1]: async function* () {}, [1e21]: async function* () {}, 1e-7: async function* () {}, async *[4]() {}, async *0x5() {}, async *.5() {}, async *6n() {} })); log(names({ [await 3]: async function* () {}, [yield 4]: async function* () {}, [-7]: async function* () {}, async *[await 8]() {} }));`,
  "is named after numeric keys in parameters": `async function* main(o = { [1]: async function* () {}, 0x2: async function* () {}, async *[3]() {}, async *4() {}, [-5]: async function* () {} }, { [6]: p = async function* () {}, 7: q = async function* () {}, [-8]: r = class { async *[9]() {} } } = {}) { log(Object.keys(o).map((k) => [k, o[k].name])); yield [p.name, q.name, r.name, Object.getOwnPropertyNames(r.prototype).map((k) => r.prototype[k].name)]; }`,
  "is named after numeric keys in classes": `class C { [1] = async function* () {}; static [0x2] = async function* () {}; 3 = async function* () {}; async *[4]() {} static async *0x5() {} [-6] = async function* () {}; [await 7] = async function* () {}; static async *[yield 8]() {} } const c = new C(); log(c[1].name, C[2].name, c[3].name, c[4].name, C[5].name, c[-6].name, c[7].name, Object.getOwnPropertyNames(C));`,
  "is named after the computed keys of fields": `const made = []; for (const k of ["a", Symbol("s"), 2, Symbol()]) { class C { [log(k)] = async function* () { yield 1; }; static ["s" + made.length] = (async function* () { yield this.name; }); [made.length + "n"] = async function* own() {}; [\`t\${await 1}\`] = async function* () {}; static x = class { [k] = async function* () {}; }; } made.push([C, k]); yield C.name; } log(made.map(([C, k]) => [new C()[k].name, C["s" + made.findIndex((each) => each[0] === C)].name, new C().t1.name, new C.x()[k].name])); const make = (k) => class { [k] = async function* () { yield k; }; }; const [A, B] = [make("one"), make("two")]; log(new A().one.name, new B().two.name, new A().one.name); yield* new A().one();`,
  "knows what iterates by its own name, unless that is another's": `const about = (o) => Reflect.ownKeys(o).map((key) => [key, o[key].name ?? o[key]]); class A { async *[Symbol.asyncIterator]() { yield 1; } static async *[Symbol.asyncIterator]() { yield 2; } } log(about(A.prototype), about(A)[3]); yield* new A(); yield* A; class B { [Symbol.asyncIterator] = async function* () { yield this.x; }; x = 3; } log(about(new B())); yield* new B(); const o = { async *[Symbol.asyncIterator]() { yield 4; }, a: 1, [Symbol.asyncIterator]: (async function* () { yield 5; }), get b() { return 1; } }; log(about(o)); yield* o; yield* { async *[Symbol.asyncIterator]() { yield* super.nothing ?? [6]; } }; { let n = 0; const Symbol = { get asyncIterator() { return "key" + n++; } }; class C { async *[Symbol.asyncIterator]() {} } log(about(C.prototype), about({ async *[Symbol.asyncIterator]() {} }), about({ [Symbol.asyncIterator]: async function* () {} }), n); }`,
  "leaves properties in order around computed keys": `const c = "short", k = log("k"); const show = (o) => log(Reflect.ownKeys(o), Reflect.ownKeys(o).map((each) => typeof o[each] === "function" ? o[each].name : o[each])); show({ [k]: async function* () {}, get b() { return log("get b"); }, c }); show({ async *[k]() {}, get b() { return 1; }, c, set b(v) {} }); show({ get a() { return 1; }, [key("x")]: (async function* () {}), d: 1, async *[key("y")]() {}, get e() { return 2; }, c }); show({ [yield 1]: async function* () {}, get b() { return 1; }, c: await 2, async *[key("z")]() {}, [Symbol("s")]: async function* () {}, get f() { return 1; }, g: 3 }); const made = [1, 2].map((n) => ({ [k + n]: async function* () { yield n; }, get b() { return n; }, c })); made.forEach(show); const nested = { [key("out")]: async function* () { yield { [key("in")]: async function* () {}, get b() { return 1; }, c }; }, get b() { return 2; }, c }; show(nested); for await (const each of nested.out()) show(each); log(((o = { [key("p")]: async function* () {}, get b() { return 1; }, c }) => Reflect.ownKeys(o))());`,
  "refers to itself by its own name": `const main = async function* self(n = 2) { yield n; if (n) yield* self(n - 1); log(self === main); };`,
  "cannot assign its own name": {
    source: `const main = async function* self() { self = 5; yield typeof self; try { (() => { self = 6; })(); } catch (e) { log(e); } log(typeof self); };`,
    sloppyOnly: true,
  },
  "fails to assign its own name in strict mode": `const main = async function* self() { "use strict"; try { self = 5; } catch (e) { log(e); } yield typeof self; try { self ??= 1; [self] = [1]; } catch (e) { log(e); } try { self = log("right"); } catch (e) { log(e); } try { self += log("right"); } catch (e) { log(e); } };`,
  "is called by its own name in a method with private names": `const main = async function* self(n = 1) { let seen = n; class A { #x = 2; async *m() { yield [self === main, seen++, this.#x]; if (n) yield* self(n - 1); } } yield* new A().m(); log(seen); };`,
  "shadows its own name": `const main = async function* self(a = typeof self) { var self = 1; yield [a, self]; }; const b = async function* self(self) { yield self; }; const c = async function* self() { let self = 2; yield self; }; const d = async function* self() { function self() {} yield typeof self; };`,
  "is reassigned outside": `async function* main() { const m = main; main = 5; yield typeof m; yield main; } const keep = main;`,
  "keeps own properties": `async function* main() { main.count = (main.count ?? 0) + 1; yield main.count; } main.extra = 1; log(Object.keys(main));`,
  "is not constructible": `async function* f() {} function main() { try { new f(); } catch (e) { log(e); } try { Reflect.construct(f, []); } catch (e) { log(e); } try { class C extends f {} } catch (e) { log(e); } log("caller" in f, f.hasOwnProperty("caller"), f.hasOwnProperty("arguments")); }`,
  "gives generators its prototype": `async function* f() {} function main() { const g = f(); log(g instanceof f, Object.getPrototypeOf(g) === f.prototype, Object.prototype.toString.call(g), Reflect.ownKeys(g)); f.prototype = { custom: 1, next() { return "custom next"; } }; log(f().custom, Object.getPrototypeOf(f()) === f.prototype); f.prototype = 5; log(Object.getPrototypeOf(f()) === Object.getPrototypeOf(native.prototype)); }`,
  "works with call, apply and bind": `async function* f(...a) { yield [typeof this, ...a]; } async function main() { for await (const x of f.call("t", 1)) log(x); for await (const x of f.apply(null, [2])) log(x); const b = f.bind({}, 3); log(b.name, b.length); for await (const x of b(4)) log(x); }`,
  "has methods on one prototype":
    `async function* f() {} function main() { const p = Object.getPrototypeOf(f.prototype); for (const k of Reflect.ownKeys(p)) if (k !== Symbol.asyncDispose) log(k, typeof p[k], p[k].name, p[k].length); for (const k of ["next", "return", "throw"]) log(p[k] === Object.getPrototypeOf(native.prototype)[k]); }`.replace(
      / for \(const k of \["next".*?\}$/,
      " }",
    ),
  "rejects wrong receivers": `async function* f() {} async function main() { const { next } = f(); for (const o of [undefined, {}, f, 5]) await next.call(o).catch((e) => log(e)); const g = f(); log(await g.next.call(f(), 1)); }`,
  "shows its source text or not": `async function* main() { log(typeof main.toString()); yield 1; }`,
  "is an object method": `const o = { n: 1, async *m(x) { yield [this.n, x]; yield this === o; }, async *"s t"() { yield 2; }, async *[key("c")]() { yield 3; }, async *async() { yield 4; }, async *get() {}, async *await() { yield 5; } }; async function* main() { for (const k of Object.keys(o)) if (typeof o[k] === "function") yield* o[k]("x"); }`,
  "is returned by getters": `const o = { get g() { return async function* () { yield typeof this; }; }, set s(v) { this.v = v; } }; async function* main() { o.s = async function* () { yield "set"; }; yield* o.g(); yield* (0, o.g)(); yield* o.v(); }`,
  "is passed and stored": `const run = (f, ...a) => f(...a); const list = [async function* () { yield 1; }, async function* (x) { yield x; }]; async function* main() { yield* run(list[1], 5); yield* list[0](); yield* run(async function* () { yield 6; }); yield* (async function* () { yield 7; })(); }`,
  "closes over everything": `const make = (a) => { let n = a; return { async *up() { yield ++n; yield ++n; }, get n() { return n; } }; }; async function* main() { const x = make(1), y = make(10); yield* x.up(); yield* y.up(); yield [x.n, y.n]; for (let i = 0; i < 2; i++) yield* (async function* () { yield i++; })(); }`,
  nests: `async function* main() { async function* a() { async function* b() { yield this === undefined; yield 1; } yield* b.call(undefined); yield 2; } yield* a(); yield* (() => a())(); }`,
  "stands beside other kinds of functions": `function* s() { const x = yield 1; log("s", x); try { yield 2; } finally { log("closed"); } } async function a() { await 1; return "a"; } const arrow = async (x) => { await x; return (async function* () { yield x; })(); }; async function* main() { for (const x of s()) { yield x; if (x === 2) break; } yield a(); yield* await arrow(3); yield* s(); }`,
  "is recursive": `async function* tree(n) { if (!n) return; yield* tree(n - 1); yield n; yield* tree(n - 1); } function main() { return tree(3); }`,
});

area("parameters", {
  "passes arguments": `async function* f(a, b, ...c) { yield [a, b, c]; a = yield a; log(a, arguments.length); } function main() { return f(1, 2, 3, 4); }`,
  "has defaults that are evaluated at the call": `async function* f(a = log("a"), b = (log("b"), a), { c = log("c"), ...d } = {}, [e = b] = [], ...[g = 5]) { log("body"); yield [a, b, c, d, e, g]; } function main() { log("before"); const g = f(undefined, 2); log("after"); return g; }`,
  "throws at the call": `async function* f({ a }) { log("never"); } async function* g(a = fail("default")) {} async function* h([x]) {} async function* i(a = b, b) {} function main() { for (const x of [f, g, h, i]) try { log(x()); } catch (e) { log(x.name, e); } }`,
  "has a parameter scope of its own": `let x = "outer"; async function* f(a = () => x, b = () => (x = "changed")) { var x = "inner"; yield a(); b(); yield x; yield a(); } function main() { return f(); }`,
  "initializes body variables from parameters": `async function* f(x, g = () => x) { var x; yield x; x = 2; yield [x, g()]; } async function* h(x, g = () => x) { var x = 5; yield [x, g()]; function k() { return x; } yield k(); } async function* main() { yield* f(1); yield* h(1); }`,
  "declares parameters once more in blocks, and does not read them": `async function* f(again, { twice }) { { var again = 1; } for (var twice = 2; ; ) break; yield [typeof globalThis.again, typeof globalThis.twice]; } function main() { return f(0, {}); }`,
  "has functions with the name of a parameter": `async function* f(a, b = a) { yield typeof a; yield b; function a() {} } function main() { return f(1); }`,
  "maps arguments": {
    source: `async function* f(a, b) { arguments[0] = 5; yield a; a = 6; yield arguments[0]; b = 7; yield [...arguments]; yield arguments.length; delete arguments[0]; arguments[0] = 8; yield a; const g = () => { a = 9; }; g(); yield [a, arguments[0]]; } function main() { return f(1); }`,
    sloppyOnly: true,
  },
  "maps arguments with duplicate names": {
    source: `async function* f(a, a) { yield a; arguments[1] = 5; yield a; arguments[0] = 6; yield [a, ...arguments]; } function main() { return f(1, 2); }`,
    sloppyOnly: true,
  },
  "maps arguments of closures": {
    source: `async function* f(a) { const set = (v) => { arguments[0] = v; }; yield a; set(2); yield a; const get = () => a; arguments[0] = 3; yield get(); yield arguments.callee === f; } function main() { return f(1); }`,
    sloppyOnly: true,
  },
  "does not map arguments": `async function* f(a, b = 1) { arguments[0] = 5; yield a; a = 6; yield [...arguments]; yield typeof Object.getOwnPropertyDescriptor(arguments, "callee").get; } async function* g(a) { "use strict"; a = 2; yield [...arguments, a]; } async function* main() { yield* f(1, 2, 3); yield* g(1); }`,
  "keeps arguments": `async function* f() { yield arguments; const a = arguments; yield a === arguments; yield [...arguments]; yield Object.prototype.toString.call(arguments); const g = () => arguments.length; yield g(); function h() { return arguments.length; } yield h(); } function main() { return f(1, "x", {}); }`,
  "shadows arguments": {
    source: `async function* f(arguments) { yield arguments; } async function* g() { var arguments; yield typeof arguments; } async function* h() { function arguments() {} yield typeof arguments; } async function* i(a = arguments.length) { let arguments = 5; yield [a, arguments]; } async function* j(a = () => arguments) { var arguments = 7; yield [arguments, a().length]; } async function* main() { yield* f(1); yield* g(); yield* h(); yield* i(1, 2); yield* j(undefined, 1); }`,
    sloppyOnly: true,
  },
  "captures parameters": `async function* f(a, { b }, ...c) { const g = () => [a, b, c]; yield g(); a = 1; b = 2; c.push(3); yield g(); const set = (v) => { a = v; }; set(9); yield a; } function main() { return f(0, { b: 1 }, 2); }`,
  "ignores the value of the first next": `async function* f(a) { log(yield a); } function main() { return f("p"); }`,
  "uses this, new.target and super in defaults": `class A { m() { return "super"; } } class B extends A { n = 1; async *g(a = this.n, b = super.m(), c = () => this, d = new.target) { yield [a, b, c() === this, d]; } } function main() { return new B().g(); }`,
  "uses generators in defaults": `async function* f(g = async function* () { yield 1; }, h = async () => await 2) { yield* g(); yield h(); } function main() { return f(); }`,
  "has parameters with odd names": {
    source: `async function* f($, v, self, state, step, create, value) { yield [$, v, self, state, step, create, value]; $ = 9; const g = () => $; yield g(); } function main() { return f(1, 2, 3, 4, 5, 6, 7); }`,
  },
  "evaluates computed keys and nested patterns": `async function* f({ [log("k", "a")]: a = log("d"), b: { c } = { c: 1 }, ...rest }, [x, [y] = [2], ...z] = sync("s", [1])) { yield [a, c, rest, x, y, z]; } function main() { return f({ d: 4 }); }`,
  "captures parameters in a loop": `async function* f(n) { const fs = []; for (; n > 0; n--) { fs.push(() => n); yield n; } yield fs.map((g) => g()); } function main() { return f(3); }`,
  "reads a parameter only in its default": `async function* f(a, b = a * 2) { yield b; } async function* g(a, b = () => a++, c = b()) { yield c; yield b(); } async function* main() { yield* f(2); yield* g(1); }`,
});

area("this, arguments and new.target", {
  "keeps this": `const o = { async *m() { yield this === o; await 1; yield (() => this === o)(); yield [this].length; } }; async function* main() { yield* o.m(); yield* o.m.call(o); }`,
  "boxes this in sloppy mode": {
    source: `async function* f() { yield typeof this; yield this === globalThis; } async function* main() { yield* f.call(5); yield* f.call("s"); yield* f(); yield* f.call(null); yield* (0, f)(); }`,
    sloppyOnly: true,
  },
  "does not box this in strict mode": `async function* f() { "use strict"; yield typeof this; yield this === null; } async function* main() { yield* f.call(5); yield* f(); yield* f.call(null); }`,
  "has new.target": `async function* f() { yield new.target; yield (() => new.target)(); } function main() { return f(); }`,
  "keeps this in nested arrows and methods": `class C { #v = 1; async *g() { const a = () => { const b = async () => (await 1, this.#v++); return b(); }; yield a(); yield a(); const o = { get x() { return this === o; }, f: () => this.#v }; yield o.x; yield o.f(); } } function main() { return new C().g(); }`,
  "stands in an arrow of a generator": `async function* outer() { const make = () => async function* () { yield this === undefined || typeof this; yield arguments.length; }; yield* make()(1); yield* make().call(1, 2, 3); const arrow = async () => arguments.length; yield arrow(); } function main() { return outer(1, 2, 3); }`,
  "passes this to a delegate": `const o = { n: 1, async *a() { yield* this.b(); }, async *b() { yield this.n; } }; function main() { return o.a(); }`,
  "uses super after suspensions": `const a = { __proto__: { v: 1, m() { return this.v; } }, v: 2, async *g() { await 1; yield super.v; yield super.m(); super.v = 5; yield this.v; const f = () => super.m(); yield f(); yield super["m"](); Object.setPrototypeOf(a, { m() { return "changed"; } }); yield super.m(); } }; function main() { return a.g(); }`,
});

area("block functions", {
  "are block scoped in strict mode": `async function* main() { "use strict"; log(typeof f); { log(f()); yield 1; function f() { return "f"; } log(f()); } log(typeof f); }`,
  "are hoisted to the function in sloppy mode": {
    source: `log(typeof f); { log(f()); f = 5; log(f); yield 1; function f() { return 1; } log(f); } log(typeof f); if (await true) { function g() { return "g"; } } log(g()); switch (1) { case 1: function h() { return "h"; } } yield h(); log(typeof h);`,
    sloppyOnly: true,
  },
  "do not escape past a let or a parameter": {
    source: `async function* f(p) { let x = 1; { function x() {} yield typeof x; } log(x); { function p() {} yield typeof p; } log(p); { let y = 1; { function y() {} } yield y; } log(typeof y); } function main() { return f(7); }`,
    sloppyOnly: true,
  },
  "are set when the block is entered": {
    source: `for (let i = 0; i < 2; i++) { log(typeof f); { yield i; function f() { return i; } } log(f()); f = undefined; }`,
    sloppyOnly: true,
  },
  "capture block variables": `const fs = []; for (let i = 0; i < 2; i++) { let x = i; fs.push(get); yield x; function get() { return x++; } { function inner() { return [x, i]; } yield inner(); } } log(fs.map((f) => [f(), f()]));`,
  "are generators": `{ yield* g(); async function* g() { yield "block"; yield typeof g; } } { async function* g() { yield "other"; } yield* g(); } switch (await 1) { case 1: yield* h(); async function* h() { yield "case"; } }`,
  "have equal names in different blocks": `{ function f() { return 1; } yield f(); } { function f() { return 2; } yield f(); } if (await 1) { function f() { return 3; } yield f(); }`,
  "are declared twice in one block": {
    source: `{ function f() { return 1; } function f() { return 2; } yield f(); } log(f());`,
    sloppyOnly: true,
  },
  "stand directly under if": {
    source: `if (await true) function f() { return "if"; } else function f() { return "else"; } log(f()); l: function g() { return "labelled"; } yield g();`,
    sloppyOnly: true,
  },
  "refer to each other": `{ yield even(4); function even(n) { return n === 0 || odd(n - 1); } function odd(n) { return n !== 0 && even(n - 1); } yield odd(3); }`,
});

area("directives and eval", {
  "is strict by its own directive": `async function* main() { "use strict"; try { undeclared = yield 1; } catch (e) { log(e); } yield typeof this; }`,
  "keeps other directives": `async function* main() { "other directive"; 'use strict'; yield (function () { return this === undefined; })(); }`,
  "keeps functions strict inside of a strict one": `async function* main() { "use strict"; const f = function () { return typeof this; }; yield f(); await 1; yield (() => f.call(1))(); }`,
  "has octal and with-like names": {
    source: `yield 010; var o = "\\101"; yield o; log(delete o); eval_ = 1; yield eval_; delete globalThis.eval_;`,
    sloppyOnly: true,
  },
  "leaves direct eval native": {
    source: `async function* main() { var x = 1; eval("x = 2"); yield x; yield eval("typeof this"); }`,
    staysNative: /eval/,
  },
  "compiles indirect eval": `globalThis.indirect = 1; const e = eval; yield (0, eval)("indirect"); yield e("1 + 1"); yield eval?.("indirect"); delete globalThis.indirect;`,
  "leaves with native": {
    source: `async function* main() { with ({ x: 1 }) { yield x; } }`,
    staysNative: /with/,
    sloppyOnly: true,
  },
  "sees what a direct eval around it declares": {
    source: `var x = "outer"; const body = (code) => { eval(code); { return async function* () { yield x; x = 2; yield x; }; } };
      const parameters = (code, first = async function* () { yield x; }, _ = eval(code)) => ({ first, async *second() { yield x; } });
      async function* main() { yield* body("var x = 1")(); const { first, second } = parameters("var x = 3"); yield* first(); yield* second(); yield x; }`,
    sloppyOnly: true,
  },
  "stands inside of with": {
    source: `let make; with ({ hidden: 1 }) { make = async function* () { yield hidden; hidden = 2; yield hidden; }; } function main() { return make(); }`,
    sloppyOnly: true,
  },
});
