/**
 * `yield` inside `finally`: while the generator is being closed such a yield hands out a value that nobody asked for, and
 * the close stays unfinished. Python calls it "async generator ignored GeneratorExit" (C-4).
 */

import { api } from "../typescript.js";
import { ownNodes, type Rule, yieldsIn } from "./rule.js";

export const yieldInFinally: Rule = ({ generators }) =>
  generators.flatMap(({ body }) => {
    const blocks = ownNodes(body, api.isTryStatement).flatMap(({ finallyBlock }) =>
      finallyBlock ? [finallyBlock] : [],
    );
    return [...new Set(blocks.flatMap(yieldsIn))].map((node) => ({ node, subject: "yield" }));
  });
