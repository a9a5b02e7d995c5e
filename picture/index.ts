/** Pictures of compiled functions: explanation → graph → places → SVG. */

import type { Explanation } from "../transformer/index.js";
import { graphOf } from "./graph.js";
import { loadGraphviz } from "./graphviz.js";
import { layOut } from "./layout.js";
import { type SvgOptions, svgOf } from "./svg.js";

export { pageOf } from "./page.js";
export type { SvgOptions } from "./svg.js";

/** The states of a function as an SVG image; `text` is the source that was explained. */
export async function drawStates(explanation: Explanation, text: string, options?: SvgOptions): Promise<string> {
  return svgOf(layOut(graphOf(explanation, text), await loadGraphviz()), options);
}
