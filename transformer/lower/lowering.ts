/** What every lowering function works with. */

import type ts from "typescript";
import type { Builder } from "../ir/builder.js";
import type { RuntimeName, Value } from "../ir/ir.js";
import type { Bindings } from "../syntax/bindings.js";
import type { Variable } from "../syntax/scope.js";
import type { SuspensionFacts } from "../syntax/suspension.js";
import type { Control } from "./control.js";

export interface Lowering {
  readonly builder: Builder;
  readonly facts: SuspensionFacts;
  readonly bindings: Bindings;
  readonly control: Control;
}

/** What an expression evaluates to now: what it left behind if it was evaluated before, else itself. */
export const valueOf = (l: Lowering, node: ts.Expression): Value =>
  l.builder.hole(node) ?? { kind: "expression", node };
export const variable = (of: Variable): Value => ({ kind: "variable", variable: of });
export const resumption: Value = { kind: "resumption" };
export const exhausted: Value = { kind: "exhausted" };
export const runtime = (name: string, at?: number): RuntimeName => ({ kind: "runtime", name, at });

/** Generated code: text, runtime names and values in between. */
export function code(texts: TemplateStringsArray, ...values: (string | Value | RuntimeName)[]): Value {
  return {
    kind: "code",
    parts: texts.flatMap((text, index) => (index < values.length ? [text, values[index]!] : [text])),
  };
}
