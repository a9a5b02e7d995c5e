/** What a configuration that is written in JavaScript or TypeScript gives to its tool, as far as the text tells. */

import { parse as parseSource } from "@babel/parser";
import type { CallExpression, File, Node, ObjectExpression, ObjectProperty, Statement } from "@babel/types";

function parseFile(text: string): File | undefined {
  try {
    return parseSource(text, { sourceType: "unambiguous", allowReturnOutsideFunction: true, plugins: ["typescript"] });
  } catch {
    return undefined;
  }
}

/** Undefined for what does not parse. */
export const parse = (text: string): File["program"] | undefined => parseFile(text)?.program;

/** The names that a statement gives to what it imports or requires of aclose. */
function namesOfAclose(statement: Statement, text: string): string[] {
  if (!/["']aclose\//.test(text.slice(startOf(statement), endOf(statement)))) return [];
  if (statement.type === "ImportDeclaration") return statement.specifiers.map(({ local }) => local.name);
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
}

/** Without comments, and without an import of aclose that nothing uses: such does nothing. */
export function liveText(text: string): string {
  const file = parseFile(text);
  if (!file) return text;
  const without = (from: string, { start, end }: Pick<Node, "start" | "end">): string =>
    from.slice(0, start as number) +
    from.slice(start as number, end as number).replace(/./g, " ") +
    from.slice(end as number);
  const bare = (file.comments ?? []).reduce(without, text);
  const unused = file.program.body.filter((statement) => {
    const others = without(bare, statement);
    const names = namesOfAclose(statement, text).map((name) => name.replaceAll("$", "\\$"));
    return names.length > 0 && !new RegExp(`(?<![\\w$])(?:${names.join("|")})(?![\\w$])`).test(others);
  });
  return unused.reduce(without, bare);
}

/** What a file calls the plugin that it imports from there; undefined where it does not. */
export const nameOfPlugin = ({ body }: File["program"], specifier: string, text: string): string | undefined =>
  body
    .filter((statement) => text.slice(startOf(statement), endOf(statement)).includes(specifier))
    .flatMap((statement) => namesOfAclose(statement, text))[0];

// Babel has positions for all that it has parsed; its types leave them open.
export const startOf = ({ start }: Node): number => start as number;
export const endOf = ({ end }: Node): number => end as number;

/** What a configuration file gives to its tool. */
function exported(body: readonly Statement[], text: string): Node | undefined {
  for (const statement of body) {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
    if (statement.type === "TSExportAssignment") return statement.expression;
    if (statement.type === "ExportNamedDeclaration")
      for (const each of statement.specifiers)
        if (each.type === "ExportSpecifier" && text.slice(startOf(each.exported), endOf(each.exported)) === "default")
          return each.local;
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (["module.exports", "exports.default"].includes(text.slice(startOf(left), endOf(left)))) return right;
  }
  return undefined;
}

const functions = [
  "ArrowFunctionExpression",
  "FunctionExpression",
  "FunctionDeclaration",
  "ObjectMethod",
  "ClassMethod",
];

/** What the function around a statement may return there. */
function returnedIn(node: Node): (Node | null | undefined)[] {
  if (node.type === "ReturnStatement") return [node.argument];
  if (functions.includes(node.type)) return [];
  const parts = Object.values(node).flat() as (Node | null | undefined)[];
  return parts.flatMap((each) => (typeof each?.type === "string" ? returnedIn(each) : []));
}

/** Where a value is written, and the statements around it, which declare the names in it. */
export interface Found<Value extends Node> {
  readonly node: Value;
  readonly scope: readonly Statement[];
}

type Kind = "ObjectExpression" | "ArrayExpression";
type OfKind<Name extends Kind> = Extract<Node, { type: Name }>;

/** The values of all nodes; none where one has none that is known. */
function valuesOfAll<Name extends Kind>(
  nodes: readonly (Node | null | undefined)[],
  scope: readonly Statement[],
  kind: Name,
): Found<OfKind<Name>>[] {
  const found = nodes.map((each) => valuesIn(each, scope, kind));
  if (found.some(({ length }) => length === 0)) return [];
  const all = found.flat();
  return all.filter(({ node }, index) => all.findIndex((each) => each.node === node) === index);
}

/** Those that merge configurations, as Vite's and webpack's. */
const isMerging = (callee: Node): boolean => callee.type === "Identifier" && callee.name.startsWith("merge");
const keepsItems = ["filter", "concat", "flat"];

/** What a call gives on: of lists all or some of what they hold, of objects the first; of what it merges, the first that is known. */
function valuesInCall<Name extends Kind>(
  { callee, arguments: given }: CallExpression,
  scope: readonly Statement[],
  kind: Name,
): Found<OfKind<Name>>[] {
  if (kind === "ArrayExpression") {
    if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return [];
    return keepsItems.includes(callee.property.name) ? valuesIn(callee.object, scope, kind) : [];
  }
  // `Object.assign` and its like put what comes later over it.
  if (callee.type === "MemberExpression" && given.length > 1) return [];
  const candidates = isMerging(callee) ? given : given.slice(0, 1);
  return candidates.map((each) => valuesIn(each, scope, kind)).find(({ length }) => length > 0) ?? [];
}

/**
 * `{…}`, `defineConfig({…})`, `{…} satisfies Config`, a function that returns it, a constant that holds it, a list: all objects that it may be,
 * as one that depends on the command or the mode is several; and lists in the same forms. None where that is not known.
 */
export function valuesIn<Name extends Kind>(
  node: Node | null | undefined,
  scope: readonly Statement[],
  kind: Name,
): Found<OfKind<Name>>[] {
  if (node?.type === kind) return [{ node: node as OfKind<Name>, scope }];
  switch (node?.type) {
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSTypeAssertion":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
      return valuesIn(node.expression, scope, kind);
    case "ArrayExpression":
      return valuesOfAll(node.elements, scope, kind);
    case "ConditionalExpression":
      return valuesOfAll([node.consequent, node.alternate], scope, kind);
    case "LogicalExpression":
      return valuesOfAll(node.operator === "&&" ? [node.right] : [node.left, node.right], scope, kind);
    case "CallExpression":
      return valuesInCall(node, scope, kind);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "FunctionDeclaration": {
      if (node.body.type !== "BlockStatement") return valuesIn(node.body, scope, kind);
      const { body: own } = node.body;
      return valuesOfAll(own.flatMap(returnedIn), [...own, ...scope], kind);
    }
    case "Identifier":
      return valuesIn(declared(node.name, scope), scope, kind);
    default:
      return [];
  }
}

/** All objects that the program may give to its tool. */
export const configurationsIn = ({ body }: File["program"], text: string): Found<ObjectExpression>[] =>
  valuesIn(exported(body, text), body, "ObjectExpression");

/** Undefined where it is another value later. */
function declared(name: string, scope: readonly Statement[]): Node | null | undefined {
  const isName = (node: Node): boolean => node.type === "Identifier" && node.name === name;
  const isAssigned = (node: Node): node is Node => node.type === "AssignmentExpression" && isName(node.left);
  const declarations = scope.flatMap((each) => (each.type === "VariableDeclaration" ? each.declarations : []));
  const functions = scope.filter((each) => each.type === "FunctionDeclaration");
  const found = declarations.find(({ id }) => isName(id))?.init ?? functions.find(({ id }) => id != null && isName(id));
  return scope.some((each) => find(each, isAssigned)) ? undefined : found;
}

export function nameOf({ key, computed }: ObjectProperty): string | undefined {
  if (key.type === "StringLiteral") return key.value;
  return key.type === "Identifier" && !computed ? key.name : undefined;
}

export const propertiesOf = (object: ObjectExpression): ObjectProperty[] =>
  object.properties.filter((each) => each.type === "ObjectProperty");

export const property = (object: ObjectExpression, name: string): Node | undefined =>
  propertiesOf(object).find((each) => nameOf(each) === name)?.value;

export const has = (object: ObjectExpression, name: string): boolean =>
  object.properties.some((each) => each.type !== "SpreadElement" && "key" in each && nameOf(each as never) === name);

/** Whether an object has the property, or may have it from what is spread into it. */
export function mayHave({ node, scope }: Found<ObjectExpression>, name: string): boolean {
  const spread = node.properties.flatMap((each) => (each.type === "SpreadElement" ? [each.argument] : []));
  const sources = spread.map((each) => valuesIn(each, scope, "ObjectExpression"));
  return has(node, name) || sources.some((each) => each.length === 0 || each.some((source) => mayHave(source, name)));
}

/** The first node in the order of the text that `matches`. */
export function find<Found extends Node>(node: Node, matches: (node: Node) => node is Found): Found | undefined {
  if (matches(node)) return node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      const isNode = typeof child?.type === "string" && typeof child.start === "number";
      const found = isNode && !child.type.startsWith("Comment") ? find(child as Node, matches) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}
