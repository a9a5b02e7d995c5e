/**
 * Engines where `async function*` is a syntax error: the output and `aclose/global/es2015` have no syntax newer than
 * ES2015 once the bundler has lowered the rest, and run in Hermes.
 */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { transformSync } from "@babel/core";
import { parse } from "acorn";
import { expect } from "chai";
import { buildSync, transformSync as lowerSync } from "esbuild";
import { transform } from "../../transformer/index.js";
import { Project, root } from "../doors/project.js";
import { packageOrSkip } from "../support/npm-package.js";

const require = createRequire(import.meta.url);

const program = `var log: string[] = [];
async function* numbers(limit: number) {
  try {
    for (let i = 0; i < limit; i++) yield i;
  } finally {
    log.push("closed");
  }
}
class Table {
  constructor(private size: number) {}
  async *rows() {
    yield* numbers(this.size);
    return "all";
  }
}
async function main() {
  for await (const row of new Table(2).rows()) log.push("row " + row);
  for await (const n of numbers(5)) if (n === 1) break;
  const open = numbers(1);
  await open.next();
  try {
    await open.throw(new Error("stop"));
  } catch (error) {
    log.push((error as Error).message);
  }
  const constructor = Object.getPrototypeOf(numbers).constructor;
  log.push(Object.prototype.toString.call(open), constructor.prototype[Symbol.toStringTag]);
  log.push(String("aclose" in open), String((open as any)[Symbol.asyncIterator]() === open), String(open instanceof (numbers as any)));
}
main().then(() => log.push("done"), (error) => log.push("failed: " + error));
`;

const expected = [
  "row 0",
  "row 1",
  "closed",
  "closed",
  "closed",
  "stop",
  "[object AsyncGenerator]",
  "AsyncGeneratorFunction",
  "true",
  "true",
  "true",
  "done",
];

/** What a bundler with the target ES2015 makes of the compiler's output. */
function lowered(): string {
  const options = { fileName: "program.ts", include: "all", module: "script", sourceMap: false } as const;
  const { code, diagnostics } = transform(program, { ...options, runtime: { global: "__aclose" } });
  expect(diagnostics).to.deep.equal([]);
  return lowerSync(code, { loader: "ts", target: "es2015" }).code;
}

const runtime = (): string => readFileSync(join(root, "dist/aclose.global.es2015.js"), "utf8");

/** What React Native's preset makes of it for Hermes: no classes, no `let`. */
const toES5 = (code: string): string =>
  transformSync(code, {
    configFile: false,
    babelrc: false,
    compact: false,
    sourceType: "script",
    presets: [
      [
        require.resolve("@babel/preset-env"),
        { targets: "ie 11", exclude: ["transform-regenerator", "transform-typeof-symbol"] },
      ],
    ],
  })!.code!;

/** What React Native provides, or the command line of Hermes lacks: promises, `Reflect`, timers that `drain` runs. */
const surroundings = `
var queue = [];
globalThis.setTimeout = globalThis.setImmediate = function (fn) { return queue.push(fn); };
globalThis.clearTimeout = function () {};
globalThis.drain = function () { while (queue.length > 0) queue.shift()(); };
globalThis.Promise = require("promise/setimmediate/es6-extensions");
globalThis.Reflect = {
  apply: function (fn, self, values) { return Function.prototype.apply.call(fn, self, values); },
  construct: function (Class, values, newTarget) {
    // Babel's helpers then do without it.
    if (newTarget !== undefined) throw new TypeError("no new.target here");
    return new (Function.prototype.bind.apply(Class, [null].concat(values)))();
  },
  getOwnPropertyDescriptor: Object.getOwnPropertyDescriptor,
  getPrototypeOf: Object.getPrototypeOf,
  ownKeys: function (object) { return Object.getOwnPropertyNames(object).concat(Object.getOwnPropertySymbols(object)); },
};`;

describe("engines without async generators", function () {
  this.timeout(120_000);

  it("nothing is newer than ES2015", () => {
    for (const code of [runtime(), lowered()]) {
      parse(code, { ecmaVersion: 2015 });
      expect(() => parse(`${code}\nasync function* newer() {}`, { ecmaVersion: 2015 })).to.throw(SyntaxError);
    }
  });

  it("runs in a realm of this engine", async () => {
    const realm = createContext({}) as { log: string[] };
    runInContext(`${runtime()}\n${lowered()}`, realm);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect([...realm.log]).to.deep.equal(expected);
  });

  it("runs in Hermes", function () {
    // The last version whose package has a command that runs programs; those after it only compile them.
    const folder = packageOrSkip(this, "hermes-engine", "0.4.3");
    const binaries: Partial<Record<NodeJS.Platform, string>> = {
      linux: "linux64-bin/hermes",
      darwin: "osx-bin/hermes",
    };
    const binary = binaries[process.platform];
    if (binary === undefined || process.arch !== "x64") {
      console.log(`      skipped: hermes-engine has no command for ${process.platform} on ${process.arch}`);
      return this.skip();
    }
    const bundled = buildSync({
      stdin: { contents: surroundings, resolveDir: root },
      bundle: true,
      write: false,
      format: "iife",
      target: "es2015",
    }).outputFiles[0]!.text;
    const parts = [
      "var globalThis = this;",
      ...[bundled, runtime(), lowered()].map(toES5),
      "drain(); for (var i = 0; i < log.length; i++) print(log[i]);",
    ];
    const project = new Project({ "program.js": parts.join("\n"), "newer.js": "async function* newer() {}" });
    const run = (name: string): string =>
      execFileSync(join(folder, binary), ["-w", name], { cwd: project.folder, encoding: "utf8", stdio: "pipe" });
    try {
      expect(() => run("newer.js")).to.throw(/error:/);
      expect(run("program.js").trim().split("\n")).to.deep.equal(expected);
    } finally {
      project.remove();
    }
  });
});
