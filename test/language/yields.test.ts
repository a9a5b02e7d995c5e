import { area, each } from "./area.js";

area("yield", {
  "yields values and receives what is sent": `log(yield 1); log(yield 2); return 3;`,
  "yields nothing": `log(yield); yield undefined; return;`,
  "has an empty body": ``,
  "has only a return": `return 1;`,
  "has only a throw": `log("start"); throw error("body");`,
  "throws a value that is not an error": `yield 1; throw undefined;`,
  "awaits the operand of yield": `log(yield resolved(1)); log(yield thenable(2));`,
  "throws what a yielded promise rejects with": `try { yield rejected("operand"); } catch (e) { log("caught", e); } yield 2;`,
  "ends with what a yielded promise rejects with": `yield 1; yield rejected("operand"); log("never");`,
  "does not look at the constructor of what is no promise": `const odd = Object.defineProperty(Promise.resolve(), "constructor", { get() { log("constructor"); return Promise; } }); yield { __proto__: odd, then: undefined }; log(await { __proto__: odd, then: undefined } === odd); return { __proto__: odd, then: 1 };`,
  "awaits the operand of return": `yield 1; return resolved(2);`,
  "catches a rejection of what it returns": `try { return rejected("result"); } catch (e) { log("caught", e); yield "after"; }`,
  "runs finally after the operand of return was awaited": `try { return thenable(1); } finally { log("finally"); }`,
  "yields a thenable that throws": `try { yield throwing("t"); } catch (e) { log("caught", e); }`,
  "yields a promise with a poisoned constructor": `try { log(yield poisoned()); } catch (e) { log("caught", e); }`,
  "yields, awaits and returns what cannot be asked for its then": `const bad = (name) => ({ get then() { log("get then", name); throw error(name); } }); try { log(yield bad("yield")); } catch (e) { log("caught", e); } try { log(await bad("await")); } catch (e) { log("caught", e); } try { for await (const x of [bad("item")]) log(x); } catch (e) { log("caught", e); } try { return unreadable("return"); } finally { log("finally"); }`,
  "returns a promise with a poisoned constructor": `try { return poisoned(); } catch (e) { log("caught", e); }`,
  "yields inside yields": `log(yield yield yield 1);`,
  "yields in a comma": `log((yield 1, yield 2, log("last")));`,
  "yields as a whole arrow-free statement list": `yield 1; yield 2; yield 3; { yield 4; } ; yield 5`,
  "mixes yield and await": `log(await (yield 1)); log(yield await resolved(2)); yield await thenable(yield 3);`,
  "yields an object and gets it back": `const o = { a: 1 }; log(o === (yield o), o);`,
  "keeps locals across yields": `let a = 1, b = { c: 2 }; yield a; a++; yield b; b.c += a; yield b.c; return [a, b];`,
  "does not start before the first next": `log("started"); yield 1;`,
  "creates independent generators": `async function* count(n) { for (let i = 0; i < n; i++) yield i; }
    async function* main() { const a = count(3), b = count(2); log((await a.next()).value, (await b.next()).value, (await a.next()).value); yield* a; yield* b; }`,
  "is running while it is resumed": `let self; async function* body() { log("in"); const p = self.next(); yield 1; log(await p); }
    async function main() { self = body(); log(await self.next()); log(await self.return(5)); }`,
  "iterates itself": `let self; async function* body() { yield self === self[Symbol.asyncIterator](); } function main() { return self = body(); }`,
});

area("await", {
  "awaits values, promises and thenables": `log(await 1, await resolved(2), await thenable(3)); log(await (await resolved(resolved(4))));`,
  "throws rejections": `try { await rejected("a"); } catch (e) { log("caught", e); } try { await rejecting("b"); } catch (e) { log("caught", e); } await throwing("c");`,
  "awaits a poisoned promise": `try { await poisoned(); } catch (e) { log("caught", e); }`,
  "awaits in a row": `await 1; await 2; await 3; log("end"); yield 1; await 4;`,
  "awaits between yields": `yield 1; await null; yield 2; await null; yield 3;`,
  "awaits a getter": `const o = { get then() { log("get then"); return undefined; } }; log(await o);`,
  "awaits in conditions": `if (await resolved(false)) log("no"); else log("yes"); while (await resolved(false)); yield 1;`,
  "never comes back": `log("before"); await new Promise(() => {}); log("never");`,
  "awaits deep in an expression": `log([1, { a: await 2, b: [await 3] }], (await 4) + (await 5) * (await 6), -(await 7), typeof await 8);`,
  ...each(
    ["yield", "await"],
    (word) => `interleaves two ${word} chains`,
    (word) =>
      `async function* other() { for (let i = 0; i < 3; i++) { log("other", i); ${word} i; } }
     async function* main() { const it = other(); for (let i = 0; i < 3; i++) { const p = it.next(); log("mine", i); ${word} i; log(await p); } }`,
  ),
});
