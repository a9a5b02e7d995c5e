import { area, each } from "./area.js";

const sources = [
  `sync("s", [1, resolved(2), 3])`,
  `foreign("f", [1, 2, 3])`,
  `foreignPlain("p", [1, 2, 3])`,
  `native("n", [1, 2, 3])`,
  `[1, resolved(2), thenable(3)]`,
  `"ab"`,
  `new Map([[1, 2]]).entries()`,
  `compiled()`,
] as const;
const compiled = `async function* compiled() { try { log("sent", yield 1); log("sent", yield 2); return "result"; } catch (e) { log("inner caught", e); throw e; } finally { log("inner finally"); await 1; yield "cleanup"; } }`;
const failures = ["iterator", "next", "done", "value", "return", "throw"] as const;
const kinds = ["sync", "foreign", "foreignPlain"] as const;
const endings = ["break", "continue", "return 'r'", "throw error('body')", "yield x"] as const;

area("for await", {
  ...each(
    sources,
    (source) => `iterates ${source}`,
    (source) =>
      `${compiled} async function* main() { for await (const x of ${source}) { log(x); yield x; } log("after"); }`,
  ),
  ...each(
    endings,
    (ending) => `${ending} closes`,
    (ending) =>
      sources
        .slice(0, 5)
        .map((source) => `l${sources.indexOf(source)}: for await (const x of ${source}) { await x; ${ending}; }`)
        .join("\n")
        .replace(/return 'r'/g, "if (x) return 'r'"),
  ),
  ...each(
    kinds,
    (kind) => `handles every failure of a ${kind} iterator`,
    (kind) =>
      failures
        .map(
          (fails) =>
            `try { for await (const x of ${kind}("${fails}", [1, 2], { fails: ["${fails}"] })) { log(x); if (x === 2) break; } } catch (e) { log("caught", e); }`,
        )
        .join("\n"),
  ),
  ...each(
    kinds,
    (kind) => `handles errors of the body beside failures of a ${kind} iterator`,
    (kind) =>
      failures
        .map(
          (fails) =>
            `try { for await (const x of ${kind}("${fails}", [1, 2], { fails: ["${fails}"] })) { yield x; throw error("body"); } } catch (e) { log("caught", e); }`,
        )
        .join("\n"),
  ),
  ...each(
    kinds,
    (kind) => `handles wrong results of a ${kind} iterator`,
    (kind) =>
      ["iterator", "next", "return"]
        .map(
          (bad) =>
            `try { for await (const x of ${kind}("${bad}", [1, 2], { bad: ["${bad}"] })) { yield x; break; } } catch (e) { log("caught", e); }`,
        )
        .join("\n"),
  ),
  ...each(
    kinds,
    (kind) => `handles a ${kind} iterator without return`,
    (kind) =>
      `for await (const x of ${kind}("k", [1, 2], { lacks: ["return"] })) { yield x; break; } try { for await (const x of ${kind}("k", [1, 2], { lacks: ["return"] })) { yield x; throw error("body"); } } catch (e) { log(e); }`,
  ),
  "declares in every way": `for await (var v of [1]) yield v; log(v); let x; for await (x of [2]) yield x; const o = {}; for await (o.p of [3]) yield o; for await (o[await "q"] of [4]) yield o; for await (const [a, b = yield "b"] of [[5]]) log(a, b); for await ([x, o.z = yield 1] of [[6]]) log(x, o); for await ({ length: x } of ["abc"]) log(x);`,
  "makes closures per iteration": `const fs = []; for await (const x of foreign("f", [1, 2])) { fs.push(() => x); yield x; } for await (let y of [3, 4]) fs.push(() => y++); log(fs.map((f) => f()));`,
  "iterates what is not iterable": `for (const bad of [5, null, undefined, {}, { [Symbol.asyncIterator]: 5 }, { [Symbol.asyncIterator]: null, [Symbol.iterator]: null }, { [Symbol.asyncIterator]: null, [Symbol.iterator]: () => [1][Symbol.iterator]() }]) try { for await (const x of bad) yield x; } catch (e) { log(e); }`,
  "prefers the async iterator": `const o = { get [Symbol.asyncIterator]() { log("get async"); return undefined; }, get [Symbol.iterator]() { log("get sync"); return Array.prototype[Symbol.iterator]; }, length: 1, 0: "a" }; for await (const x of o) yield x;`,
  "gets next once": `let gets = 0; const it = { [Symbol.asyncIterator]() { return this; }, get next() { log("get next"); let n = 0; return () => ({ done: n++ > 1, value: n }); }, get return() { log("get return"); return undefined; } }; for await (const x of it) { yield x; } for await (const x of it) break;`,
  "awaits values of sync iterables only": `for await (const x of [resolved(1), thenable(2)]) log(x); const p = resolved(1); for await (const x of foreignPlain("f", [p])) log(x === p); `,
  "ends by a rejected value of an async iterable": `try { for await (const x of foreign("f", [1, rejected("value")])) { await x; } } catch (e) { log("caught", e); }`,
  "breaks to labels through for await": `out: for await (const x of foreign("a", [1, 2])) { for await (const y of foreign("b", [1, 2])) { if (y === 2) continue out; if (x === 2) break out; yield [x, y]; } }`,
  "is in a try and has a try": `try { for await (const x of foreign("f", [1, 2, 3])) { try { yield x; if (x === 2) throw error("x"); } finally { await 1; log("f", x); } } } catch (e) { log("caught", e); } finally { log("end"); }`,
  "destructures badly": `try { for await (const { x } of foreign("f", [null])) yield x; } catch (e) { log(e); } try { for await (const [y = fail("default")] of foreign("g", [[]])) yield y; } catch (e) { log(e); }`,
  "has a dead zone": `try { for await (const x of [x]) yield x; } catch (e) { log(e); }`,
  "stands in ordinary async functions of the file": `${compiled} async function main() { for await (const x of compiled()) { log(x); if (x === 2) break; } for await (const y of foreign("f", [1])) log(y); try { for await (const z of compiled()) throw error("consumer"); } catch (e) { log(e); } }`,
});

