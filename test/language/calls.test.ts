import { area } from "./area.js";

const f = `const f = (...args) => { log("f", ...args); return args.length; };`;
const o = `const o = { n: "o", m(...args) { log("m", this?.n ?? typeof this, ...args); return this; }, get g() { log("get g"); return this.m; } };`;

area("calls", {
  "suspends in arguments": `${f} f(1, yield 2, 3); f(yield 1, yield 2); f(await 1, log("between"), await 2);`,
  "looks the callee up before the arguments": `let f = () => log("old"); const swap = () => { f = () => log("new"); }; f(await swap()); f();`,
  "looks a method up before the arguments": `${o} o.m(await (o.m = () => log("replaced"))); o.m(1);`,
  "keeps the receiver": `${o} o.m(yield 1); o["m"](await 2); (await o).m(3); o[await "m"](4); (yield 1, o).m(yield 5); o.m(1).m(await 2).m(yield 3);`,
  "drops the receiver": `${o} (0, o.m)(await 1); (await o.m)(2); (o.m)(await 3); const m = o.m; m(yield 4);`,
  "gets accessors once and in order": `${o} o.g(await 1); o?.g(await 2); log(watched("w", { a: { b() { log("b"); } } }).a.b(yield 1));`,
  "throws when the callee is not callable, after the arguments": `try { undefined_(log("arg"), await 1); } catch (e) { log(e); } const o = {}; try { o.x(log("arg"), yield 2); } catch (e) { log(e); } try { o.x.y(log("never"), yield 3); } catch (e) { log(e); }`,
  spreads: `${f} f(...[1, 2], yield 3, ...await [4, 5], ...(yield 6, sync("s", [7])));`,
  "spreads what throws": `${f} try { f(...sync("s", [1], { fails: ["next"] }), yield 1); } catch (e) { log(e); } try { f(yield 2, ...5, log("never")); } catch (e) { log(e); }`,
  "spreads before later arguments are evaluated": `${f} f(...sync("s", [1, 2]), (log("later"), await 3), ...sync("t", [4]));`,
  "keeps the receiver with spread": `${o} o.m(...[1], await 2, ...[3]); o[await "m"](...await [1]);`,
  constructs: `class C { constructor(...args) { log("new C", ...args, new.target === C); } } new C(yield 1, await 2); new (await C)(3); new C(...await [4]); new (yield 1, C); new C;`,
  "looks the constructor up first": `let C = class A { constructor() { log("A"); } }; new C(await (C = class B {}));`,
  "constructs what is not a constructor": `try { new (await 5)(log("arg")); } catch (e) { log(e); } try { const f = () => {}; new f(log("arg"), await 1); } catch (e) { log(e); }`,
  "constructs members": `const ns = { C: class { constructor(x) { this.x = x; } } }; log(new ns.C(await 1).x, new (await ns).C(yield 2), new ns[await "C"](3));`,
  "chains optionally": `const a = { b: { c(x) { log("c", x, this === a.b); return this; } }, n: null };
    log(a?.b.c(yield 1) === a.b, a?.n?.c(yield 2), a.x?.[yield 3], a.x?.y.z(yield 4), a.n?.[log("never")]);`,
  "chains optionally behind a suspension": `const a = { b: { c() { return log("c", this === a.b); } } }; (await a)?.b?.c(); (await null)?.b.c(); (yield 1)?.x.y; log((yield a)?.b);`,
  "calls optionally": `let f; f?.(yield 1); f = (x) => log("f", x); f?.(yield 2); const o = { m() { log(this === o); } }; o.m?.(await 1); o.x?.(await 2); o?.m?.(yield 3); (o?.m)(await 4); (await o)?.["m"]?.(yield 5);`,
  "short-circuits a whole chain": `let n = null; log(n?.a[yield 1].b(await 2)?.c(yield 3)); log((n?.a)?.b); try { (n?.a).b(yield 4); } catch (e) { log(e); }`,
  "keeps the receiver of a chain in parentheses": `const o = { n: null, m(...args) { return log("m", this === o, ...args); }, o: null, get g() { log("get"); return this.m; } }; o.o = o; const k = () => log("key", "m"); (o?.m)?.(yield 1); (o?.["m"])?.(yield 2); (o?.[k()])(await 3); (o?.o?.m)?.(yield 4); (o?.g)?.(yield 5); ((o?.o).m)?.(yield 6); ((o?.m))(yield 7); (o?.m)?.call?.(o, yield 8); (o?.n)?.(log("never"), yield 9); (o.z?.m)?.(log("never"), yield 10); try { (o.z?.m)(log("argument"), yield 11); } catch (e) { log(e); } try { (o?.n.x.y)(yield 12); } catch (e) { log(e); } try { (o.n?.x.y)(log("argument"), yield 13); } catch (e) { log(e); }`,
  "keeps the receiver of a chain that suspends itself": `const o = { m(...args) { return log("m", this === o, ...args); }, o: null, n: null }; o.o = o; (o?.[yield 1])(1); (o?.[await "m"])(2); (o?.[await "m"])?.(3); (o.n?.[log("never"), yield 2])?.(4); (o?.[await "o"].m)(5); (o?.[await "o"]?.m)?.(yield 6); ((await o)?.m)(7); ((await o)?.m)(await 8); (o?.[await "o"]?.[await "m"])(await 9); (o?.[await "m"]).call(o, 10); (o?.o.m(yield 3)).valueOf(); try { (o.n?.[await "m"])(log("argument")); } catch (e) { log(e); }`,
  "keeps the receiver of a tag in a chain":
    "const o = { m(strings, ...args) { return log('m', this === o, strings.raw, ...args); }, o: null }; o.o = o; (o?.m)`a${yield 1}`; (o?.o?.m)`b${await 2}c`; (o?.[await 'm'])`d`; (o?.[await 'm'])`e${3}`; (o?.o?.[await 'm'])`f${await 4}`;",
  "keeps the receiver of super in a chain": `class A { m(...args) { return log("A.m", this instanceof B, ...args); } get n() { return null; } } class B extends A { async *gen() { (super.m)?.(yield 1); (super[await "m"])?.(yield 2); (super.n?.x)?.(yield 3); (super.m?.call)?.(this, yield 4); } } const main = () => new B().gen();`,
  "deletes optionally": `const o = { a: { b: 1 } }; log(delete o?.a[await "b"], o, delete o.x?.[yield "y"]);`,
  "deletes what an optional call gives": `const o = { m(x) { return log("m", x, this === o); } }; log(delete o?.m(yield 1), delete (await o)?.m?.(2), delete o.z?.(log("never"), yield 3));`,
  "mixes optional calls and spread": `${o} o?.m(...await [1, 2], yield 3); o.m?.(...await [1]); o.z?.(...log("never"));`,
  "calls the result of a call": `const f = (a) => (b) => (c) => log(a, b, c); f(yield 1)(yield 2)(yield 3); f(1)(await 2)(3);`,
  "calls an immediately invoked function": `log((() => 1)(await 2), (function () { return typeof this; })(await 3)); (yield 1, (x) => log("x", x))(yield 2);`,
  "nests calls": `${f} f(f(yield 1), f(f(await 2), yield 3), f());`,
  "calls with many suspensions": `${f} f(${Array.from({ length: 20 }, (_, i) => (i % 3 ? `yield ${i}` : `await ${i}`)).join(", ")});`,
  "imports dynamically": `try { await import(yield "x", { toString() { throw error("specifier"); } }); } catch (e) { log(e); }`,
  "calls super methods": `class A { m(x) { return log("A.m", x, this.n); } get p() { return this.n; } static s(x) { log("A.s", x); } }
    class B extends A { n = "b"; async *gen() { super.m(yield 1); super["m"](await 2); super[await "m"](yield 3); log(super.p, super[await "p"]); super.x?.(yield 4); super.m?.(yield 5); super.m(...await [6]); }
      static async *sgen() { super.s(yield 1); yield super.name; } }
    async function* main() { yield* new B().gen(); yield* B.sgen(); }`,
  "calls super methods of an object literal": `const proto = { m(x) { return log("proto", x, this === o); } }; const o = { __proto__: proto, async *m() { super.m(yield 1); const arrow = () => super.m("arrow"); yield 2; arrow(); } }; function main() { return o.m(); }`,
});

