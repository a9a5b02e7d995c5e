/** A quick look before a parse: most files have nothing to compile. */

import type { Options } from "../options.js";
import { directivePattern } from "./directive.js";

/** What may stand between two tokens. Each text is matched in one way only, so that none is tried twice. */
const gap = /(?:\s|\/\/.*$|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/.source;

/** Neither keyword can be written with escapes. */
const compilable = `\\basync\\b${gap}(?:function\\b${gap})?\\*|\\bfor\\b${gap}await\\b`;

const directiveOrCompilable = new RegExp(`${directivePattern.source}|${compilable}`, "m");

/** What a file has somewhere if anything in it is to be compiled, or said of a directive: without it, it need not be parsed. */
export function concernPattern(include: Options["include"]): RegExp {
  return include === "all" ? directiveOrCompilable : directivePattern;
}
