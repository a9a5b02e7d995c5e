/** The lines of a source file as HTML, with its keywords, literals and comments marked. */

import type ts from "typescript";
import { typescript as api } from "../transformer/index.js";
import { escaped } from "./svg.js";

type Span = { readonly start: number; readonly end: number; readonly className: string };

export function highlight(text: string, fileName: string): string[] {
  const file = api.createSourceFile(fileName, text, api.ScriptTarget.Latest, true);
  const spans = spansIn(file);
  let html = "";
  let at = 0;
  for (const { start, end, className } of spans) {
    if (start < at) continue;
    html += escaped(text.slice(at, start));
    // A span that runs over several lines is closed and opened at each line's end.
    html += text
      .slice(start, end)
      .split(/\r\n|[\n\r]/)
      .map((line) => `<span class="${className}">${escaped(line)}</span>`)
      .join("\n");
    at = end;
  }
  return (html + escaped(text.slice(at))).split(/\r\n|[\n\r]/);
}

function spansIn(file: ts.SourceFile): Span[] {
  const spans: Span[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getChildCount(file) > 0) return node.getChildren(file).forEach(visit);
    const start = node.getStart(file);
    for (const { pos, end } of api.getLeadingCommentRanges(file.text, node.pos) ?? [])
      spans.push({ start: pos, end, className: "tok-comment" });
    for (const { pos, end } of api.getTrailingCommentRanges(file.text, node.end) ?? [])
      spans.push({ start: pos, end, className: "tok-comment" });
    const className = classOf(node.kind);
    if (className) spans.push({ start, end: node.end, className });
  };
  visit(file);
  return spans.sort((one, other) => one.start - other.start);
}

function classOf(kind: ts.SyntaxKind): string | undefined {
  const { SyntaxKind: Kind } = api;
  if (kind >= Kind.FirstKeyword && kind <= Kind.LastKeyword) return "tok-keyword";
  if (kind === Kind.NumericLiteral || kind === Kind.BigIntLiteral) return "tok-number";
  const isText = kind === Kind.StringLiteral || kind === Kind.RegularExpressionLiteral;
  if (isText || (kind >= Kind.FirstTemplateToken && kind <= Kind.LastTemplateToken)) return "tok-string";
  return undefined;
}
