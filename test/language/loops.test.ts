import { area, each } from "./area.js";

area("loops", {
  while: `let i = 0; while (i < 3) { yield i; i++; } while (await (i-- > 0)) log(i); while ((yield "w") && i++ < 2) log("in");`,
  "do while": `let i = 0; do { yield i; } while (++i < 2); do log("once"); while (await false); do { i--; if (i === 1) continue; yield "d" + i; } while (i > 0);`,
  for: `for (let i = 0; i < 3; i++) yield i; for (let i = await 0, n = yield "n"; i < 2; i += await 1) log(i, n); for (var v = 0; v < 2; v++) yield v; log(v); for (;;) { yield "forever"; break; }`,
  "for with suspended parts": `let n = 0; for (yield "init"; (yield "test") !== 3 && n < 3 && log("tested"); yield "update") { if (log("body", yield "body", n++) === 3) break; }`,
  "for of": `for (const x of [1, 2]) yield x; for (const x of await [3]) log(x, await x); for (var y of "ab") yield y; log(y); let z; for (z of new Set([5])) yield z; const o = {}; for (o.p of [1]) yield o; for (o[await "q"] of [2]) log(o);`,
  "for in": `for (const k in { a: 1, b: 2 }) yield k; for (var v in await { c: 1 }) log(v); const o = { d: 1, e: 2, __proto__: { inherited: 3 } }; for (let k in o) { yield k; delete o.e; } for (const k in null) yield k; for (const k in await undefined) yield k; for (const i in "ab") yield i; let m = {}; for (m[yield "x"] in { z: 1 }) log(m);`,
  "for in with changes while iterating": `const o = { a: 1, b: 2, c: 3 }; for (const k in o) { yield k; if (k === "a") { delete o.b; o.d = 4; } } for (const k in [7, 8]) log(k, yield k); for (const k in watched("w", { x: 1, y: 2 })) yield k;`,
  "for in with an initializer": {
    source: `for (var k = log("init") in { a: 1 }) yield k; for (var j = yield "i" in {}) ; log(j); for (var l = () => {} in log("object", { b: 2 }), null) ; log(l.name); { for (var m = log(1) in log(2), { c: 3 }) log(m); } yield () => m;`,
    sloppyOnly: true,
  },
  "closes for of": `for (const x of sync("a", [1, 2, 3])) { if (x === 2) break; yield x; } for (const x of sync("b", [1, 2])) yield x; out: for (const x of sync("c", [1])) for (const y of sync("d", [1])) { yield y; continue out; }`,
  "closes for of on a throw": `try { for (const x of sync("a", [1, 2])) { yield x; throw error("body"); } } catch (e) { log("caught", e); } try { for (const x of sync("b", [1], { fails: ["return"] })) { await x; throw error("body"); } } catch (e) { log("caught", e); }`,
  "closes for of on a break with a failing return": `try { for (const x of sync("b", [1], { fails: ["return"] })) { yield x; break; } } catch (e) { log("caught", e); } try { for (const x of sync("c", [1], { bad: ["return"] })) { yield x; break; } } catch (e) { log("caught", e); } for (const x of sync("d", [1], { lacks: ["return"] })) { yield x; break; }`,
  "closes for of on return": `try { for (const x of sync("a", [1, 2])) for (const y of sync("b", [3, 4])) { yield y; return "result"; } } finally { log("finally"); }`,
  "does not close a for of that fails": `for (const f of ["iterator", "next", "done", "value"]) try { for (const x of sync("s", [1], { fails: [f] })) yield x; } catch (e) { log(f, e); } for (const b of ["iterator", "next"]) try { for (const x of sync("s", [1], { bad: [b] })) yield x; } catch (e) { log(b, e); } try { for (const x of 5) yield x; } catch (e) { log(e); }`,
  "closes for of when the target fails": `try { for (const { x } of sync("s", [null])) yield x; } catch (e) { log(e); } try { for (null.x of sync("t", [1])) yield 1; } catch (e) { log(e); } try { for (const [y = yield 1] of sync("u", [[], 5])) log(y); } catch (e) { log(e); }`,
  "breaks and continues with labels": `outer: for (let i = 0; i < 3; i++) { inner: for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; yield [i, j]; if (i > 5) break inner; } } a: b: while (true) { yield "ab"; break a; } block: { yield "block"; if (await true) break block; log("never"); } l: if (yield 1) { break l; } else { log("e"); }`,
  "continues labelled do and while": `let n = 0; w: while (n < 3) { n++; do { if (n === 2) continue w; yield n; } while (await false); } d: do { n--; for (;;) { yield n; continue d; } } while (n > 0);`,
  "continues to a label outside of for of": `out: for (const x of sync("x", [1, 2])) { for (const y of sync("y", [1, 2])) { if (y === 2) continue out; yield [x, y]; } }`,
  "loops without suspension in between": `let s = 0; for (let i = 0; i < 5; i++) { if (i === 3) continue; s += i; } yield s; while (s) { s--; if (s < 2) break; } yield s; for (const k in { a: 1 }) s += k; yield s; do { s += "x"; } while (s.length < 5); return s;`,
  "keeps what the frame holds in a loop without suspension": `let a = 1.5, b = 2, o = { n: 0 }, text = ""; const c = 3; yield a; for (let i = 0; i < c; i++) { a += b * i; [b, o.n] = [b + 1, a]; ({ n: a = 4 } = o); for (text of ["p", "q"]) o[text] = a++; } yield [a, b, c, o, text]; { let a = 7; while (a-- > 5) b *= a; } log(a, b); yield b; do { var late = (late ?? 0) + b--; } while (b > 10); yield late; log(a, b, late); out: for (const k in o) { for (;;) { if (k === "p") break out; b += o[k]; break; } } yield b;`,
  "keeps what a handler reads when a loop throws": `let n = 0, m = 0; yield n; try { for (;;) { n++; m += n; if (n === 3) throw error("in"); } } catch (e) { log(e, n); yield n; } finally { log(m); } try { while (true) { m--; if (m < 4) throw m; } } catch (e) { yield e; } log(n, m); const k = 1; yield k; try { for (let i = 0; i < 2; i++) k = i; } catch (e) { log(e, k); } for (;;) { n++; if (n > 5) throw n; }`,
  "makes closures per iteration": `const fs = []; for (let i = 0; i < 3; i++) { fs.push(() => i); yield i; } log(fs.map((f) => f())); for (const x of [1, 2]) { fs.push(() => x); await x; } for (let k in { a: 1, b: 1 }) { fs.push(() => k); yield k; } for (var v of [8, 9]) { fs.push(() => v); yield v; } let w = 0; while (w < 2) { const c = w++; fs.push(() => c); yield c; } log(fs.map((f) => f()));`,
  "copies loop variables at the right time": `const fs = []; for (let i = 0, inc = () => i++; i < 3; fs.push(() => i), i++) { fs.push(() => i); yield i; if (i === 1) inc(); } log(fs.map((f) => f()));`,
  "shares a binding between closures of one iteration": `const gets = [], sets = []; for (let i = 0; i < 4; i++) { gets.push(() => i); sets.push((v) => { i = v; }); yield i; if (i === 1) sets[1](2); } sets[0](10); log(gets.map((g) => g()));`,
  "captures in test and update": `const fs = []; for (let i = 0; fs.push(() => i), i < (await 2); fs.push(() => "u" + i), i++) yield i; log(fs.map((f) => f()));`,
  "captures variables of the head in a destructured loop": `const fs = []; for (let [i, j] = [0, await 5]; i < j; i += 2, j--) { fs.push(() => [i, j]); yield i; } for (const { a, b = yield "b" } of [{ a: 1 }, { a: 2, b: 3 }]) fs.push(() => [a, b]); log(fs.map((f) => f()));`,
  "captures some of what a pattern declares": `const fs = []; for (const { id, name } of [{ id: 1, name: "a" }, { id: 2, name: "b" }]) { fs.push(() => name); await 0; yield id; } for (const n of [1, 2]) { const [a, b] = [n, n * 2]; fs.push(() => b); yield a; log(a); }
    for (const n of [[3, 4], [5, 6]]) try { throw n; } catch ([a, b]) { fs.push(() => a); yield b; log(b); } log(fs.map((f) => f()));`,
  "does not capture when nothing is captured": `for (let i = 0, o = {}; i < 2; i++) { o[i] = yield i; log(o); }`,
  "keeps const loops": `for (const i = await 0, f = () => i; i < 1; ) { yield f(); break; } try { for (const i = 0; i < 2; i++) yield i; } catch (e) { log(e); }`,
  "has a dead zone in the head": `try { for (const x of [x]) yield x; } catch (e) { log(e); } try { for (let i = (yield 1, i); ; ) break; } catch (e) { log(e); } let f; try { for (const x of (f = () => x, await [1])) { yield x; } f(); } catch (e) { log(e); } let y = "outer"; try { for (const y in { a: y }) yield y; } catch (e) { log(e); }`,
  "uses variables as they are at the time": `let n = 3; for (let i = 0; i < n; i++) { n = await 2; yield i; } let list = [1, 2]; for (const x of list) { yield x; if (list.length < 4) list.push(x + 10); list = []; }`,
  ...each(
    ["break", "continue", "return 1", "throw error('x')"],
    (jump) => `${jump} through finally in every loop`,
    (jump) => `
    const run = [0, 1];
    try { for (const x of sync("s", run)) { try { yield x; ${jump}; } finally { log("f1"); await 1; } } } catch (e) { log(e); }
    for (let i = 0; i < 2; i++) { try { if (i) yield i; ${jump}; } finally { yield "f2"; } }
    let w = 0; while (w++ < 2) { try { ${jump}; } finally { await 2; log("f3"); } }
    do { try { yield "d"; ${jump}; } finally { log("f4"); } } while (w++ < 4);
    for await (const y of foreign("a", run)) { try { yield y; ${jump}; } finally { log("f5"); } }`,
  ),
  "nests everything": `for (let i = 0; i < 2; i++) for (const j of [1, 2]) for (const k in { a: 1 }) { let n = 0; while (n < 1) { do { yield [i, j, k, n++]; } while (await 0); } }`,
  "has an empty body": `for (const x of sync("s", [1, 2])); for (let i = 0; i < 2; await i++); for (const k in { a: await 1 }); while (yield 0); do ; while (await 0);`,
  "evaluates the iterable once": `const list = () => (log("list"), [1, 2]); for (const x of list()) yield x; for (const x of (yield "of", list())) log(x); for (const k in (yield "in", list())) log(k);`,
});
