import { area } from "./area.js";

area("switch", {
  "chooses, falls through and has a default": `for (const x of [1, 2, 3, 4]) switch (x) { case 1: yield "one"; case 2: yield "two"; break; default: yield "default"; case 3: yield "three"; }`,
  "suspends in the discriminant and the tests": `switch (yield "d", 2) { case (yield "t1", 1): log(1); case await 2: log(2); case log("never"): log(3); break; default: log("never"); } switch (await 9) { default: log("default"); break; case yield 8: log(8); }`,
  "evaluates tests in order, the default last": `const t = (n) => (log("test", n), n); switch (5) { case t(1): default: yield "default"; case t(2): log("two"); break; case t(3): log("three"); }`,
  "has lexical declarations": `for (const x of [0, 1, 2]) switch (x) { case 0: let a = yield 1; const f = () => a; log(f()); case 1: try { log(a); } catch (e) { log(e); } a = 5; break; default: function g() { return typeof a; } try { log(g()); } catch (e) { log(e); } class C {} log(await C); }`,
  "captures lexical declarations per entry": `const fs = []; for (let i = 0; i < 2; i++) switch (i) { case 0: case 1: let x = i; fs.push(() => x++); yield x; } log(fs.map((f) => [f(), f()]));`,
  "hoists functions of cases": `switch (await 1) { case 0: function f() { return "f"; } case 1: log(f()); yield f; }`,
  "breaks, continues and returns": `l: for (let i = 0; i < 4; i++) { switch (i) { case 0: continue; case 1: yield i; break; case 2: for (;;) { switch (await 1) { case 1: continue l; } } default: break l; } log("after", i); } switch (1) { case 1: s: { switch (2) { case 2: yield "in"; break s; } } yield "out"; case 2: return "r"; }`,
  "does not suspend inside": `let n = 0; for (const x of [1, 2, 3]) { switch (x) { case 1: n += 1; break; case 2: n += 10; continue; default: n += 100; } yield n; }`,
  "matches strictly": `switch (await "1") { case 1: log("number"); break; case "1": log("string"); } switch (NaN) { case await NaN: log("never"); default: log("default"); } switch (yield) {} switch (1) { default: }`,
  "has only a default, or it in the middle": `switch (yield 1) { default: yield "only"; } switch (3) { case 1: log(1); default: yield "middle"; break; case 2: log(2); }`,
  "shadows the discriminant": `let x = 1; switch (x) { case 1: let x = yield 2; log(x); } try { switch (await y) { case 1: let y; } } catch (e) { log(e); } try { switch (1) { case z: let z; yield 1; } } catch (e) { log(e); }`,
});

area("branches", {
  "if and else": `if (yield 1) yield "then"; else yield "else"; if (await 0) log("never"); if (await 1) ; else log("never"); if (0) { yield 1; } else if (await "x") { yield 2; } else yield 3;`,
  "without suspension": `let x = yield 1; if (x) x = 1; else x = 2; yield x; if (x > 1) return "early"; if (x) { if (x === 1) throw error("x"); }`,
  "labelled blocks": `a: { b: { yield 1; if (yield 2) break a; break b; } log("after b"); } log("after a"); c: yield 3; d: { for (const x of sync("s", [1, 2])) { if (x) break d; } log("never"); } e: try { break e; } finally { yield "finally"; }`,
  "unreachable code": `yield 1; if (true) { return 2; yield 3; } yield 4; while (false) yield 5; for (;;) { yield 6; break; log("never"); } throw error("x");`,
  "debugger and empty statements": `debugger; ; yield 1; ;; {} if (1) ; { ; }`,
  "comments and odd layout": `yield /* a */ 1 // b
    ; /* c */ await ( // d
    2 ); var
    x
    =
    yield
    log(x)`,
  "automatic semicolons before what begins with a bracket when it is compiled": `let n = 0
    const f = (...a) => log("f", ...a)
    const g = () => { 'no directive'
      n += 1
      f(n)
      const o = {}
      f\`t\`
      switch (n) { case 1: n
        f(2) }
      return o
    }
    if (n === 0) { let c = 1
      const get = () => c
      var { p } = { p: get() }
      c++
      var [q] = [get()]
      var r
      /x/.test("x")
    }
    await g(yield p)
    yield [p, q, r, g]`,
  "automatic semicolons between members, and behind directives": `const keys = { a: "a", b: "b" }
    class C {
      x = keys
      async *[log("key", "a")]() { yield this.x === keys }
      static y = keys
      static async *b() { yield C.y === keys }
      z
      async *[log("key", "c")]() { yield "z" in this }
    }
    const strict = () => { 'use strict'
      async function* g() { yield (function () { return this })() }
      return g() }
    yield* new C().a()
    yield* C.b()
    yield* new C().c()
    yield* strict()`,
  "automatic semicolons before patterns that are assigned": `for (let n = 0; ; ) {
      if (n > 2) break
      else n++
      let [p = n] = []
      if (n < 0) throw n
      let [q = p] = []
      log(n)
      let [r = q] = [yield p]
      if (n < 0) return
      else log(r)
      let [s = r] = []
      yield [p, q, r, s]
      log(p, q, r, s)
    }`,
  "automatic semicolons around functions that move": `const f = () => {
      const a = 1
      async function* g() { yield a }
      async function* h() { yield g }
      (log("h"))
      if (a) { } else log("no")
      async function* k() { yield* h() }
      [1].map(log)
      switch (a) { case 1: let b = a
        async function* l() { yield b }
        (log(b))
      }
      return k
    }
    for await (const g of f()()) yield* g()`,
  "automatic semicolons behind loops": `let n = 0, o = 0
    yield n
    for (n of [1, 2]) n
    yield n
    l: for (n in { a: 1 }) if (n) o++
    yield [n, o]
    do o++; while (o < 3)
    while (o < 9) if (o % 2) o += 2; else o++
    yield o
    for (n = 0; n < 3; n++) o = { n }
    yield [n, o]
    for (; n < 9; ) switch (n) { default: n++ }
    yield n`,
  "automatic semicolons": `let a = 1
    yield a
    let b = await a
    ;[b] = [yield b]
    a
    ++b
    return b`,
});
