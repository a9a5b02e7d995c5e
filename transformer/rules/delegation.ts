/** `yield*`: Python has no delegation in asynchronous generators (E-20). For code that is to be moved from or to Python. */

import { type Rule, yieldsIn } from "./rule.js";

export const delegation: Rule = ({ generators }) =>
  generators.flatMap(({ body }) =>
    yieldsIn(body)
      .filter(({ asteriskToken }) => asteriskToken)
      .map((node) => ({ node, subject: "yield*" })),
  );
