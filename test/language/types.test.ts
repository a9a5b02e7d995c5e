import { area, each } from "./area.js";

const typed = (source: string) => ({ source, typed: true });

area("TypeScript", {
  "evaluates no keys of members that are only types": typed(
    `abstract class A { abstract [log("abstract")](): any; abstract [log("field")]: any; declare [log("declared")]: any; [log("overload")](a: string): void; [log("k", "m")](a: any): any { return a; } [log("optional", "p")]?: any; static [await "s"] = 1; }
    log(Object.getOwnPropertyNames(A.prototype), A.s); const B: any = class { [log("overload")](a: string): void; [log("k", "m")](a: any): any { return a; } static [log("l", "x")]: any = 1; [yield "y"]!: any; }; log(new B().m(1), B.x);`,
  ),
  ...each(
    ["as any", "satisfies any", "!"],
    (type) => `leaves out \`${type}\` wherever a value can stand`,
    (type) =>
      typed(
        `const o: any = { a: 1, b: { c: 2 }, m(...a: any[]) { return log("m", this === o, ...a); } }, n: any = null; let x: any;
        log(((await o) ${type}).a, (o?.b ${type}).c, (o?.[yield "b"] ${type}).c, (n?.b ${type}), (o?.m ${type})(await 1), (o.m ${type})(yield 2), (n?.[await 3] ${type})?.d(yield 4));
        x = (await 1) ${type}; x = (() => {}) ${type}; log(x.name, x); ({ a: x = (function () {}) ${type}, [yield "k"]: o.z } = {} ${type}); log(x.name); for (const each of [await 1, (yield 5) ${type}] ${type}) log(each);
        log(delete (await o ${type}).a, \`\${(await 6) ${type}}\`, [...(await [7]) ${type}], { ...(await o) ${type} }, typeof ((yield 8) ${type}), (await 0 ${type}) ?? 1); switch (await 1 ${type}) { case (yield 9) ${type}: case (await 1) ${type}: log("case"); } yield* (async function* () { yield 10 ${type}; })() ${type}; return (await 11) ${type};`,
      ),
  ),
});
