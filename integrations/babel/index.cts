// `aclose/babel`: a plugin for Babel, and so for Metro, babel-jest, babel-loader and whatever else takes Babel's
// configuration. Babel parses the compiled text in place of the file's, before any other plugin sees the file.

import compiler = require("../../transformer/index.js");
import check = require("../assert-options.js");
import modules = require("../compile-module.js");
import kinds = require("../../transformer/file-kinds.js");
import file = require("../unplugin/compile-file.js");
import types = require("../unplugin/types.js");
import locations = require("./locations.js");

/** Part of what Babel's hosts know by which what they keep was compiled: @babel/register has no more of a plugin than its name. */
const name = `aclose ${compiler.version}`;

function plugin(api: plugin.Api, options: types.PluginOptions): plugin.Plugin {
  const caller = api.caller((caller) => caller?.name);
  // A linter takes the same configuration, and is to see what the user wrote.
  if (caller === "@babel/eslint-parser") return { name };
  check.assertOptions(options);
  return {
    name,
    parserOverride(source, parserOptions, parse) {
      const { sourceType, sourceFileName } = parserOptions;
      const fileName = sourceFileName && kinds.isSourceFile(sourceFileName) ? sourceFileName : named(parserOptions);
      // Of a part of a file the lines are not those of the file.
      const given = { ...options, fileName, ...(fileName !== sourceFileName && { positions: false }) };
      if (!modules.isAsked(source, given)) return undefined;
      const module = sourceType === "script" || sourceType === "commonjs" ? "cjs" : "esm";
      const { code, map, diagnostics } = modules.compileModule(given, module, (each) =>
        compiler.transform(source, each),
      );
      const warn = (each: compiler.Diagnostic) => console.warn(`${fileName}:${file.shown(each)}`);
      const errors = modules.errorsBesideWarnings(diagnostics, warn);
      if (errors.length > 0) {
        // What is wrong for both is said in Babel's words. What Babel alone can read would not be compiled, and run as if it were.
        parse(source, parserOptions);
        throw refusal(errors);
      }
      if (code === source || !map) return undefined;
      return new locations.Relocation(map, caller === "metro").applyTo(parse(code, parserOptions));
    },
  };
}

/** What has made a script of it may leave a component its name (`page.vue`, `page.gts`): what Babel is told to read tells the syntax. */
function named({ plugins = [], sourceFileName = "unknown" }: plugin.ParserOptions): string {
  const names = plugins.map((each) => (Array.isArray(each) ? each[0] : each) as unknown);
  return `${sourceFileName}.${names.includes("typescript") ? "ts" : "js"}${names.includes("jsx") ? "x" : ""}`;
}

/** babel-jest and babel-loader keep what they compiled for as long as the configuration's JSON is the same, in which a plugin is nothing else. */
Object.assign(plugin, { toJSON: () => name });

/** As Babel's own: it puts the file's name before it, and the lines around the place behind it. */
function refusal(errors: readonly compiler.Diagnostic[]): Error {
  const [{ line, column }] = errors as [compiler.Diagnostic];
  return Object.assign(new SyntaxError(errors.map((each) => `(${file.shown(each)})`).join("\n")), {
    loc: { line, column: column - 1 },
  });
}

declare namespace plugin {
  /** What is used of Babel's plugin interface, the same in Babel 7 and 8. */
  interface Api {
    caller<T>(decide: (caller?: { readonly name: string }) => T): T;
  }
  interface ParserOptions {
    readonly sourceFileName?: string;
    readonly sourceType?: string;
    readonly plugins?: readonly unknown[];
  }
  type Parse = (source: string, options: ParserOptions) => object;
  interface Plugin {
    readonly name: string;
    parserOverride?(source: string, options: ParserOptions, parse: Parse): object | undefined;
  }
}

export = plugin;
