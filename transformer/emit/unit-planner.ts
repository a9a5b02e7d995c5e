/** Decides for a whole file what printing it looks up: the plans of its functions, and what stands around them. */

import type ts from "typescript";
import { isTypeScript } from "../file-kinds.js";
import { append } from "../multimap.js";
import type { ResolvedOptions } from "../options.js";
import { type Bindings, namesIn } from "../syntax/bindings.js";
import { canBeCalled, type ForAwait } from "../syntax/consumers.js";
import { modesOf } from "../syntax/modes.js";
import { moduleKind } from "../syntax/module-kind.js";
import type { Selection } from "../syntax/selection.js";
import { isScopedList } from "../syntax/statement-list.js";
import { api } from "../typescript.js";
import type { ConsumerNames } from "./consumer-printer.js";
import { cellsOf, type Plan } from "./plan.js";
import { type PlanInput, type Planning, plan } from "./planner.js";
import { scriptSuffix } from "./script-suffix.js";
import { statementIn } from "./step-container.js";
import { UniqueNames } from "./unique-names.js";
import type { Unit } from "./unit.js";

export function planUnit(
  file: ts.SourceFile,
  options: ResolvedOptions,
  bindings: Bindings,
  inputs: readonly PlanInput[],
  { loops, starts, words }: Selection,
): Unit {
  const isScript = moduleKind(options.module, file) === "script";
  const names = new UniqueNames(namesIn(file), isScript ? scriptSuffix(file) : "");
  const runtime = names.unsuffixed("global" in options.runtime ? options.runtime.global : "$aclose");
  const nodes = new Set<ts.Node>(inputs.map(({ node }) => node));
  const planning: Planning = {
    file,
    bindings,
    names,
    runtime,
    module: options.module,
    debug: options.debug,
    positions: options.positions,
    isTarget: (node) => nodes.has(node),
    places: new Map(),
    replacements: new Map(),
  };
  const any = options.annotate && isTypeScript(file.fileName) ? ": any" : "";
  const plans = inputs.map((input) => plan(input, planning));
  const isFused = modesOf(words, options).ticks === "fused";
  const namesOfLoop = (node: ForAwait): ConsumerNames => {
    // Of what a closure assigns, a type checker knows nothing after it; and a stack does not show who waits for a callback.
    const isCalled = any === "" && !options.debug && canBeCalled(node);
    const [reader, error] = isCalled ? (["loop", "item"] as const) : (["reader", "error"] as const);
    return { isCalled, reader: names.fresh(reader), error: names.fresh(error), isFused };
  };
  return {
    file,
    any,
    text: file.text,
    options,
    bindings,
    names,
    runtime,
    places: planning.places,
    replacements: planning.replacements,
    consumers: new Map(loops.map((node) => [node, namesOfLoop(node)])),
    plans: new Map(plans.map((each) => [each.node, each])),
    rewritten: starts,
    holes: new Map(inputs.flatMap(({ body }) => [...body.holes])),
    heads: group(plans, headOf),
    tails: group(
      plans.filter((each) => each.isStatic),
      (each) => statementIn(each.list!, each.node),
    ),
    methods: plans.filter((each) => cellsOf(each).length > 0),
    homes: group(
      plans.filter((each) => each.form === "method"),
      (each) => each.node.parent,
    ),
    methodsField: names.unsuffixed("#methods"),
  };
}

/** The list that a plan's definition stands in front of. */
function headOf(each: Plan): ts.Node | undefined {
  const isDeclared = each.form === "declaration" || each.form === "hoisted";
  if (!isDeclared && cellsOf(each).length === 0) return undefined;
  for (let at: ts.Node = each.node.parent; ; at = at.parent) {
    if (api.isCaseBlock(at)) return at.parent;
    if (isScopedList(at)) return at;
    if (api.isArrowFunction(at) && !api.isBlock(at.body) && each.node.pos >= at.body.pos) return at;
  }
}

function group(plans: readonly Plan[], keyOf: (each: Plan) => ts.Node | undefined): Map<ts.Node, Plan[]> {
  const groups = new Map<ts.Node, Plan[]>();
  for (const each of plans) {
    const key = keyOf(each);
    if (key) append(groups, key, each);
  }
  return groups;
}
