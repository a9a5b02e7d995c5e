import { area, type Case } from "./area.js";

type Block = readonly [name: string, text: string];

const bodies: readonly Block[] = [
  ["completes", `log("try", yield "t");`],
  ["throws", `yield "t"; throw error("try");`],
  ["returns", `await 1; return "try";`],
  ["returns a promise", `return resolved("try");`],
  ["breaks", `yield "t"; break;`],
  ["continues", `yield "t"; continue;`],
];
const catches: readonly Block[] = [
  ["", ""],
  ["catches", `catch (e) { log("catch", e, yield "c"); }`],
  ["rethrows", `catch (e) { await 2; throw error("catch"); }`],
  ["returns in catch", `catch { yield "c"; return "catch"; }`],
  ["breaks in catch", `catch { break; }`],
];
const finals: readonly Block[] = [
  ["", ""],
  ["finally yields", `finally { log("finally", yield "f"); }`],
  ["finally awaits", `finally { await 3; log("finally"); }`],
  ["finally is plain", `finally { log("finally"); }`],
  ["finally throws", `finally { await 4; throw error("finally"); }`],
  ["finally returns", `finally { yield "f"; return "finally"; }`],
  ["finally breaks", `finally { await 5; break; }`],
  ["finally continues", `finally { yield "f"; continue; }`],
];

/** Every way to leave the try block, with every way to leave catch and finally. */
function combinations(): Record<string, Case> {
  const cases: Record<string, Case> = {};
  for (const [body, bodyText] of bodies)
    for (const [caught, catchText] of catches)
      for (const [final, finalText] of finals) {
        if (!catchText && !finalText) continue;
        const title = [body, caught, final].filter(Boolean).join(", ");
        cases[title] =
          `let n = 0; while (n++ < 2) { log("pass", n); try { ${bodyText} } ${catchText} ${finalText} log("after"); } return "end";`;
      }
  return cases;
}

area("try, catch and finally", combinations());

