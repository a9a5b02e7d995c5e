/** Changes to a tool's configuration that is written in JavaScript or TypeScript. */

import type ts from "typescript";
import { typescript as api } from "../../../transformer/index.js";

interface Insertion {
  readonly at: number;
  readonly end?: number;
  readonly text: string;
}

function inserted(text: string, insertions: readonly Insertion[]): string {
  return [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce((result, { at, end = at, text }) => result.slice(0, at) + text + result.slice(end), text);
}

function parse(text: string, name: string): ts.SourceFile {
  return api.createSourceFile(name, text, api.ScriptTarget.Latest, true);
}

/** The object that a configuration file gives to its tool; undefined where it is made in some other way. */
function configObject(file: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  for (const statement of file.statements) {
    if (api.isExportAssignment(statement)) return objectIn(statement.expression, file);
    if (!api.isExpressionStatement(statement) || !api.isBinaryExpression(statement.expression)) continue;
    const { left, right } = statement.expression;
    if (left.getText(file) === "module.exports") return objectIn(right, file);
  }
  return undefined;
}

/** `{…}`, `defineConfig({…})`, `{…} satisfies Config`, a function that returns it, or a constant that holds it. */
function objectIn(node: ts.Expression | undefined, file: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  if (!node) return undefined;
  if (api.isObjectLiteralExpression(node)) return node;
  if (api.isParenthesizedExpression(node) || api.isAsExpression(node) || api.isSatisfiesExpression(node))
    return objectIn(node.expression, file);
  if (api.isCallExpression(node)) return objectIn(node.arguments[0], file);
  if (api.isArrowFunction(node)) {
    if (!api.isBlock(node.body)) return objectIn(node.body, file);
    return objectIn(node.body.statements.find(api.isReturnStatement)?.expression, file);
  }
  if (!api.isIdentifier(node)) return undefined;
  const declarations = file.statements
    .filter(api.isVariableStatement)
    .flatMap((each) => [...each.declarationList.declarations]);
  return objectIn(declarations.find(({ name }) => name.getText(file) === node.text)?.initializer, file);
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find(
    (each) => each.name && api.isPropertyName(each.name) && textOf(each.name) === name,
  );
  return found && api.isPropertyAssignment(found) ? found.initializer : undefined;
}

const textOf = (name: ts.PropertyName): string => (api.isComputedPropertyName(name) ? "" : name.text);

const first = (object: ts.ObjectLiteralExpression, text: string): Insertion => ({
  at: object.getStart() + 1,
  text: object.properties.length > 0 ? `\n  ${text},` : `\n  ${text},\n`,
});

/** With the plugin for `bundler` first in `plugins`; undefined where the file has a form that is not known. */
export function withPlugin(text: string, fileName: string, bundler: string, isModule: boolean): string | undefined {
  const file = parse(text, fileName);
  const object = configObject(file);
  if (!object) return undefined;
  const plugins = property(object, "plugins");
  if (plugins && !api.isArrayLiteralExpression(plugins)) return undefined;
  const entry = plugins
    ? { at: plugins.getStart() + 1, text: plugins.elements.length > 0 ? "aclose(), " : "aclose()" }
    : first(object, "plugins: [aclose()]");
  const specifier = `"aclose/unplugin/${bundler}"`;
  const link = isModule ? `import aclose from ${specifier};\n` : `const aclose = require(${specifier}).default;\n`;
  const shebang = /^#!.*\n/.exec(text)?.[0].length ?? 0;
  return inserted(text, [{ at: file.statements[0]?.getStart(file) ?? shebang, text: link }, entry]);
}

export const newViteConfig = `import aclose from "aclose/unplugin/vite";

export default {
  plugins: [aclose()],
};
`;

export const jestPattern = "^.+\\.tsx?$";
export const jestTransform = ["ts-jest", { astTransformers: { before: ["aclose/ts-jest"] } }];

/** With the transformer in ts-jest's entry; undefined where the file has a form that is not known. */
export function withJestTransform(text: string, fileName: string): string | undefined {
  const object = configObject(parse(text, fileName));
  if (!object) return undefined;
  const transform = property(object, "transform");
  const entry = JSON.stringify(jestTransform);
  if (!transform) return inserted(text, [first(object, `transform: { ${JSON.stringify(jestPattern)}: ${entry} }`)]);
  if (!api.isObjectLiteralExpression(transform)) return undefined;
  for (const each of transform.properties) {
    if (!api.isPropertyAssignment(each)) continue;
    const { initializer } = each;
    if (api.isStringLiteral(initializer) && initializer.text === "ts-jest")
      return inserted(text, [{ at: initializer.getStart(), end: initializer.end, text: entry }]);
    if (!api.isArrayLiteralExpression(initializer) || initializer.elements.length > 2) continue;
    const [name, options] = initializer.elements;
    if (!name || !api.isStringLiteral(name) || name.text !== "ts-jest") continue;
    if (!options) return inserted(text, [{ at: initializer.getStart(), end: initializer.end, text: entry }]);
    if (!api.isObjectLiteralExpression(options) || property(options, "astTransformers")) return undefined;
    return inserted(text, [first(options, 'astTransformers: { before: ["aclose/ts-jest"] }')]);
  }
  return undefined;
}

/**
 * With the transformer in ts-loader's entry: ts-loader checks the types of what it is given, so it must get the file
 * as it is written. Undefined where there is no ts-loader, or its entry has a form that is not known.
 */
export function withTsLoader(text: string, fileName: string, isModule: boolean): string | undefined {
  const file = parse(text, fileName);
  const specifier = '"aclose/ts-loader"';
  const option = `getCustomTransformers: ${isModule ? specifier : `require.resolve(${specifier})`}`;
  const found = tsLoaderName(file);
  if (!found) return undefined;
  const { parent } = found;
  const isNamed = api.isPropertyAssignment(parent) && textOf(parent.name) === "loader";
  if (!isNamed)
    return inserted(text, [
      { at: found.getStart(), end: found.end, text: `{ loader: "ts-loader", options: { ${option} } }` },
    ]);
  const options = property(parent.parent, "options");
  if (!options) return inserted(text, [{ at: parent.end, text: `, options: { ${option} }` }]);
  if (!api.isObjectLiteralExpression(options)) return undefined;
  return inserted(text, [{ at: options.getStart() + 1, text: ` ${option},` }]);
}

function tsLoaderName(node: ts.Node): ts.StringLiteral | undefined {
  if (api.isStringLiteral(node) && node.text === "ts-loader") return node;
  return api.forEachChild(node, tsLoaderName);
}
