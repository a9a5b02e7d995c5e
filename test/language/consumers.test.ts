/** `for await` loops of ordinary async functions, which are compiled too. */

import { area, each } from "./area.js";

const compiled = `async function* compiled() { try { log("sent", yield 1); await 0; log("sent", yield 2); yield resolved(3); return "result"; } catch (e) { log("inner caught", e); throw e; } finally { log("inner finally"); await 1; } }
async function* plain(n) { for (let i = 1; i <= n; i++) yield i; }
async function* failing() { yield 1; throw error("generator"); }
async function* refusing() { try { yield 1; yield 2; } finally { throw error("cleanup"); } }
async function* stubborn() { for (let i = 0; i < 2; i++) try { yield 1; yield 2; } finally { yield "not yet"; } }`;

/** A function beside the loops counts the turns. */
const main = (body: string, kind = "async function main()") =>
  `${compiled}\nasync function ticks() { for (let i = 0; i < 30; i++) { log("tick", i); await 0; } }\n${kind} { void ticks(); ${body} }`;

const sources = [
  "compiled()",
  "plain(3)",
  "failing()",
  "refusing()",
  "stubborn()",
  `foreign("f", [1, 2, 3])`,
  `native("n", [1, 2, 3])`,
  "[1, resolved(2)]",
] as const;

const endings = [
  "",
  "break;",
  "if (x === 2) break;",
  "continue;",
  "return x;",
  "return;",
  `throw error("body");`,
  "if (x > 1) continue out;",
  "break out;",
  "continue own;",
  "break own;",
  "try { return fail('operand'); } finally { log('f'); if (x > 1) break; }",
  "switch (x) { case 1: break; case 2: continue; default: break own; }",
  "for (const y of [1, 2]) { if (y > x) break; if (y === x) continue own; }",
  "inner: { if (x === 1) break inner; log('rest'); }",
] as const;

const whole = (source: string, heading = "const x") =>
  endings
    .map(
      (ending) =>
        `try { log(await (async () => { out: for (const o of [1, 2]) { own: for await (${heading} of ${source}) { log("item", x); ${ending} } log("after"); } return "end"; })()); } catch (e) { log("caught", e); }`,
    )
    .join("\n");

