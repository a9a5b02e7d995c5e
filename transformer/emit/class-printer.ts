/**
 * Where methods are given their identity: with their class or object literal, before anything else in it runs.
 *
 * In a class it is a static field that does so, which a bundler that does not need the class drops with it; a static block it would
 * keep. The methods mention the field: where it is lowered to a variable, a bundler that needs the class would drop that alone. It is a block in annotated output, where a private member would be part of the class's type, in a class that stays anyway for
 * its decorators, and in an anonymous default class, which gets the name "default" back there.
 *
 * A decorator can put something else in the place of its class or method, and tools that lower decorators do not agree on what `this`
 * is in a static initializer of such a class. But the innermost decorator is given the class or the method itself, so there it is a
 * decorator.
 */

import type ts from "typescript";
import { decoratorsOf, isDecoratedClass } from "../syntax/decorators.js";
import { hasModifier, hasStaticName } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { canBeDropped, decoratedCall, methodCall } from "./definition-call.js";
import type { Plan } from "./plan.js";
import type { SourcePrinter } from "./source-printer.js";
import type { Unit } from "./unit.js";

export function printClass(printer: SourcePrinter, node: ts.ClassLikeDeclaration): void {
  const { out, unit } = printer;
  const plans = lastFirst(unit.homes.get(node)!.filter((plan) => decoratorsOf(plan.node).length === 0));
  const isDecorated = isDecoratedClass(node);
  const named = plans.length > 0 && !isDecorated ? nameOfDefault(node, plans) : undefined;
  const inserted =
    isDecorated && plans.length > 0
      ? { at: behindDecorators(node), text: `@((home${unit.any}) => {${assignments(unit, plans, "home")} }) ` }
      : { at: named ? keywordOf(node).end : -1, text: ` ${named}` };
  const open = node.members[0]?.getFullStart() ?? node.end - 1;
  let position = node.getStart();
  const sliceTo = (end: number) => {
    if (position <= inserted.at && inserted.at <= end) {
      out.slice(position, inserted.at).write(inserted.text);
      position = inserted.at;
    }
    out.slice(position, end);
    position = end;
  };
  api.forEachChild(node, (child) => {
    if (child.pos >= open) return;
    sliceTo(child.getStart());
    printer.print(child);
    position = child.end;
  });
  sliceTo(open);
  if (plans.length > 0 && !isDecorated) out.write(` static ${identification(unit, node, plans)}`);
  for (const [index, member] of node.members.entries()) {
    sliceTo(member.getStart());
    if (wouldContinue(unit, member, node.members[index - 1])) out.write(";");
    printer.print(member);
    position = member.end;
  }
  sliceTo(node.end);
}

const keywordOf = (node: ts.ClassLikeDeclaration): ts.Node =>
  node.getChildren().find(({ kind }) => kind === api.SyntaxKind.ClassKeyword)!;

/** What an anonymous default class is called, for TypeScript calls it by a name that it has not got where it lowers the block. */
const nameOfDefault = (node: ts.ClassLikeDeclaration, [plan]: readonly Plan[]): string | undefined =>
  api.isClassDeclaration(node) && !node.name ? `${plan!.names.definition}default` : undefined;

/** In an arrow function, for Rolldown keeps a class whose static initializer has `this` in its own code. */
function identification(unit: Unit, node: ts.ClassLikeDeclaration, plans: readonly Plan[]): string {
  const isRenamed = nameOfDefault(node, plans) !== undefined && !hasStaticName(node);
  const renaming = isRenamed ? ' Object.defineProperty(this, "name", { value: "default" });' : "";
  const block = `{${assignments(unit, plans, "this")}${renaming} }`;
  return canBeDropped(unit, node) ? `${unit.methodsField} = /*#__PURE__*/ (() => ${block})();` : block;
}

/** Whether it is a method that begins with a bracket when it is printed, behind a field that only a line end has ended. */
function wouldContinue({ file, plans }: Unit, member: ts.ClassElement, before: ts.ClassElement | undefined): boolean {
  const isOpen = before !== undefined && api.isPropertyDeclaration(before) && file.text[before.end - 1] !== ";";
  return isOpen && plans.has(member) && api.isComputedPropertyName(member.name!);
}

/** In front of what comes after its decorators; where there are none, a decorator can stand behind `export` and `default`. */
function behindDecorators(node: ts.ClassLikeDeclaration): number {
  const { DefaultKeyword, ExportKeyword } = api.SyntaxKind;
  const isExported = ({ kind }: ts.Node) => kind === ExportKeyword || kind === DefaultKeyword;
  const modifiers = node.modifiers ?? [];
  const last = modifiers.findLastIndex(decoratorsOf(node).length > 0 ? api.isDecorator : isExported);
  return (modifiers[last + 1] ?? keywordOf(node)).getStart();
}

function assignments(unit: Unit, plans: readonly Plan[], home: string): string {
  return plans
    .map((plan) => {
      const isStatic = hasModifier(plan.node, api.SyntaxKind.StaticKeyword);
      return ` ${plan.names.definition} = ${methodCall(unit, plan, isStatic ? home : `${home}.prototype`)};`;
    })
    .join("");
}

/** Of methods of one name the last is the one that is there, and the first to be identified counts. */
const lastFirst = (plans: readonly Plan[]): readonly Plan[] => [...plans].reverse();

/** The decorators of a method, and the one that knows the method from what they make of it. */
export function printMethodDecorators(printer: SourcePrinter, plan: Plan): void {
  const { out, unit } = printer;
  const decorators = decoratorsOf(plan.node);
  for (const decorator of decorators) {
    printer.print(decorator);
    out.write(" ");
  }
  if (decorators.length === 0) return;
  out.write(`@((...target${unit.any}) => { ${plan.names.definition} = ${decoratedCall(unit, plan, "target")}; }) `);
}

export function printObject(printer: SourcePrinter, node: ts.ObjectLiteralExpression): void {
  const { out, unit } = printer;
  out.write(`${unit.runtime}.withMethods(`, node.getStart(unit.file));
  printer.printChildren(node);
  const all = lastFirst(unit.homes.get(node)!).map(
    (plan) => `${plan.names.definition} = ${methodCall(unit, plan, "home")}`,
  );
  out.write(`, home => { ${all.join("; ")}; })`);
}
