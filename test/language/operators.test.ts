import { area, each } from "./area.js";

const binary = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "**",
  "<<",
  ">>",
  ">>>",
  "&",
  "|",
  "^",
  "<",
  "<=",
  ">",
  ">=",
  "==",
  "!=",
  "===",
  "!==",
] as const;
const logical = ["&&", "||", "??"] as const;
const values = ["0", "1", "null", "undefined", `""`, `"x"`] as const;
const valueOf = `const v = (name, value) => ({ valueOf() { log("valueOf " + name); return value; } });`;

area("operators", {
  ...each(
    binary,
    (op) => `keeps the order of ${op}`,
    (op) => `${valueOf}
    log((log("left"), v("l", 7)) ${op} (yield "right", v("r", 2)));
    let x = 7; log(x ${op} (x = 1, yield x)); log((yield 1, 2) ${op} (yield 3, 5));`,
  ),
  ...each(
    logical,
    (op) => `short-circuits ${op} with a suspended right side`,
    (op) =>
      values
        .map(
          (value) =>
            `log(${value} ${op} (yield ${value})); if (${value} ${op} (await ${value})) log("then"); else log("else");`,
        )
        .join("\n"),
  ),
  ...each(
    logical,
    (op) => `short-circuits ${op} with a suspended left side`,
    (op) => values.map((value) => `log((yield, ${value}) ${op} log("right"));`).join("\n"),
  ),
  "names classes that logical operators assign": `let a, b = 1, c, d = {}; a ??= class { [yield 1]() {} }; b &&= class extends (await Object) {}; (c) ||= class { [yield 2]() {} }; d.e ||= class { [yield 3] = 1 }; log(a.name, b.name, Object.hasOwn(c, "name"), d.e.name);`,
  "nests logical operators": `log((yield 1) && (yield 2) || (yield 3)); log(((yield 4) ?? (yield 5)) && (yield 6)); if ((yield 7) && !(yield 8) || (yield 9)) log("t"); else log("e");`,
  "uses a negated condition": `if (!((yield 1) || (await 0))) log("a"); if (!((yield 1) && !(yield 2))) log("b");`,
  "chooses with ?:": `log((yield 1) ? (yield 2) : (yield 3)); log((yield 4) ? log("a") : yield 5); log(true ? 1 : yield 6);`,
  "nests ?:": `const f = (n) => n; log((yield 1) ? (yield 2) ? f(1) : yield f(2) : (yield 3) ? yield f(3) : f(4));`,
  "uses ?: as an operand": `log(1 + ((yield 1) ? yield 2 : yield 3) + (yield 4));`,
  "applies unary operators": `log(-(yield 1), +(await "2"), ~(await 3), !(yield 4), typeof (yield 5), void (yield 6));`,
  "takes typeof of what is not declared": `log(typeof missing, typeof (yield typeof missing));`,
  "deletes nothing where a value is meant": `log(delete (o() ? yield 1 : await 2), delete ((yield 3) ?? 4), delete (log("a"), await 5), delete (await 6), delete log(await 7)); function o() { return true; } (delete (yield 8)) && log("true");`,
  "deletes a member behind a suspension": `const o = { a: 1, b: 2 }; log(delete o[yield "a", "a"], o); log(delete (await o).b, o); log(delete o?.[await "c"]);`,
  "evaluates in and instanceof": `log("a" in (await { a: 1 }), (yield "k", "b") in (await { a: 1 })); log((await []) instanceof (await Array), {} instanceof (await Array));`,
  "tests a private name": `class C { #x = 1; static async *has(o) { yield #x in (await o); log(#x in (yield 1, o)); } }
    async function* main() { yield* C.has(new C()); yield* C.has({}); }`,
  "keeps the value of a variable read before a suspension": `let x = 1; log(x + (x = 2, await 0, x)); log(x + (await (x = 3)) + x); var y = "a"; y += await (y = "b"); log(y);`,
  "keeps the value of a captured variable": `let x = 1; const set = (n) => { x = n; return n; }; log(x + (await set(5)) + x); log([x, await set(6), x]);`,
  "keeps the value of a parameter": `async function* gen(a) { log(a + (yield a) + (a = 5) + (yield a)); } async function main() { const g = gen(1); await g.next(); await g.next(2); log(await g.next(3)); }`,
  "increments behind a suspension": `const o = { n: 1 }; log(o[await "n"]++, o); log(++(await o).n, o); log(o[yield "n", "n"]--, --o[await "n"]); let n = 1n; n++; yield n; log(n--);`,
  "converts once": `${valueOf} const o = { get p() { log("get"); return v("p", 1); }, set p(x) { log("set", x); } }; o[await "p"]++; log(o[await "p"]--); o[key("p")] += await 2;`,
  "keeps the order of conversion with string concatenation": `const s = (n) => ({ toString() { log("string " + n); return n; } }); log(s("a") + (await s("b")) + s("c") + (yield s("d"), s("e")));`,
  "evaluates a long chain": `log(1 + (yield 1, 2) - (await 3) * (4 + (yield 5, 6)) / 7 + 8);`,
  "throws in the middle": `try { log((log("a"), 1) + (yield fail("b")) + log("c")); } catch (e) { log("caught", e); }`,
  "handles exponent and unary": `log((-(await 2)) ** 2, 2 ** -(await 1), (await 2) ** (await 3) ** (await 2));`,
  "handles bigint": `log((await 1n) + (yield 1, 2n)); let b = 2n; b **= await 3n; log(b);`,
  "evaluates comma lists": `let x = (log("a"), await 1, log("b"), yield 2, log("c")); log(x); for (let i = 0, j = await 5; i < j; i++, j -= await 2) log(i, j);`,
  "compares objects": `const o = {}; log(o === (await o), o == (yield o, o), NaN === (await NaN), Object.is(-0, await -0));`,
  "needs no spaces": `const o = { a: 1, C: class { constructor(...a) { log("new", ...a); } } }; log(("a")in(await o), (o.a+"")in(await o), [o][0]instanceof(await Object), typeof(o.a)[await "x"], void(o)[await "a"], delete[o][await 0]); new(o.C)[await "x"]; new(await o.C)(yield 1); new[o.C][0](await 2); class D extends(yield o.C){static[await "s"](){}}new D; for(const x of[await 3])log(x); for(const x in{a:await 4})log(x);`,
  "needs no spaces before objects that are made anew": `function f(){return{__proto__:{p:1},async*m(){yield super.p}}}async function*g(x){for(x of[1])yield typeof{async*m(){yield super.p},x:await x};return"m"in{async*m(){yield super.p},x:await x}}async function* main(){yield*f().m();log(yield*g());switch(0){case{async*m(){yield super.p}}:}yield{async*m(){yield super.p}}}`,
  "throws a reference error before or after a suspension": `try { missing + (yield 1); } catch (e) { log(e); } try { (yield 2) + missing; } catch (e) { log(e); }`,
});
