/** What `aclose/register` makes of what Node loaded. That it works in Node is tested in `test/toolchain/runners.test.ts`. */

import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { afterLoad } from "../../integrations/register/load.js";

const url = pathToFileURL("/project/src/a.ts").href;

describe("aclose/register", () => {
  for (const kind of ["module", "commonjs"]) {
    it(`compiles what a Node that only removes types cannot run: ${kind}`, () => {
      const source = `"use aclose";
export enum Size { Small = 1 }
export class Service { constructor(readonly name: string) {} }
export async function* sizes(): AsyncGenerator<Size> { using one = open(); yield Size.Small; }`;
      const loaded = afterLoad(url, { format: `${kind}-typescript`, source: Buffer.from(source) });
      expect(loaded.format).to.equal(kind);
      expect(loaded.source)
        .to.contain("aclose/runtime")
        .and.to.contain("this.name = name")
        .and.not.to.match(/enum |readonly|: string|function\*|use aclose|using one/);
    });
  }

  it("compiles TypeScript without the directive, as it is", () => {
    const { format, source } = afterLoad(url, {
      format: "module-typescript",
      source: "export enum Size { Small = 1 }",
    });
    expect(format).to.equal("module");
    expect(source).to.contain("Size[").and.not.to.contain("aclose");
  });

  it("keeps a template's line that looks like the comment of a map", () => {
    const source = `export async function* g() { "use aclose"; yield 1; }
export const inline = (url: string) => \`code\n//# sourceMappingURL=\${url}\nmore\`;`;
    const code = String(afterLoad(url, { format: "module-typescript", source }).source);
    expect(code).to.contain("`code\n//# sourceMappingURL=${url}\nmore`;");
    expect(code.match(/^\/\/# sourceMappingURL=(.{5})/gm)).to.have.length(2);
  });

  it("leads the map of JavaScript through the one that it has", () => {
    const map = { version: 3, sources: ["../a.ts"], sourcesContent: [null], names: [], mappings: "AAAA" };
    const comment = `//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}`;
    const source = `export async function* g() { "use aclose"; yield 1; }\n${comment}\n`;
    const code = String(afterLoad("file:///project/dist/a.js", { format: "module", source }).source);
    const [[, data = ""] = [], ...others] = [...code.matchAll(/sourceMappingURL=.*?,(.*)/g)];
    expect(others).to.deep.equal([]);
    expect(JSON.parse(atob(data)).sources).to.deep.equal(["../a.ts"]);
  });

  it("leaves JavaScript without the directive, and what is no code, to Node", () => {
    const javascript = { format: "module", source: "export async function* rows() { yield 1; }" };
    expect(afterLoad("file:///project/a.js", javascript)).to.equal(javascript);
    const json = { format: "json", source: "{}" };
    expect(afterLoad("file:///project/a.json", json)).to.equal(json);
  });
});