area("templates", {
  "suspends in substitutions": "log(`a${yield 1}b${await 2}c`); log(`${yield 1}`); log(`${1}${log('x')}${yield 2}`);",
  "converts before a later substitution":
    "const s = (n) => ({ toString() { log('string ' + n); return n; } }); log(`${s('a')}${await s('b')}${(yield 1, s('c'))}`);",
  "throws for symbols":
    "try { log(`${Symbol()}${yield 1}`); } catch (e) { log(e); } try { log(`${yield 2}${Symbol()}${log('never')}`); } catch (e) { log(e); }",
  nests: "log(`a${`b${yield 1}c`}d${`${`${await 2}`}`}`);",
  tags: "const tag = (strings, ...values) => log('tag', strings, strings.raw, ...values); tag`a${yield 1}b\\n${await 2}`; tag`none`; (await tag)`x${1}`;",
  "tags with a receiver":
    "const o = { n: 'o', tag(s, ...v) { return log(this?.n, s.length, ...v); } }; o.tag`${yield 1}`; o['tag']`${await 1}x`; (await o).tag`y`; o[await 'tag']`z${yield 2}`;",
  "gives the same strings object each time":
    "const same = new Set(); const tag = (s) => same.add(s); for (let i = 0; i < 3; i++) { tag`a${yield i}b`; } log(same.size); const f = () => tag`a`; f(); f(); log(same.size);",
  "gives different strings objects at different places":
    "const tag = (s) => s; log(tag`a${await 1}` === tag`a${await 1}`, Object.isFrozen(tag`a${await 1}`), tag`\\u{41}${await 1}`.raw);",
  "shares the strings object between generators":
    "const seen = []; const tag = (s) => seen.push(s); async function* g() { tag`a${yield 1}`; } async function main() { for await (const _ of g()); for await (const _ of g()); return seen[0] === seen[1]; }",
  "looks the tag up first": "let tag = (s, v) => log('old', v); tag`${(tag = () => log('new'), await 1)}`;",
  "keeps invalid escapes of tagged templates":
    "const tag = (s) => log(s[0], s.raw[0]); tag`\\u{`; tag`\\xg${yield 1}`;",
});
