import { area, type Case } from "./area.js";

/** Everything here has `using`, and so a lowered program beside it. */
function lowered(cases: Readonly<Record<string, string>>): Record<string, Case> {
  return Object.fromEntries(Object.entries(cases).map(([title, source]) => [title, { source, using: true }]));
}

area(
  "using",
  lowered({
    "disposes at the end, last first": `{ using a = resource("a"), b = resource("b"); yield a.name; using c = resource("c"); yield c.name; } log("after"); using d = resource("d"); yield d.name; log("end");`,
    "disposes on every way out": `for (let i = 0; i < 5; i++) { try { using r = resource("r" + i); yield r.name; if (i === 0) continue; if (i === 1) throw error("body"); if (i === 2) { await using s = asyncResource("s"); continue; } if (i === 3) break; } catch (e) { log(e); } finally { log("finally"); } } { using t = resource("t"); return await t.name; }`,
    "disposes asynchronously": `{ await using a = asyncResource("a"); await using b = resource("b"); await using c = asyncResource("c"); yield a.name; } log("after");`,
    "ignores null and undefined": `{ using a = null, b = undefined; yield a; } { await using c = null; await using d = await undefined; yield c; } log("after");`,
    "fails for what has no method": `try { using a = {}; yield "never"; } catch (e) { log(e); } try { using a = 5; yield "never"; } catch (e) { log(e); } try { await using a = { [Symbol.asyncDispose]: 5 }; yield "never"; } catch (e) { log(e); }`,
    "disposes what was opened when a later one fails": `try { using a = resource("a"), b = fail("b"); yield "never"; } catch (e) { log(e); } try { await using a = asyncResource("a"); using b = {}; yield "never"; } catch (e) { log(e); }`,
    "suppresses errors": `try { using a = resource("a", "error a"), b = resource("b", "error b"); yield 1; throw error("body"); } catch (e) { log(e); } try { await using a = asyncResource("a", "error a"); await using b = asyncResource("b", "error b"); yield 1; } catch (e) { log(e); }`,
    "throws errors of disposal in place of a return": `try { using a = resource("a", "error a"); return yield 1; } catch (e) { log(e); } for (;;) { try { using b = resource("b", "error b"); break; } catch (e) { log(e); break; } }`,
    "suspends in the initializer": `{ using a = (yield "init", resource("a")), b = await resource("b"); yield b.name; } { await using c = await resolved(asyncResource("c")); yield c.name; }`,
    "stands in for": `for (using a = resource("a"), i = null; ; ) { yield a.name; break; } for (await using a = asyncResource("b"); ; ) { yield a.name; break; }`,
    "stands in for of": `for (using x of [resource("a"), resource("b")]) { yield x.name; } for (await using x of [asyncResource("c"), asyncResource("d")]) { if (x.name === "d") break; yield x.name; } for await (using x of [resource("e")]) yield x.name; for await (await using x of foreign("f", [asyncResource("g"), null])) yield x?.name;`,
    "stands in for of without suspension": `for (using x of [resource("a"), resource("b")]) { log(x.name); } { using c = resource("c"); log(c.name); } yield 1;`,
    "stands in switch": `switch (await 1) { case 1: { using a = resource("a"); yield a.name; } case 2: { await using b = asyncResource("b"); log("two"); break; } default: log("never"); } log("after");`,
    "stands in try, catch and finally": `try { using a = resource("a"); yield 1; throw error("x"); } catch (e) { using b = resource("b"); yield e; } finally { await using c = asyncResource("c"); yield 2; }`,
    "stands in blocks of blocks": `{ using a = resource("a"); { using b = resource("b"); yield 1; { await using c = asyncResource("c"); } yield 2; } yield 3; }`,
    "is captured": `const fs = []; for (let i = 0; i < 2; i++) { using a = resource("a" + i); fs.push(() => a.name); yield i; } log(fs.map((f) => f()));`,
    "has a dead zone": `try { log(a); using a = resource("a"); yield 1; } catch (e) { log(e); } try { a = 1; using a = null; } catch (e) { log(e); } { using b = null; try { b = 1; } catch (e) { log(e); } yield b; }`,
    "gets the method once, when it is declared": `const r = { get [Symbol.dispose]() { log("get"); return function () { log("dispose", this === r); }; } }; { using a = r; yield 1; log("end"); } const s = { get [Symbol.asyncDispose]() { log("get async"); return undefined; }, get [Symbol.dispose]() { log("get sync"); return () => log("sync"); } }; { await using b = s; yield 2; }`,
    "names an anonymous class": `using a = class { static n = this.name; static [Symbol.dispose]() { log("dispose", this.name); } }; yield a.n; { await using b = (class { static async [Symbol.asyncDispose]() { log("dispose", this.name); } }); yield b.name; } { using c = (0, class { static [Symbol.dispose]() { log("dispose", this.name); } }); yield c.name; }`,
    "stands in functions inside": `const f = () => { using a = resource("a"); log("in f"); }; f(); const g = async () => { await using b = asyncResource("b"); log("in g"); }; await g(); async function* inner() { using c = resource("c"); yield 1; } yield* inner();`,
    "closes a generator as a resource": `async function* inner() { try { yield 1; yield 2; } finally { log("inner closed"); } } { const g = inner(); await using r = { [Symbol.asyncDispose]: () => g.return() }; log(await g.next()); } log("after");`,
    "yields in between": `using a = resource("a"); yield 1; using b = resource("b"); yield 2; try { yield 3; } finally { log("finally"); } using c = resource("c", "c fails"); yield 4; return "r";`,
    "disposes after yield in finally": `{ using a = resource("a"); try { yield 1; } finally { yield 2; } } log("after");`,
    "throws through several scopes": `try { using a = resource("a", "ea"); try { await using b = asyncResource("b", "eb"); throw error("body"); } finally { log("finally"); yield 1; } } catch (e) { log(e); }`,
  }),
);
