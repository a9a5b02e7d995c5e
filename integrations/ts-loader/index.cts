// `aclose/ts-loader`: for ts-loader's `getCustomTransformers`, as a path, which its worker threads can load too.
// There the types are checked before anything is compiled.

import type ts = require("typescript");
import compiler = require("../../transformer/index.js");

function getCustomTransformers(): { before: ts.TransformerFactory<ts.SourceFile>[] } {
  return { before: [compiler.createTransformer(compiler.typescript)] };
}

export = getCustomTransformers;
