/**
 * Changes to a tool's configuration that is written in JavaScript or TypeScript. Read with Babel's parser: a fresh
 * project may have no TypeScript with an API, and `init` is what gives it one.
 */

import { parse as parseSource } from "@babel/parser";
import type {
  ArrayExpression,
  CallExpression,
  File,
  Node,
  ObjectExpression,
  ObjectProperty,
  Statement,
} from "@babel/types";
import { babelPlugin } from "./babel.js";
import { jestTransformer, withTransformer } from "./jest.js";

interface Insertion {
  readonly at: number;
  readonly end?: number;
  readonly text: string;
}

/** With the file's own ends of lines. */
function inserted(text: string, insertions: readonly Insertion[]): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const own = (added: string): string => added.replace(/\r?\n/g, newline);
  return [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce((result, { at, end = at, text }) => result.slice(0, at) + own(text) + result.slice(end), text);
}

/** Undefined for what does not parse. */
function parse(text: string): File["program"] | undefined {
  try {
    return parseSource(text, { sourceType: "unambiguous", allowReturnOutsideFunction: true, plugins: ["typescript"] })
      .program;
  } catch {
    return undefined;
  }
}

// Babel has positions for all that it has parsed; its types leave them open.
const startOf = ({ start }: Node): number => start as number;
const endOf = ({ end }: Node): number => end as number;

