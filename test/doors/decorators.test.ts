/** Decorated classes: what tsc makes of a compiled program, with the plugin or after `transform`, compared with the program itself. */

import { expect } from "chai";
import ts from "typescript";
import * as runtime from "../../runtime/runtime.js";
import { createTransformer, transform } from "../../transformer/index.js";

/** Decorators that work as legacy and as standard ones. */
const prelude = `
const log = (...values) => { lines.push(values); };
const kind = (f) => Object.prototype.toString.call(f);
const drain = async (items) => { const all = []; for await (const item of items) all.push(item); return all; };
const change = (make) => (...target) => {
  if (!target[2]) return make(target[0]);
  target[2].value = make(target[2].value);
};
const see = change((f) => (log("see", f.name, kind(f)), f));
const wrap = change((f) => function (...args) { log("wrap"); return f.apply(this, args); });
const drop = change(() => () => "dropped");
const mark = (made) => { log("mark", typeof made, made.name); };
const sub = (made) => class extends made { static extra = 1; };
const other = (made) => function (...args) { return Reflect.construct(made, args); };
const inject = (target, key, index) => { log("inject", index); };
`;

const programs: Readonly<Record<string, string>> = {
  "a class": `@mark class C { async *m() { yield 1; } static async *s() { yield 2; } async *["c" + 1]() { yield 3; } async *#p() { yield 4; } p() { return this.#p(); } }
    for (const items of [new C().m(), C.s(), new C().c1(), new C().p()]) log(await drain(items));
    for (const f of [C.prototype.m, C.s, C.prototype.c1]) log(f.name, f.length, kind(f)); log(new C().m() instanceof C.prototype.m);`,
  "a class that gives way to a derived one": `@sub @mark class C { async *m() { yield 1; } static async *s() { yield this.extra; } async *["c" + 1]() { yield 3; } static async *["d" + 1]() { yield 5; } }
    for (const items of [new C().m(), C.s(), new C().c1(), C.d1()]) log(await drain(items)); log(kind(C.prototype.m), new C().m() instanceof C.prototype.m);`,
  "a class that gives way to something else": `@other class C { async *m() { yield 1; } } log(await drain(new C().m()));`,
  "a class without a name": `let kept; const keep = (made) => { kept = made; };
    @keep export default class { async *m() { yield 1; } static async *s() { yield this.name; } }
    log(await drain(new kept().m()), await drain(kept.s()));`,
  "a class that has none, and no name": `export default class { async *m() { yield 1; } static async *s() { yield this.name; } }
    const C = exports.default; for (const name of [C.name, ...(await drain(C.s()))]) log(name.replace("_1", "")); log(await drain(new C().m()));`,
  "a class that has none, and a name of its own": `export default class { async *m() { yield 1; } static name() { return "own"; } }
    log(exports.default.name(), await drain(new exports.default().m()));`,
  "a class whose static initializers call its methods": `@mark class C { static one = new C(); static early = [C.one.m(), C.one.d()]; static all = Promise.all(C.early.map(drain)); async *m() { yield 1; } @see async *d() { yield 2; } }
    log(await C.all, C.early[0] instanceof C.prototype.m, C.early[1] instanceof C.prototype.d); log(await drain(new C().m()), kind(C.prototype.m));`,
  methods: `class C { @see async *m() { yield 1; } @wrap static async *s(n = 2) { yield n; } @wrap @see async *["c" + 1]() { yield 3; } @drop async *d() { yield 4; } async *u() { yield 5; } }
    for (const items of [new C().m(), C.s(), new C().c1(), new C().u()]) log(await drain(items)); log(new C().d());
    for (const f of [C.prototype.m, C.s, C.prototype.c1, C.prototype.u]) log(kind(f));`,
  "methods that share what takes their place": `const shared = function () { return "shared"; }; const share = change(() => shared); class C { @share async *a() { yield 1; } @share async *b() { yield 2; } @wrap async *c() { yield 3; } }
    log(new C().a(), new C().b(), await drain(new C().c()), kind(shared));`,
  "methods of a decorated class": `@sub class C { @wrap async *m() { yield* this.u(); } async *u() { yield 1; } @drop static async *s() {} } log(await drain(new C().m()), C.s());`,
  "members of a class in a generator": `async function* g() { class C { @see m() { return 1; } @wrap static async *s() { yield 2; } } yield () => C; log(C.prototype.m()); yield* C.s(); } for await (const each of g()) log(typeof each, kind(each));`,
  "a class in a function": `const make = (n) => { @sub class C { @see async *m() { yield n; } async *u() { yield -n; } } return new C(); }; const [one, two] = [make(1), make(2)];
    for (const each of [one, two]) log(await drain(each.m()), await drain(each.u()), each.m() instanceof each.m);`,
};

