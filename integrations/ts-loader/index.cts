// `aclose/ts-loader`: for ts-loader's `getCustomTransformers`, as a path, which its worker threads can load too.
// There the types are checked before anything is compiled. The options are those in `tsconfig.json`, in the entry for tsc.

import type ts = require("typescript");
import compiler = require("../../transformer/index.js");
import modules = require("../every-file-a-module.js");

function getCustomTransformers(): getCustomTransformers.Transformers {
  return { before: [modules.createModuleTransformer(compiler.typescript)] };
}

declare namespace getCustomTransformers {
  interface Transformers {
    before: ts.TransformerFactory<ts.SourceFile>[];
  }
}

export = getCustomTransformers;