area("yield*", {
  ...each(
    sources,
    (source) => `delegates to ${source}`,
    (source) => ({
      source: `${compiled} async function* main() { log("result", yield* ${source}); yield "after"; }`,
      closesAdapted: /^["[]|^new/.test(source),
    }),
  ),
  ...each(
    sources.slice(0, 5),
    (source) => `delegates to ${source} in try`,
    (source) => ({
      source: `try { log("result", yield* ${source}); } catch (e) { log("caught", e); yield "handled"; } finally { log("finally"); yield "last"; }`,
      closesAdapted: source.startsWith("["),
    }),
  ),
  ...each(
    kinds,
    (kind) => `handles every failure of a ${kind} delegate`,
    (kind) =>
      failures
        .map(
          (fails) =>
            `try { log(yield* ${kind}("${fails}", [1, 2], { fails: ["${fails}"] })); } catch (e) { log("caught", e); }`,
        )
        .join("\n"),
  ),
  ...each(
    failures,
    (fails) => `forwards to delegates whose ${fails} fails`,
    (fails) =>
      `try { yield* foreign("a", [1, 2, 3], { fails: ["${fails}"] }); } finally { try { yield* sync("b", [1, 2, 3], { fails: ["${fails}"] }); } finally { log("end"); } }`,
  ),
  ...each(
    kinds,
    (kind) => `handles wrong results of a ${kind} delegate`,
    (kind) =>
      ["iterator", "next", "return", "throw"]
        .map((bad) => `try { yield* ${kind}("${bad}", [1, 2], { bad: ["${bad}"] }); } catch (e) { log("caught", e); }`)
        .join("\n"),
  ),
  ...each(
    kinds,
    (kind) => `closes a ${kind} delegate without throw`,
    (kind) => ({
      source: `try { yield* ${kind}("k", [1, 2, 3], { lacks: ["throw"] }); } catch (e) { log("caught", e); } yield* ${kind}("l", [1, 2], { lacks: ["throw", "return"] });`,
      closesAdapted: kind === "sync",
    }),
  ),
  ...each(
    kinds,
    (kind) => `goes on with a ${kind} delegate that refuses`,
    (kind) => `log(yield* ${kind}("k", [1, 2, 3], { refuses: true }));`,
  ),
  "delegates to what is not iterable": `for (const bad of [5, null, {}, { [Symbol.asyncIterator]: () => 5 }]) try { yield* bad; } catch (e) { log(e); }`,
  "gives the result": {
    source: `async function* inner() { return yield 1; } async function* main() { const a = yield* inner(), b = (yield* inner()) + (yield* inner()); log(a, b, yield* []); return yield* inner(); }`,
    closesAdapted: true,
  },
  "evaluates the operand on every pass": {
    source: `let n = 0; const make = () => { n++; return [n]; }; for (let i = 0; i < 3; i++) yield* make(); while (n < 5) { yield* (yield "operand", make()); }`,
    closesAdapted: true,
  },
  "does not await what an async delegate yields": {
    source: `const p = resolved(1); yield* foreignPlain("f", [p, 2]); yield* [p, thenable(3)];`,
    closesAdapted: true,
  },
  "delegates deep": `async function* deep(n) { if (n) { try { yield* deep(n - 1); } finally { log("level", n); } } else { yield "bottom"; log(yield "again"); } } function main() { return deep(5); }`,
  "delegates inside expressions": {
    source: `log([1, yield* [2], 3], (yield* "a") + 1, { a: yield* [] }); const f = (...a) => log(...a); f(yield* [5], await 6); if (yield* [7]) log("never");`,
    closesAdapted: true,
  },
  "mixes compiled and native": `async function* outer() { yield* native("n", [1, 2]); const it = native("m", [3, 4]); yield (await it.next()).value; yield* it; } async function* main() { yield* outer(); }`,
  "returns into a delegate": `${compiled} async function* main() { try { yield* compiled(); } finally { log("outer finally"); } }`,
  "passes results through untouched": `const it = { [Symbol.asyncIterator]() { return this; }, n: 0, next(v) { log("next", v); return { get done() { log("done"); return it.n++ > 1; }, get value() { log("value"); return it.n; }, extra: 1 }; }, return(v) { log("return", v); return { done: true, value: "returned" }; }, throw(e) { log("throw", e); return { done: false, value: "thrown" }; } }; log(yield* it);`,
  "has a return that gives undefined or is null": `const it = (r) => ({ [Symbol.asyncIterator]: () => ({ next: () => ({ done: false, value: 1 }), return: r, throw: r }) }); try { yield* it(null); } catch (e) { log(e); }`,
  "delegates to itself": {
    source: `const g = { async *[Symbol.asyncIterator]() { yield 1; } }; yield* g; const arr = [1]; arr[Symbol.asyncIterator] = async function* () { yield "own"; }; yield* arr;`,
    closesAdapted: true,
  },
  "delegates in a loop with break": {
    source: `l: for (const x of sync("s", [1, 2, 3])) { yield* [x]; if (x === 2) break l; try { yield* foreign("f", [x]); continue; } finally { log("f"); } }`,
    closesAdapted: true,
  },
});