/** What a configuration file gives to its tool. */
function exported(body: readonly Statement[], text: string): Node | undefined {
  for (const statement of body) {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
    if (statement.type === "TSExportAssignment") return statement.expression;
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (text.slice(startOf(left), endOf(left)) === "module.exports") return right;
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

/** The objects of all nodes; none where one has none that is known. */
function objectsOfAll(nodes: readonly (Node | null | undefined)[], body: readonly Statement[]): ObjectExpression[] {
  const found = nodes.map((each) => objectsIn(each, body));
  return found.every(({ length }) => length > 0) ? [...new Set(found.flat())] : [];
}

/**
 * `{…}`, `defineConfig({…})`, `{…} satisfies Config`, a function that returns it, a constant that holds it, a list: all objects that it may be,
 * as one that depends on the command or the mode is several. None where that is not known.
 */
function objectsIn(node: Node | null | undefined, body: readonly Statement[]): ObjectExpression[] {
  switch (node?.type) {
    case "ObjectExpression":
      return [node];
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return objectsIn(node.expression, body);
    case "ArrayExpression":
      return objectsOfAll(node.elements, body);
    case "ConditionalExpression":
      return objectsOfAll([node.consequent, node.alternate], body);
    case "CallExpression":
      return objectsIn(node.arguments[0], body);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "FunctionDeclaration": {
      if (node.body.type !== "BlockStatement") return objectsIn(node.body, body);
      const { body: own } = node.body;
      return objectsOfAll(own.flatMap(returnedIn), [...own, ...body]);
    }
    case "Identifier":
      return objectsIn(declared(node.name, body), body);
    default:
      return [];
  }
}

const objectIn = (node: Node | null | undefined, body: readonly Statement[]): ObjectExpression | undefined =>
  objectsIn(node, body)[0];

function declared(name: string, body: readonly Statement[]): Node | null | undefined {
  const declarations = body.flatMap((each) => (each.type === "VariableDeclaration" ? each.declarations : []));
  return declarations.find(({ id }) => id.type === "Identifier" && id.name === name)?.init;
}

function nameOf({ key, computed }: ObjectProperty): string | undefined {
  if (key.type === "StringLiteral") return key.value;
  return key.type === "Identifier" && !computed ? key.name : undefined;
}

const propertiesOf = (object: ObjectExpression): ObjectProperty[] =>
  object.properties.filter((each) => each.type === "ObjectProperty");

const property = (object: ObjectExpression, name: string): Node | undefined =>
  propertiesOf(object).find((each) => nameOf(each) === name)?.value;

const has = (object: ObjectExpression, name: string): boolean =>
  object.properties.some((each) => each.type !== "SpreadElement" && "key" in each && nameOf(each as never) === name);

/** What is between `at` and what comes next, where that is on another line. */
const gapAt = (at: number, text: string): string | undefined => /^\s*\n\s*/.exec(text.slice(at))?.[0];

/** On a line of its own where the others are. */
function first(object: ObjectExpression, text: string, added: string): Insertion {
  const at = startOf(object) + 1;
  if (object.properties.length === 0) return { at, text: `\n  ${added},\n` };
  return { at, text: `${gapAt(at, text) ?? " "}${added},` };
}

/** On a line of its own where the others are. */
function firstElement(list: ArrayExpression, text: string, element: string): Insertion {
  const at = startOf(list) + 1;
  if (list.elements.length === 0) return { at, text: element };
  const gap = gapAt(at, text);
  return { at, text: gap ? `${gap}${element},` : `${element}, ` };
}

/** `element` first in `plugins`; undefined where these are made elsewhere. */
function firstPlugin(object: ObjectExpression, text: string, element: string): Insertion | undefined {
  let plugins = property(object, "plugins");
  while (plugins?.type === "TSAsExpression" || plugins?.type === "TSSatisfiesExpression") plugins = plugins.expression;
  if (plugins?.type === "ArrayExpression") return firstElement(plugins, text, element);
  return has(object, "plugins") ? undefined : first(object, text, `plugins: [${element}]`);
}

/** The same in all objects that the program may export; undefined where they are not known. */
function firstPlugins({ body }: File["program"], text: string, element: string): Insertion[] | undefined {
  const entries = objectsIn(exported(body, text), body).map((each) => firstPlugin(each, text, element));
  const known = entries.filter((each) => each !== undefined);
  return known.length > 0 && known.length === entries.length ? known : undefined;
}

/** Where a line that imports something goes: in front of the first statement, and of the JSDoc that says its type. */
function placeOfImports({ body, interpreter, directives }: File["program"]): number {
  const [statement] = body;
  if (!statement) return endOf(directives.at(-1) ?? interpreter ?? ({ end: 0 } as Node));
  const comment = statement.leadingComments?.at(-1);
  const isImport = statement.type === "ImportDeclaration" || statement.type === "VariableDeclaration";
  const isType = !isImport && comment?.type === "CommentBlock" && comment.value.startsWith("*");
  return isType ? (comment.start as number) : startOf(statement);
}

/** With the plugin for `bundler` first in `plugins`; undefined where the file has a form that is not known. */
export function withPlugin(text: string, bundler: string, isModule: boolean): string | undefined {
  const program = parse(text);
  const entries = program && firstPlugins(program, text, "aclose()");
  if (!entries) return undefined;
  const specifier = `"aclose/unplugin/${bundler}"`;
  const link = isModule ? `import aclose from ${specifier};\n` : `const aclose = require(${specifier}).default;\n`;
  return inserted(text, [{ at: placeOfImports(program), text: link }, ...entries]);
}

/** Those of vitest's projects that have neither the plugins of the whole nor this one, as a message names them. */
export function projectsWithout(text: string): string[] {
  const program = parse(text);
  if (!program) return [];
  const whole = objectIn(exported(program.body, text), program.body);
  const test = whole && property(whole, "test");
  const projects = test?.type === "ObjectExpression" ? property(test, "projects") : undefined;
  if (projects?.type !== "ArrayExpression") return [];
  return projects.elements.flatMap((element, index) => {
    const project = objectIn(element, program.body);
    // What is spread into it may bring them.
    if (!project || has(project, "extends") || propertiesOf(project).length < project.properties.length) return [];
    const plugins = property(project, "plugins");
    if (plugins && text.slice(startOf(plugins), endOf(plugins)).includes("aclose")) return [];
    const own = property(project, "test");
    const name = own?.type === "ObjectExpression" ? property(own, "name") : undefined;
    return [name?.type === "StringLiteral" ? `"${name.value}"` : `number ${index + 1}`];
  });
}

/** With the plugin first in Babel's configuration; undefined where the file has a form that is not known. */
export function withBabelPlugin(text: string): string | undefined {
  const program = parse(text);
  const entries = program && firstPlugins(program, text, JSON.stringify(babelPlugin));
  return entries && inserted(text, entries);
}

export const newViteConfig = `import aclose from "aclose/unplugin/vite";

export default {
  plugins: [aclose()],
};
`;

export const jestPattern = "^.+\\.tsx?$";
const astTransformers = `astTransformers: { before: ["${jestTransformer}"] }`;
const jestEntry = JSON.stringify(withTransformer({}));

/** With the transformer in ts-jest's entry; undefined where the file has a form that is not known. */
export function withJestTransform(text: string): string | undefined {
  const program = parse(text);
  if (!program) return undefined;
  const preset = presetCall(program);
  if (preset) return withPresetOption(text, preset);
  const object = objectIn(exported(program.body, text), program.body);
  if (!object) return undefined;
  const transform = property(object, "transform");
  if (!transform)
    return inserted(text, [first(object, text, `transform: { ${JSON.stringify(jestPattern)}: ${jestEntry} }`)]);
  if (transform.type !== "ObjectExpression") return undefined;
  for (const { value } of propertiesOf(transform)) {
    const [name, options] = value.type === "ArrayExpression" ? value.elements : [value];
    if (name?.type !== "StringLiteral" || name.value !== "ts-jest") continue;
    if (!options) return inserted(text, [{ at: startOf(value), end: endOf(value), text: jestEntry }]);
    if (options.type !== "ObjectExpression" || has(options, "astTransformers")) return undefined;
    return inserted(text, [first(options, text, astTransformers)]);
  }
  return undefined;
}

/** `createDefaultPreset()` and its like: what `ts-jest config:init` writes. */
function presetCall(program: Node): CallExpression | undefined {
  return find(
    program,
    (node): node is CallExpression =>
      node.type === "CallExpression" && node.callee.type === "Identifier" && /^create\w*Preset$/.test(node.callee.name),
  );
}

function withPresetOption(text: string, call: CallExpression): string | undefined {
  const [options] = call.arguments;
  if (!options) return inserted(text, [{ at: endOf(call) - 1, text: `{ ${astTransformers} }` }]);
  if (options.type !== "ObjectExpression" || has(options, "astTransformers")) return undefined;
  return inserted(text, [first(options, text, astTransformers)]);
}

/**
 * With the transformer in ts-loader's entry: ts-loader checks the types of what it is given, so it must get the file
 * as it is written. Undefined where there is no ts-loader, or its entry has a form that is not known.
 */
export function withTsLoader(text: string, isModule: boolean): string | undefined {
  const program = parse(text);
  if (!program) return undefined;
  const specifier = '"aclose/ts-loader"';
  const option = `getCustomTransformers: ${isModule ? specifier : `require.resolve(${specifier})`}`;
  const isName = (node: Node): boolean => node.type === "StringLiteral" && node.value === "ts-loader";
  const isEntry = (node: ObjectProperty): boolean => nameOf(node) === "loader" && isName(node.value);
  const rule = find(
    program,
    (node): node is ObjectExpression => node.type === "ObjectExpression" && propertiesOf(node).some(isEntry),
  );
  if (!rule) {
    const found = find(program, (node): node is Node => isName(node));
    const entry = `{ loader: "ts-loader", options: { ${option} } }`;
    return found && inserted(text, [{ at: startOf(found), end: endOf(found), text: entry }]);
  }
  const options = property(rule, "options");
  if (!options)
    return inserted(text, [{ at: endOf(propertiesOf(rule).find(isEntry)!), text: `, options: { ${option} }` }]);
  if (options.type !== "ObjectExpression" || has(options, "getCustomTransformers")) return undefined;
  return inserted(text, [{ at: startOf(options) + 1, text: ` ${option},` }]);
}

/** The first node in the order of the text that `matches`. */
function find<Found extends Node>(node: Node, matches: (node: Node) => node is Found): Found | undefined {
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
