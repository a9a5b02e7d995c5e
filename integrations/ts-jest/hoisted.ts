/**
 * Before every other transformer ts-jest moves `jest.mock()` and the import of `jest` to the top of the file, before its directives,
 * and does so in the parsed tree itself, whose order then is not that of the text.
 */

import type ts from "typescript";

const byPosition = (a: ts.Node, b: ts.Node): number => a.pos - b.pos;

export class Hoisted {
  /** Where the statements begin that ts-jest has moved to the top, in its order. */
  private readonly starts: readonly number[];

  /** Gives the tree the order of the text again, or where another tree has come of it, its directives the first place. */
  constructor(
    private readonly compiler: typeof ts,
    file: ts.SourceFile,
  ) {
    const given = [...file.statements];
    const inOrderFrom = given.findLastIndex((each, index) => index > 0 && each.pos < given[index - 1]!.pos);
    const statements = file.statements as unknown as ts.Statement[];
    if (compiler.getOriginalNode(file) === file) {
      statements.sort(byPosition);
      this.starts = given.slice(0, Math.max(inOrderFrom, 0)).map((each) => each.getStart(file));
    } else {
      const isInPrologue = (each: ts.Statement): boolean =>
        isDirective(compiler, each) && given.every((other) => each.pos < other.pos || isDirective(compiler, other));
      statements.sort((a, b) => Number(isInPrologue(b)) - Number(isInPrologue(a)));
      this.starts = [];
    }
  }

  /** The file with these statements first again. */
  applyTo(file: ts.SourceFile): ts.SourceFile {
    const { compiler, starts } = this;
    if (starts.length === 0) return file;
    const rank = (each: ts.Statement): number => {
      const place = starts.indexOf(each.pos < 0 ? compiler.getSourceMapRange(each).pos : each.getStart(file));
      return place < 0 ? starts.length : place;
    };
    const statements = [...file.statements].sort((a, b) => rank(a) - rank(b));
    return compiler.factory.updateSourceFile(file, compiler.factory.createNodeArray(statements));
  }
}

function isDirective(compiler: typeof ts, statement: ts.Statement): boolean {
  return compiler.isExpressionStatement(statement) && compiler.isStringLiteral(statement.expression);
}