const legacyPrograms: typeof programs = {
  "parameters of constructors": `class C { constructor(@inject x) {} async *m() { yield 1; } static async *s() { yield 2; } } log(await drain(new C().m()), await drain(C.s()), kind(C.s));
    class D { async *m(@inject x) { yield x; } } log(await drain(new D().m(3)), kind(D.prototype.m));`,
  "members of a class in a generator that suspends in them": `async function* g() { class C { @(await see) m() { return 1; } [yield 2]() {} } log(Object.getOwnPropertyNames(C.prototype)); yield C.prototype.m(); } log(await drain(g()));`,
  "parameters in a generator": `async function* g(x) { const tell = (target, key, index) => { log("tell", key, index, x); }; class C { m(@inject a, @((x) => x)(tell) x) { return [a, x]; } } yield () => x; yield new C().m(1, 2); }
    async function* h() { class D { m(@(await inject) a, @(await g, inject) b) { return a; } constructor(@(await inject) c) {} } yield new D().m(3); } log((await drain(g(4))).pop(), await drain(h()));`,
};

const standardPrograms: typeof programs = {
  "private methods": `class C { @see async *#a() { yield 1; } @wrap async *#b() { yield* this.#c(); } async *#c() { yield 3; } @drop async *#d() { yield 4; } @wrap static async *#s(n = 5) { yield n; } all() { return [this.#a(), this.#b(), C.#s()]; } d() { return this.#d(); } a() { return this.#a; } }
    for (const items of new C().all()) log(await drain(items)); log(new C().d(), kind(new C().a()));`,
  accessors: `@mark class C { @mark2 accessor a = 1; @mark2 static accessor b = 2; async *m() { yield this.a; } @mark2 get g() { return 3; } @see async *d() { yield this.g; } } function mark2(value, { kind, name }) { log(kind, name); } log(await drain(new C().m()), await drain(new C().d()), C.b);`,
  "class expressions": `const C = @sub class { async *m() { yield 1; } static async *s() { yield 2; } }; const D = @mark class Named { @wrap async *m() { yield Named.name; } static early = Named.s(); static async *s() { yield 2; } };
    log(await drain(new C().m()), await drain(C.s()), await drain(new D().m()), await drain(D.early));
    const made = []; for (const n of [1, 2]) made.push(@mark class { async *m() { yield n; } }); for (const each of made) log(await drain(new each().m()));`,
};

const { ScriptTarget, ModuleKind } = ts;

/** What a program logs. */
async function run(code: string): Promise<unknown[]> {
  const lines: unknown[] = [];
  await new Function("lines", "exports", "require", `${code}\nreturn main;`)(lines, {}, () => runtime)();
  return lines;
}

function lower(code: string, options: ts.CompilerOptions, before: ts.TransformerFactory<ts.SourceFile>[] = []): string {
  const { outputText, diagnostics } = ts.transpileModule(code, {
    fileName: "a.ts",
    compilerOptions: { module: ModuleKind.CommonJS, ...options },
    reportDiagnostics: true,
    transformers: { before },
  });
  expect(diagnostics).to.deep.equal([]);
  return outputText;
}

/** A declaration that is exported stands in front of `main`. */
function textOf(program: string): string {
  const [, outside, inside] = /^(.*export default [^\n]*\n)?(.*)$/s.exec(program)!;
  return `"use aclose";\n${prelude}\n${outside ?? ""}\nasync function main() {\n${inside}\n}\nexport {};\n`;
}

for (const [experimentalDecorators, mode] of [
  [true, "legacy"],
  [false, "standard"],
] as const)
  describe(`${mode} decorators`, () => {
    const own = experimentalDecorators ? legacyPrograms : standardPrograms;
    for (const [title, program] of Object.entries({ ...programs, ...own }))
      it(`keeps what they do to ${title}`, async () => {
        const source = textOf(program);
        // Below ES2018 TypeScript's async generators are ordinary functions.
        const expected = await run(lower(source, { experimentalDecorators, target: ScriptTarget.ES2018 }));
        for (const target of [ScriptTarget.ES2017, ScriptTarget.ES2021, ScriptTarget.ES2022]) {
          const options = { experimentalDecorators, target };
          const plugin = lower(source, options, [createTransformer(ts)]);
          const text = lower(transform(source, { fileName: "a.ts" }).code, options);
          for (const code of [plugin, text]) {
            expect(code).not.to.match(/function\s*\*|async\s*\*|__asyncGenerator/);
            expect(await run(code), ScriptTarget[target]).to.deep.equal(expected);
          }
        }
      });
  });
