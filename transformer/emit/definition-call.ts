/** The expressions that make definitions: calls of the runtime's. */

import type ts from "typescript";
import { decoratorsOf, hasDecoratedMember, isDecoratedClass } from "../syntax/decorators.js";
import { api } from "../typescript.js";
import type { Plan } from "./plan.js";
import type { Unit } from "./unit.js";

/** Of a function declaration; the code that is not the first to need it need not know its positions. */
export function declareCall(unit: Unit, plan: Plan, options: string | undefined): string {
  const { name } = plan.node;
  return call(unit, "declare", [
    name ? (name as ts.Identifier).text : defaultName(plan),
    stepOf(plan),
    name ? undefined : '"default"',
    options,
  ]);
}

export const defaultName = (plan: Plan) => `${plan.names.definition}default`;

/** Of what stands behind a private getter. */
export function privateCall(unit: Unit, plan: Plan, shell: string): string {
  return call(unit, "declare", [shell, stepOf(plan), JSON.stringify(plan.functionName), plan.options]);
}

/** Of a method that stays what it is: it is found where it was put. */
export function methodCall(unit: Unit, plan: Plan, home: string): string {
  const key = plan.key ?? JSON.stringify(plan.functionName);
  return call(unit, "method", [home, key, stepOf(plan), plan.options, earlyOf(plan)]);
}

/** Of a method that has decorators, from what these are called with. */
export function decoratedCall(unit: Unit, plan: Plan, target: string): string {
  return call(unit, "decorated", [target, stepOf(plan), plan.options, earlyOf(plan)]);
}

/**
 * The definition in a method's body. Legacy decorators run behind the static initializers, which may call the method that is handed
 * over only there.
 */
export function definitionIn(unit: Unit, plan: Plan): string {
  const { definition } = plan.names;
  const { parent } = plan.node;
  if (api.isClassLike(parent) && canBeDropped(unit, parent)) return `(${definition} || this.${unit.methodsField})`;
  if (!isHandedOver(plan)) return definition;
  return `(${definition} || (${definition} = ${call(unit, "early", [stepOf(plan), plan.modes])}))`;
}

/**
 * Whether a field can identify the methods of a class, and no block has to. TypeScript puts what decorators of members have to do into
 * the first static field, behind its mark.
 */
export const canBeDropped = (unit: Unit, node: ts.ClassLikeDeclaration): boolean =>
  unit.any === "" &&
  (api.isClassExpression(node) || node.name !== undefined) &&
  !isDecoratedClass(node) &&
  !hasDecoratedMember(node);

/** Whether a decorator, its own or its class's, says which function a method is. */
function isHandedOver({ node }: Plan): boolean {
  return decoratorsOf(node).length > 0 || (api.isClassLike(node.parent) && isDecoratedClass(node.parent));
}

const earlyOf = (plan: Plan) => (isHandedOver(plan) ? plan.names.definition : undefined);

const stepOf = ({ isStatic, names }: Plan) => (isStatic ? names.step : undefined);

/** Without the last arguments that are undefined. */
function call({ runtime }: Unit, name: string, values: readonly (string | undefined)[]): string {
  const given = values.slice(0, values.findLastIndex((value) => value !== undefined) + 1);
  return `${runtime}.${name}(${given.map((value) => value ?? "void 0").join(", ")})`;
}
