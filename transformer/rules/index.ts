/** The optional rules, each with its message. All are off unless the option `rules` says otherwise. */

import {
  type Diagnostic,
  type Message,
  ruleDelegation,
  ruleUnclosedNext,
  ruleYieldInFinally,
  ruleYieldWhileHolding,
} from "../diagnostics.js";
import type { ResolvedOptions, RuleName } from "../options.js";
import { delegation } from "./delegation.js";
import type { Rule, RuleInput } from "./rule.js";
import { unclosedNext } from "./unclosed-next.js";
import { yieldInFinally } from "./yield-in-finally.js";
import { yieldWhileHolding } from "./yield-while-holding.js";

const rules: Record<RuleName, { readonly rule: Rule; readonly message: Message<[subject: string]> }> = {
  "no-yield-in-finally": { rule: yieldInFinally, message: ruleYieldInFinally },
  "no-yield-while-holding": { rule: yieldWhileHolding, message: ruleYieldWhileHolding },
  "no-delegation": { rule: delegation, message: ruleDelegation },
  "no-unclosed-next": { rule: unclosedNext, message: ruleUnclosedNext },
};

export function checkRules(input: RuleInput, options: ResolvedOptions): Diagnostic[] {
  return Object.entries(options.rules).flatMap(([name, severity]) => {
    if (severity === "off") return [];
    const { rule, message } = rules[name as RuleName];
    return rule(input).map(({ node, subject }) => {
      const start = node.getStart();
      const place = { fileName: input.file.fileName, text: input.file.text, start, length: node.end - start };
      return { ...message.at(place, subject), severity: severity === "error" ? "error" : "warning" } as Diagnostic;
    });
  });
}
