/** Destructuring whose defaults, keys or targets suspend. */

import type ts from "typescript";
import type { Value } from "../ir/ir.js";
import { namingTarget, unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { variablesOf } from "./declaration.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, runtime, valueOf, variable } from "./lowering.js";
import { spillReference } from "./spill.js";
import { lowerFinally } from "./try.js";

type AssignmentPattern = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression;

export function isPattern(node: ts.Node): node is AssignmentPattern {
  return api.isArrayLiteralExpression(node) || api.isObjectLiteralExpression(node);
}

/** Initializes a binding identifier or pattern. */
export function lowerBindingTarget(l: Lowering, name: ts.BindingName, value: Value): void {
  if (api.isIdentifier(name))
    l.builder.emit({ kind: "assign", target: l.bindings.variableOf(name)!, value, origin: name, named: name.text });
  else if (l.facts.suspends(name)) lowerBindingPattern(l, name, value);
  else l.builder.emit({ kind: "bind", pattern: name, variables: variablesOf(l, name), value });
}

/** Assigns to a target or pattern; the parts of a reference are evaluated now. */
export function lowerAssignmentTarget(l: Lowering, target: ts.Expression, value: Value): void {
  const inner = unwrap(target);
  if (isPattern(inner) && l.facts.suspends(inner)) return lowerAssignmentPattern(l, inner, value);
  lowerExpression(l, inner);
  l.builder.emit({ kind: "store", target: inner, value });
}

/** One place of a pattern, whether it binds or assigns. */
interface Element {
  /** What has to be evaluated before the value is taken from the source. */
  readonly prepare: () => void;
  readonly store: (value: Value) => void;
  readonly initializer?: ts.Expression;
  /** The name of an anonymous function in the initializer. */
  readonly name?: string;
}

export function lowerBindingPattern(l: Lowering, pattern: ts.BindingPattern, value: Value): void {
  const elementOf = (node: ts.BindingElement): Element => ({
    prepare: () => {},
    store: (item) => lowerBindingTarget(l, node.name, item),
    initializer: node.initializer,
    name: api.isIdentifier(node.name) ? node.name.text : undefined,
  });
  if (api.isArrayBindingPattern(pattern)) {
    const items = pattern.elements.map((node) =>
      api.isOmittedExpression(node)
        ? undefined
        : { element: elementOf(node), isRest: node.dotDotDotToken !== undefined },
    );
    return lowerArrayPattern(l, pattern, items, value);
  }
  const properties = pattern.elements.map((node) => ({
    key: node.dotDotDotToken ? undefined : (node.propertyName ?? (node.name as ts.Identifier)),
    element: elementOf(node),
  }));
  lowerObjectPattern(l, properties, value);
}

export function lowerAssignmentPattern(l: Lowering, pattern: AssignmentPattern, value: Value): void {
  if (api.isArrayLiteralExpression(pattern)) {
    const items = pattern.elements.map((node) => {
      if (api.isOmittedExpression(node)) return undefined;
      const isRest = api.isSpreadElement(node);
      return { element: assignmentElement(l, isRest ? node.expression : node), isRest };
    });
    return lowerArrayPattern(l, pattern, items, value);
  }
  lowerObjectPattern(
    l,
    pattern.properties.map((node) => assignmentProperty(l, node)),
    value,
  );
}

function assignmentProperty(l: Lowering, node: ts.ObjectLiteralElementLike): Property {
  if (api.isSpreadAssignment(node)) return { key: undefined, element: assignmentElement(l, node.expression) };
  if (api.isShorthandPropertyAssignment(node))
    return {
      key: node.name,
      element: {
        ...assignmentElement(l, node.name),
        initializer: node.objectAssignmentInitializer,
        name: node.name.text,
      },
    };
  return { key: node.name!, element: assignmentElement(l, (node as ts.PropertyAssignment).initializer) };
}

function assignmentElement(l: Lowering, node: ts.Expression): Element {
  const hasDefault = api.isBinaryExpression(node) && node.operatorToken.kind === api.SyntaxKind.EqualsToken;
  const left = hasDefault ? node.left : node;
  const target = unwrap(left);
  return {
    prepare: () => {
      if (!isPattern(target)) spillReference(l, target);
    },
    store: (item) =>
      isPattern(target)
        ? lowerAssignmentTarget(l, target, item)
        : l.builder.emit({ kind: "store", target, value: item }),
    initializer: hasDefault ? node.right : undefined,
    name: namingTarget(left)?.text,
  };
}

/** `IteratorBindingInitialization` and its kin (ECMA-262 §8.6.3): an iterator that is not exhausted is closed. */
function lowerArrayPattern(
  l: Lowering,
  origin: ts.Node,
  items: readonly ({ element: Element; isRest: boolean } | undefined)[],
  source: Value,
): void {
  const { builder } = l;
  const iterator = builder.temporary("iterator");
  builder.emit({
    kind: "assign",
    target: iterator,
    value: code`${runtime("iterator", valueFor(origin).getStart())}(${source})`,
  });
  lowerFinally(l, {
    origin,
    body: () => {
      for (const item of items) {
        if (!item) builder.emit({ kind: "evaluate", value: code`${variable(iterator)}.skip()` });
        else
          lowerElement(
            l,
            item.element,
            item.isRest ? code`${variable(iterator)}.rest()` : code`${variable(iterator)}.step()`,
          );
      }
    },
    finalizesNormal: true,
    finalizer: ({ completion }) => {
      builder.emit({
        kind: "evaluate",
        value: code`${variable(iterator)}.close(${variable(completion)})`,
      });
    },
  });
}

/** What a pattern takes apart, or the pattern itself where that has no place of its own. */
function valueFor(pattern: ts.Node): ts.Node {
  const { initializer, right } = pattern.parent as Partial<ts.VariableDeclaration & ts.BinaryExpression>;
  return initializer ?? right ?? pattern;
}

interface Property {
  /** Undefined for the rest element. */
  readonly key: ts.PropertyName | undefined;
  readonly element: Element;
}

function lowerObjectPattern(l: Lowering, properties: readonly Property[], source: Value): void {
  const { builder } = l;
  const object = builder.temporary("object");
  builder.emit({ kind: "assign", target: object, value: code`${runtime("requireObject")}(${source})` });
  const keys: Value[] = [];
  for (const { key, element } of properties) {
    if (key) {
      const name = lowerKey(l, key);
      keys.push(name);
      lowerElement(l, element, code`${variable(object)}[${name}]`);
    } else
      lowerElement(l, element, {
        kind: "code",
        parts: [runtime("copyRest"), "(", variable(object), ", [", ...keys.flatMap((name) => [name, ", "]), "])"],
      });
  }
}

function lowerKey(l: Lowering, key: ts.PropertyName): Value {
  if (api.isIdentifier(key)) return code`${JSON.stringify(key.text)}`;
  if (!api.isComputedPropertyName(key)) return valueOf(l, key as ts.Expression);
  lowerExpression(l, key.expression);
  const kept = l.builder.temporary("key");
  l.builder.emit({ kind: "assign", target: kept, value: code`${runtime("key")}(${valueOf(l, key.expression)})` });
  return variable(kept);
}

function lowerElement(l: Lowering, element: Element, taken: Value): void {
  const { builder } = l;
  element.prepare();
  const item = builder.temporary("item");
  builder.emit({ kind: "assign", target: item, value: taken });
  if (element.initializer) {
    const initialize = builder.newBlock();
    const after = builder.newBlock();
    builder.end({
      kind: "branch",
      test: code`${variable(item)} === void 0`,
      consequent: initialize,
      alternate: after,
    });
    builder.begin(initialize);
    lowerExpression(l, element.initializer);
    builder.emit({ kind: "assign", target: item, value: valueOf(l, element.initializer), named: element.name });
    builder.begin(after);
  }
  element.store(variable(item));
}