area("for await in ordinary async functions", {
  ...each(
    sources,
    (source) => `leaves a loop over ${source} in every way`,
    (source) => main(whole(source)),
  ),
  ...each(
    sources,
    (source) => `closes ${source} when the head cannot take the item`,
    (source) =>
      main(
        `try { for await ((fail("target")).x of ${source}) ; } catch (e) { log(e); } try { for await ((await 2, missing).x of ${source}) ; } catch (e) { log(e); } try { for await (const { [fail("key")]: x } of ${source}) await x; } catch (e) { log(e); }`,
      ),
  ),
  ...each(
    ["() => ({})", "() => {}", "undefined", "async () => ({})", `() => fail("return")`],
    (method) => `closes a generator whose return is ${method}`,
    (method) =>
      main(
        `for (const give of [(g, method) => (g.return = method), (g, method) => Object.setPrototypeOf(g, { __proto__: plain.prototype, return: method })]) for (const leave of [0, 1]) { const g = plain(2); give(g, ${method}); try { for await (const x of g) { log(x); if (leave) break; fail("body"); } log("left"); } catch (e) { log("caught", e); } }`,
      ),
  ),
  "waits in the body": main(
    `try { for await (const x of compiled()) { await x; if (x === 2) throw error("body"); } } catch (e) { log(e); } for await (const x of plain(3)) { if (await x === 2) break; }`,
  ),
  "assigns, destructures and declares": main(
    `const o = {}; for await (o.p of plain(2)) log(o); let y; for await (y of plain(2)); log(y); for await (const { length = 5, ...rest } of plain(1)) log(length, rest); try { for await (const [z] of plain(2)) log(z); } catch (e) { log("caught", e); } try { for await (const x of plain(2)) x = 1; } catch (e) { log(e); } for await (var v of plain(2)) var w = v; log(v, w); for await (let x of plain(2)) { let x = "inner"; log(x); } for await ([y = 1] of [[]]) log(y); try { for await (const { a: { b } } of plain(1)); } catch (e) { log(e); }`,
  ),
  "makes closures of each round": main(
    `const fs = []; for await (let x of plain(3)) fs.push(() => x++, () => { return x; }); log(fs.map((f) => f()));`,
  ),
  "keeps this, arguments and new.target": `${compiled} function main(a) { return (async function () { for await (const x of plain(2)) log(this.a, arguments.length, new.target, (() => arguments[0])()); }).call({ a: 1 }, 2, 3); }`,
  "has functions in blocks": main(
    `for await (const x of plain(2)) { function f() { return x; } log(f(), typeof g); { function g() {} } } log(typeof f, typeof g);`,
  ),
  "sees what a direct eval declares": {
    source: main(`for await (const x of plain(2)) eval("var made = x"); log(made);`),
    sloppyOnly: true,
  },
  "reads one that others ask too": main(
    `for (const n of [1, 2, 3]) { const g = n === 3 ? compiled() : plain(6); for await (const x of g) { log("item", x); if (x === n) { g.next("other").then((r) => log("other", r), log); g.next().then((r) => log("next", r), log); } if (x > 4) break; } }`,
  ),
  "leaves one that others ask too": main(
    `for (const source of [compiled(), plain(5), stubborn()]) for await (const x of source) { source.next().then((r) => log("other", r), log); source.next().then((r) => log("other", r), log); break; }`,
  ),
  "reads one that is closed or thrown into meanwhile": main(
    `for (const method of ["return", "throw"]) for (const make of [compiled, () => plain(3), refusing]) { const g = make(); try { for await (const x of g) { log("item", x); g[method]("now").then((r) => log(method, r), (e) => log(method, "failed", e)); } log("end"); } catch (e) { log("caught", e); } }`,
  ),
  "breaks out of one that is over": main(
    `for (const make of [compiled, () => plain(3), refusing]) { const g = make(); try { for await (const x of g) { log("item", x); g.return("now").then((r) => log("return", r), (e) => log(e)); await 0; await 0; await 0; await 0; break; } log("end"); } catch (e) { log("caught", e); } }`,
  ),
  "reads one that it has begun, or finished": main(
    `const g = plain(4); await g.next(); for await (const x of g) { log(x); if (x === 3) break; } for await (const x of g) log("never", x); const h = plain(3); h.next(); h.next(); for await (const x of h) log(x); const busy = compiled(); const first = busy.next(); for await (const x of busy) { log(x); } await first;`,
  ),
  "reads one that others ask while its item is on its way": main(
    `for (const method of ["next", "throw", "return"]) for (const waits of [false, true]) { const g = plain(3); const called = async () => { for await (const x of g) log("body", x); }; const awaiting = async () => { for await (const x of g) { log("body", x); await 0; } }; const run = (waits ? awaiting : called)().then(() => log("end"), (e) => log("failed", e)); g[method]("now").then((r) => log(method, r), (e) => log(method, "failed", e)); await run; }`,
  ),
  "reads one that asks itself as it ends": main(
    `for (const method of ["next", "throw", "return"]) for (const fails of [false, true]) { const g = (async function* () { yield 1; g[method](5).then((r) => log(method, r), (e) => log(method, "failed", e)); if (fails) throw error("body"); })(); try { for await (const x of g) log("body", x); log("end"); } catch (e) { log("caught", e); } }`,
  ),
  "reads two at once": main(
    `await Promise.all([1, 2, 3].map(async (n) => { for await (const x of n === 2 ? compiled() : plain(3)) log(n, x); log("end", n); }));`,
  ),
  "reads one by two": main(
    `const g = plain(7); await Promise.all([1, 2].map(async (n) => { for await (const x of g) { log(n, x); if (x === 4) break; } log("end", n); }));`,
  ),
});
