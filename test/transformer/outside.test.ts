/** Text outside the rewritten functions is the same byte for byte. */

import { expect } from "chai";
import { transform } from "../../transformer/index.js";
import { fixtures } from "./goldens.js";

const compile = (source: string, fileName = "a.ts") =>
  transform(source, { fileName, include: "all", consumers: false, sourceMap: false }).code;

/** Odd text that no printer would make. */
const odd = [
  "/* odd  spacing */  const  a:number=0x10 ;;\t// é 𝒳 \u00a0\u3000 tail ",
  "  class  B<T>{ declare x:T ;  m( ) { return <any>1 } get\t[ 'p' ]  ( ) {return `a\\u{1F600}${ '}' }\n  b` } }",
  "type  T = { [K in  'a'|'b'] ? : K } ;let\tе\u0301tat=1e3 ; if(a){}else{;}",
  "export   default   [ , , 1 , ] ; /re[/]x/gu.test( '\\x41' ) ;",
  "function* sync( ) { yield   1 }  async   function  plain ( ) { await  1 }",
];
const generator = "async function* count(n: number) { for (let i = 0; i < n; i++) yield i; }";

const endings: Readonly<Record<string, string>> = { LF: "\n", CRLF: "\r\n", CR: "\r", "a line separator": "\u2028" };

describe("text outside the functions", () => {
  for (const [name, end] of Object.entries(endings)) {
    it(`keeps lines that end with ${name}`, () => {
      const lines = odd.map((line) => line.replaceAll("\n", end));
      const before = `${lines.join(end)}${end}${end}`;
      const after = `${end}${end}${lines.join(end).replace("export   default", "void")}${end}// no line end`;
      const code = compile(`${before}${generator}${after}`);
      const from = code.indexOf(before);
      expect(from).to.be.at.least(0);
      expect(code.slice(from + before.length)).to.match(/^function count\(n: number\)/);
      expect(code.endsWith(after)).to.equal(true);
      expect(code).not.to.contain("async function*");
    });

    it(`keeps a BOM, a hashbang, directives and comments at the start, with ${name}`, () => {
      const starts = [
        "\ufeff",
        `#!/usr/bin/env node${end}`,
        `#!/usr/bin/env node${end}"use strict";`,
        `\ufeff"use strict" ; 'use client'${end}`,
      ];
      for (const start of starts) {
        const code = compile(`${start}// first${end}/** doc */ export ${generator}`);
        expect(
          code.startsWith(start.replace(/(?:\r\n|[\n\r\u2028])$/, "")),
          JSON.stringify(code.slice(0, 80)),
        ).to.equal(true);
        expect(code).to.contain(`// first${end}`);
        expect(code).to.contain("/** doc */ export function count(n: number)");
        expect(code.match(/\ufeff/g)?.length ?? 0).to.equal(start.startsWith("\ufeff") ? 1 : 0);
      }
    });
  }

  it("keeps comments about the file in front of what it adds, and those about what follows behind it", () => {
    for (const end of Object.values(endings)) {
      const header = `// licence${end}/* about\n it */${end}${end}`;
      for (const start of ["", `#!/usr/bin/env node${end}`]) {
        const code = compile(`${start}${header}  // of count${end}/** doc */ export ${generator}`);
        expect(code.startsWith(`${start}${header}`), JSON.stringify(code.slice(0, 80))).to.equal(true);
        expect(code.indexOf("import")).to.be.below(code.indexOf("// of count"));
      }
    }
    const code = compile(`// of count\n/** doc */ export ${generator}`);
    expect(code.indexOf("import")).to.be.below(code.indexOf("// of count"));
  });

  it("keeps what stands beside a function in the same statement", () => {
    const beside = [
      "({a:b , c=1,d   : {e}={},'f' :g=2 /* odd */ ,.../* rest */h},[ i=3,,j ])=>{const{k:l , m=4 , ... n}=b;for(const{o:p}of q)({p,p:p , r=5}=l)}",
      "class  { s ( { t:u } , v = 1 ){ return{ u , v:v , w ( ) { } } } }",
      "x?.[ 0 ]  ?? `${ {y , z:z} }`in(a)",
    ];
    const code = compile(`export const all=[${beside.join(" , ")} , ${generator}]`);
    expect(code).to.contain(`export const all=[${beside.join(" , ")} , `);
    expect(code).not.to.contain("async function*");
  });

  it("keeps what stands between functions, on their lines too", () => {
    const between = [" ; /* a */ const  x=1 ;", "  ", "\t;;  "];
    const source = between.map((text, index) => `${generator.replace("count", `f${index}`)}${text}`).join("");
    const code = compile(source);
    let at = 0;
    for (const text of between) {
      const found = code.indexOf(text, at);
      expect(found, JSON.stringify(text)).to.be.at.least(at);
      at = found + text.length;
    }
  });

  it("keeps the parts of a class and of an object around a method", () => {
    const code = compile(
      `export class  A  extends B{ a=1 ;  async *m(){ yield 1 }  b( ){}  }\nconst o  = { a:1 ,  async *m(){ yield 1 } ,  ...b  } ;`,
    );
    for (const text of [
      "class  A  extends B{",
      " a=1 ;  m()",
      "  b( ){}  }",
      "const o  = {",
      " a:1 ,  m:",
      " ,  ...b  } ;",
    ])
      expect(code).to.contain(text);
  });

  it("keeps everything in a file without async generators, consumers aside", () => {
    const source = `${odd.join("\r\n")}\r\n`;
    expect(compile(source)).to.equal(source);
    expect(compile(`\ufeff${source}`)).to.equal(`\ufeff${source}`);
  });

  it("keeps every line outside the functions of the fixtures", () => {
    for (const { name, source, options } of fixtures) {
      const { code, functions } = transform(source, { ...options, consumers: false });
      const spans = functions.filter(({ rewritten }) => rewritten);
      if (spans.length === 0 || name.startsWith("objects/")) continue;
      const head = source.slice(0, Math.min(...spans.map(({ start }) => start)));
      const lines = head
        .split(/(?<=\n)/)
        .slice(0, -1)
        .filter((line) => !line.includes("class") && !line.includes("use aclose"));
      let at = 0;
      for (const line of lines) {
        // A definition may stand behind the brace that opens a list of statements.
        const found = code.indexOf(line.endsWith("{\n") ? line.trimEnd() : line, at);
        expect(found, `${name}: ${line}`).to.be.at.least(at);
        at = found + line.length;
      }
    }
  });
});
