// `aclose/loader`: for Turbopack, which takes loaders of webpack by their names, and no plugins, and for thread-loader, which hands on none of a plugin.
// Its options are those of the plugins.

import check = require("../assert-options.js");
import modules = require("../compile-module.js");
import file = require("../unplugin/compile-file.js");
import types = require("../unplugin/types.js");

/** Changes with each version. */
const compiler = require.resolve("../../transformer/index.js");

function loader(this: loader.Context, source: string, map?: unknown): void {
  const given = this.getOptions();
  check.assertOptions(given);
  const options = { ...given, fileName: this.resourcePath };
  if (!modules.isAsked(source, options)) return this.callback(null, source, map);
  // Turbopack keeps on disk what a loader made, until its options change or a file that it named.
  this.addDependency(compiler);
  const reporter = file.withFrames({
    warn: (problem) => this.emitWarning(problem),
    error: (problem) => {
      throw problem;
    },
  });
  const result = file.compileFile(reporter, source, options);
  if (result) this.callback(null, result.code, result.map);
  else this.callback(null, source, map);
}

declare namespace loader {
  /** What webpack and Turbopack call a loader on. */
  interface Context {
    readonly resourcePath: string;
    getOptions(): types.PluginOptions;
    addDependency(file: string): void;
    emitWarning(warning: Error): void;
    callback(error: Error | null, code: string, map?: unknown): void;
  }
}

export = loader;
