/**
 * Changes to a tool's configuration that is written in JavaScript or TypeScript. Read with Babel's parser: a fresh
 * project may have no TypeScript with an API, and `init` is what gives it one.
 */

import type { ArrayExpression, CallExpression, File, Node, ObjectExpression, ObjectProperty } from "@babel/types";
import { babelPlugin } from "./babel.js";
import {
  configurationsIn,
  endOf,
  type Found,
  find,
  has,
  mayHave,
  nameOf,
  nameOfPlugin,
  parse,
  propertiesOf,
  property,
  startOf,
  valuesIn,
} from "./config-values.js";
import { entryOver, jestTransformer, withTransformer } from "./jest.js";
import { valueAt } from "./json.js";

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

/** `element` first in all that `plugins` may be; none where these are made elsewhere. */
function firstPlugin(found: Found<ObjectExpression>, text: string, element: string): Insertion[] {
  const plugins = property(found.node, "plugins");
  if (plugins)
    return valuesIn(plugins, found.scope, "ArrayExpression").map(({ node }) => firstElement(node, text, element));
  return mayHave(found, "plugins") ? [] : [first(found.node, text, `plugins: [${element}]`)];
}

/** Whether a list is put in place of the one that an object has, with nothing of that in it. */
function replacesPlugins(program: File["program"], text: string): boolean {
  const replaces = (node: Node): node is Node =>
    node.type === "AssignmentExpression" &&
    /[.[]["']?plugins["']?\]?$/.test(text.slice(startOf(node.left), endOf(node.left))) &&
    node.operator === "=" &&
    !/\bplugins\b/.test(text.slice(startOf(node.right), endOf(node.right)));
  return find(program, replaces) !== undefined;
}

/** The same in all objects that the program may export; undefined where they are not known. */
function firstPlugins(program: File["program"], text: string, element: string): Insertion[] | undefined {
  if (replacesPlugins(program, text)) return undefined;
  const entries = configurationsIn(program, text).map((each) => firstPlugin(each, text, element));
  if (entries.length === 0 || entries.some(({ length }) => length === 0)) return undefined;
  // Several may have one list.
  return [...new Map(entries.flat().map((each) => [each.at, each])).values()];
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
  if (!program) return undefined;
  const specifier = `"aclose/unplugin/${bundler}"`;
  const name = nameOfPlugin(program, specifier.slice(1, -1), text);
  const entries = firstPlugins(program, text, `${name ?? "aclose"}()`);
  if (!entries || name) return entries && inserted(text, entries);
  const link = isModule ? `import aclose from ${specifier};\n` : `const aclose = require(${specifier}).default;\n`;
  return inserted(text, [{ at: placeOfImports(program), text: link }, ...entries]);
}

/** What may lower generators, as plugins for Rollup are called. */
const lowering = /\b(?:babel|buble|esbuild|sucrase|swc|ts|typescript2?)\b/i;

/** Those in `plugins` before this one, which have Rollup's own order there. */
export function loweringFirst(text: string): string[] {
  const program = parse(text);
  if (!program) return [];
  const lists = configurationsIn(program, text).flatMap(({ node, scope }) =>
    valuesIn(property(node, "plugins"), scope, "ArrayExpression"),
  );
  return lists.flatMap(({ node }) => {
    const calls = node.elements.flatMap((each) => (each?.type === "CallExpression" ? [each.callee] : []));
    const names = calls.map((callee) => text.slice(startOf(callee), endOf(callee)));
    return names.slice(0, Math.max(names.indexOf("aclose"), 0)).filter((name) => lowering.test(name));
  });
}

/** Those of vitest's projects that have neither the plugins of the whole nor this one, as a message names them. */
export function projectsWithout(text: string): string[] {
  const program = parse(text);
  if (!program) return [];
  const tests = configurationsIn(program, text).map(({ node }) => property(node, "test"));
  const test = tests.find((each) => each !== undefined);
  const projects = test?.type === "ObjectExpression" ? property(test, "projects") : undefined;
  if (projects?.type !== "ArrayExpression") return [];
  return projects.elements.flatMap((element, index) => {
    const [{ node: project } = {}] = valuesIn(element, program.body, "ObjectExpression");
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

const astTransformers = `astTransformers: { before: ["${jestTransformer}"] }`;
const jestEntry = JSON.stringify(withTransformer({}));

/** With the transformer in ts-jest's entry; undefined where the file has a form that is not known. */
export function withJestTransform(text: string): string | undefined {
  const program = parse(text);
  if (!program) return undefined;
  const call = presetCall(program);
  if (call) return withPresetOption(text, call);
  const [found] = configurationsIn(program, text);
  if (!found) return undefined;
  const transform = property(found.node, "transform");
  const preset = property(found.node, "preset");
  const [pattern, given] = entryOver(preset?.type === "StringLiteral" ? preset.value : undefined);
  const added = `transform: { ${JSON.stringify(pattern)}: ${JSON.stringify(withTransformer(given))} }`;
  if (!transform) return mayHave(found, "transform") ? undefined : inserted(text, [first(found.node, text, added)]);
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

/** Whether Jest's configuration is one of several projects, which take no `transform` from it. */
export function hasProjects(file: string, text: string): boolean {
  if (file.endsWith(".json")) return valueAt(text, [...(file === "package.json" ? ["jest"] : []), "projects"]) != null;
  const program = parse(text);
  return program !== undefined && configurationsIn(program, text).some(({ node }) => has(node, "projects"));
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
