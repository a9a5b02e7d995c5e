/** What TypeScript makes of the paths of `import()` and `require()` under `rewriteRelativeImportExtensions`. */

import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

/** TypeScript's own helper for paths that only the running program knows; its types leave it out. */
interface Helpers {
  getEmitHelperFactory(): { createRewriteRelativeImportExtensionsHelper(path: ts.Expression): ts.Expression };
}

/**
 * The file with the paths rewritten in all compiled statements: TypeScript looks for those calls by their places in the text,
 * which compiled statements have left.
 */
export function rewriteImportCalls(
  ts: TypeScript,
  file: ts.SourceFile,
  context: ts.TransformationContext,
): ts.SourceFile {
  const { factory } = context;
  const { rewriteRelativeImportExtensions, jsx } = context.getCompilerOptions();
  if (!rewriteRelativeImportExtensions) return file;
  const keepsJsx = jsx === ts.JsxEmit.Preserve;
  const rewritten = (path: ts.Expression): ts.Expression =>
    ts.isStringLiteral(path)
      ? ts.setTextRange(factory.createStringLiteral(outputOf(path.text, keepsJsx)), path)
      : (context as unknown as Helpers).getEmitHelperFactory().createRewriteRelativeImportExtensionsHelper(path);
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(visited) || !isImport(ts, visited, file)) return visited;
    const { expression, typeArguments } = visited;
    const [path, ...rest] = visited.arguments;
    return factory.updateCallExpression(visited, expression, typeArguments, [rewritten(path!), ...rest]);
  };
  const statements = file.statements.map((each) => (each.pos < 0 ? (visit(each) as ts.Statement) : each));
  return factory.updateSourceFile(file, ts.setTextRange(factory.createNodeArray(statements), file.statements));
}

/** Where TypeScript writes what it compiles of a relative path; of any other, and of a declaration, the path itself. */
function outputOf(path: string, keepsJsx: boolean): string {
  if (!/^\.\.?\//.test(path) || /\.d\.(?:[^/]+\.)?[cm]?ts$/i.test(path)) return path;
  return path.replace(/\.(?:(tsx)|([cm]?)ts)$/i, (_, tsx?: string, kind = "") =>
    tsx && keepsJsx ? ".jsx" : `.${kind}js`,
  );
}

function isImport(ts: TypeScript, call: ts.CallExpression, file: ts.SourceFile): boolean {
  const { expression } = call;
  if (call.arguments.length === 0) return false;
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  const isJavaScript = (file.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  return isJavaScript && call.arguments.length === 1 && ts.isIdentifier(expression) && expression.text === "require";
}