area("try, nested", {
  "runs nested finally blocks in order": `try { try { try { yield 1; } finally { log("a"); yield "a"; } } finally { log("b"); await 1; } } finally { log("c"); }`,
  "replaces the completion at each level": `try { try { yield 1; throw error("a"); } finally { yield 2; throw error("b"); } } catch (e) { log("caught", e); } finally { return yield "result"; }`,
  "keeps what was returned across awaits and yields": `try { try { return log("value", yield 1); } finally { await resolved("not this"); yield 2; } } finally { await resolved("nor this"); log("done"); }`,
  "keeps the error across awaits and yields": `try { try { throw error("kept"); } finally { try { await rejected("dropped"); } catch (e) { log(e); } yield 1; } } catch (e) { log("caught", e); }`,
  "overrides a return by a break": `for (let i = 0; i < 2; i++) { try { yield i; return "lost"; } finally { if (await true) continue; } } l: try { return "lost too"; } finally { break l; } log("here"); return "kept";`,
  "overrides a throw by a labelled continue": `outer: for (const i of [1, 2]) { for (const j of sync("j", [1, 2])) { try { yield [i, j]; throw error("lost"); } finally { continue outer; } } }`,
  "jumps through several finally blocks": `out: for (const i of [1, 2, 3]) { try { for (;;) { try { try { if (i === 1) continue out; if (i === 2) break; if (i === 3) return "r"; } finally { yield "f1"; } } finally { await 1; log("f2"); } } log("after inner"); } finally { log("f3", i); } }`,
  "tries inside catch and finally": `try { throw error("a"); } catch (e) { try { yield e; throw error("b"); } catch (f) { log(e, f); } finally { yield "inner"; } } finally { try { await rejected("c"); } catch (g) { log(g); } finally { log("end"); } }`,
  "catches what the consumer throws": `try { yield 1; } catch (e) { log("caught", e); try { yield 2; } catch (f) { log("again", f); } } yield 3;`,
  "catches errors of awaits, calls and getters": `for (const f of [() => fail("sync"), () => rejected("async"), () => ({ get x() { fail("get"); } }).x, () => missing]) try { await f(); } catch (e) { log(e); }`,
  "binds patterns and nothing": `try { throw { a: 1, b: [2] }; } catch ({ a, b: [c], d = yield a }) { log(a, c, d); } try { throw null; } catch { yield 1; } try { throw null; } catch ({ x }) { log(x); } finally { log("f"); }`,
  "has its own scope for the parameter": `let e = "outer"; try { throw error("inner"); } catch (e) { log(e); yield e; e = 1; log(e); } log(e); try { throw 1; } catch (e) { var e2 = e; { let e = 5; yield e; } log(e); } log(e2);`,
  "has a var with the name of the parameter": {
    source: `try { throw 1; } catch (e) { var e = 2; yield e; log(e); } log(e); try { throw 1; } catch (f) { for (var f of []) ; }  var f;`,
    sloppyOnly: false,
  },
  "assigns the parameter through a var in a block of its own": `try { throw 1; } catch (a) { await 1; { let n = 5; var a = n; } log(a); if (a) { var a; } await 2; log(a); } log(a);
    try { throw 1; } catch (b) { if (await 1) { { let n = 2; var b = n; } } } log(b);
    try { throw 1; } catch (c) { { var [c] = [7]; } log(c); await 1; var { c } = { c: 8 }; log(c); var [c] = [yield c]; log(c); } log(c);
    try { throw 1; } catch (d) { for (var d in { k: 1 }) log(d); for (var d = 0; d < 2; d++) log(d); yield d; log((() => d)()); } log(d);
    try { throw 1; } catch (e) { try { throw 2; } catch (e) { await 1; { var e = 3; } log(e); } log(e); } log(e);`,
  "does not suspend in try": `let n = 0; try { n++; fail("x"); } catch (e) { n += 10; } finally { n += 100; } yield n; for (const i of [1, 2]) { try { if (i === 1) continue; n++; } finally { n += 1000; } } yield n;`,
  "fails on the way of a jump": `let n = 0; l: for await (const x of native("a", [1, 2])) { try { for (const y of sync("s", [3], { fails: ["return"] })) continue l; } catch (e) { log(e); } finally { n++; } try { continue; } finally { if (n > 1) fail("f"); } }`,
  "jumps elsewhere on the way of a jump": `l: for await (const x of native("a", [1, 2])) { try { log(await 1); k: { try { continue l; } finally { break k; } } fail("after"); } catch (e) { log(e); } finally { log("f"); yield 1; } }`,
  "yields in finally while it is closed": `try { yield 1; } finally { log(yield 2); log(yield 3); }`,
  "throws in finally while it is closed": `try { yield 1; } finally { throw error("finally"); }`,
  "does not run finally when it never started": `try { yield 1; } finally { log("finally"); }`,
  "returns in try inside a loop in a finally": `try { yield 1; } finally { for (const x of [1, 2]) { try { yield x; break; } finally { log("f"); } } return "override"; }`,
  "returns different values": `const f = async function* (n) { try { if (n) return n; yield "y"; } finally { if (n === 2) return "two"; await n; } return "end"; }; for (const n of [0, 1, 2]) { const g = f(n); log(await g.next(), await g.next()); }`,
  "awaits in return inside of try": `try { return await rejected("x"); } catch (e) { return yield e; } finally { log("f"); }`,
  "loses nothing in long chains": `let log2 = ""; for (let i = 0; i < 3; i++) { try { try { if (i === 1) throw i; log2 += "a"; yield i; } catch { log2 += "b"; continue; } finally { log2 += "c"; await 0; } log2 += "d"; } finally { log2 += "e"; } } return log2;`,
  "rethrows the same object": `const x = {}; try { try { yield 1; throw x; } finally { await 1; } } catch (e) { log(e === x); }`,
});
