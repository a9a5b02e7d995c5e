import { expect } from "chai";
import { UniqueNames } from "../../../transformer/emit/unique-names.js";
import { type Compile, loadCompiler } from "../../support/compilers.js";
import { compare, report } from "../../support/oracle.js";

describe("unique names", () => {
  it("numbers a name only where it is taken", () => {
    const names = new UniqueNames(["a", "b$1"]);
    expect([names.fresh("a"), names.fresh("a"), names.fresh("b"), names.fresh("b"), names.fresh("c")]).to.deep.equal([
      "a$1",
      "a$2",
      "b",
      "b$2",
      "c",
    ]);
  });

  it("asks whether a name may be taken, and does not ask again for one that was given", () => {
    const names = new UniqueNames([]);
    const asked: string[] = [];
    const isFree = (name: string) => asked.push(name) > 0 && name.endsWith("3");
    expect([names.fresh("a", isFree), names.fresh("a")]).to.deep.equal(["a$3", "a"]);
    expect(asked).to.deep.equal(["a", "a$1", "a$2", "a$3"]);
  });
});

const taken = [
  "$",
  "v",
  "s",
  "e",
  "dispatch",
  "$aclose",
  "__aclose$1",
  "scope",
  "main$",
  "main$step",
  "main$vars",
  "$sent",
  "$operand",
  "$completion",
  "$this",
  "unused",
  "home",
  "reader",
];

/** Programs whose own names are those that the compiler would like to use. */
const programs: Readonly<Record<string, string>> = {
  parameters: `async function* main(${taken.join(", ")}) { try { yield [${taken.join(", ")}].length; } finally { log(typeof v, await 1); } }`,
  "variables of the body": `async function* main() { ${taken.map((name, index) => `let ${name} = ${index};`).join(" ")} try { yield ${taken.join(" + ")}; v = s + (yield e); } finally { log(v, await $); } for (const dispatch of [1]) { yield () => dispatch; if (dispatch) break; } return [${taken.join(", ")}].join(); }`,
  "variables around it": `const ${taken.map((name, index) => `${name} = ${index}`).join(", ")}; async function* main() { for (let i = 0; i < 2; i++) { try { yield ${taken.join(" + ")} + i; } finally { await 0; } } }`,
  "globals that the body reads": `async function* main() { yield [${taken.map((name) => `typeof ${name}`).join(", ")}].join(); try { v = await 1; yield v; } finally { delete globalThis.v; } }`,
  "closures that capture": `async function* main() { const all = []; for (let scope = 0; scope < 2; scope++) { const v = scope * 2; all.push(() => [scope, v]); yield scope; } for (const f of all) yield f().join(); }`,
  "generators in generators": `async function* main() { const $ = 1, v = 2; yield* (async function* main() { const s = $ + v; yield s; yield* (async function* v() { yield [typeof v, $, s]; for (const e of [1, 2]) yield e + s; })(); })(); }`,
  "methods of classes in bodies": `async function* main() { for (const v of [1, 2]) { class A { static async *$() { yield v; } async *["s"]() { yield* A.$(); } } yield* new A().s(); } }`,
  "functions of the generated names": `function main$step() { return "mine"; } function main$vars() { return 1; } var main$ = 2; async function* main() { yield main$step(); yield main$vars() + main$; }`,
};

describe("generated names never meet the user's:", () => {
  let compile: Compile;
  before(async () => {
    compile = await loadCompiler();
  });
  for (const [title, program] of Object.entries(programs)) {
    it(title, async () => {
      const difference = await compare(program, { compile });
      if (difference) throw new Error(report(difference));
    });
  }

  it("parameters and locals of the runtime's own name", async () => {
    const program =
      "async function* main(__aclose = [1, 2], f = () => __aclose) { for (const item of f()) { let __aclose = item; yield () => __aclose; yield __aclose; } }";
    const difference = await compare(program, { compile });
    if (difference) throw new Error(report(difference));
  });
});
