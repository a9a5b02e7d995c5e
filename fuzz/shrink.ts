/** Makes a failing program smaller while it still fails: drops statements, and puts parts in the place of wholes. */

import ts from "typescript";
import type { Driver } from "../test/support/drivers.js";

type Fails = (source: string, driver: Driver) => Promise<boolean>;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const apply = (source: string, { start, end, text }: Edit): string => source.slice(0, start) + text + source.slice(end);

const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile("program.js", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);

/** A loop that no longer asks for fuel could run for ever, natively too. */
function endsAlways(file: ts.SourceFile): boolean {
  let ends = true;
  let loops = 0;
  const visit = (node: ts.Node): void => {
    const condition = ts.isForStatement(node)
      ? node.condition
      : ts.isWhileStatement(node) || ts.isDoStatement(node)
        ? node.expression
        : undefined;
    const isLoop = ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node);
    if (isLoop) loops++;
    if (isLoop && !condition?.getText().startsWith("fuel()")) ends = false;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return loops === 0 || (ends && file.text.replace(/\s/g, "").includes("fuel=()=>fuelLeft-->0"));
}

/** Smaller statements that can stand for a statement: its blocks, without their braces or with them. */
function partsOfStatement(node: ts.Statement): string[] {
  const blocks: string[] = [];
  const take = (child: ts.Node | undefined): void => {
    if (!child) return;
    if (ts.isBlock(child)) blocks.push(child.statements.map((each) => each.getText()).join("\n"), child.getText());
    else if (ts.isStatement(child)) blocks.push(child.getText());
  };
  if (ts.isTryStatement(node)) [node.tryBlock, node.catchClause?.block, node.finallyBlock].forEach(take);
  else if (ts.isIfStatement(node)) [node.thenStatement, node.elseStatement].forEach(take);
  else if (ts.isBlock(node) || ts.isLabeledStatement(node) || ts.isIterationStatement(node, false))
    take(ts.isBlock(node) ? node : node.statement);
  else if (ts.isSwitchStatement(node))
    blocks.push(...node.caseBlock.clauses.map((clause) => clause.statements.map((each) => each.getText()).join("\n")));
  return blocks;
}

function statementEdits(node: ts.Statement): Edit[] {
  const [start, end] = [node.getStart(), node.getEnd()];
  const edits: Edit[] = ["", ...partsOfStatement(node)].map((text) => ({ start, end, text }));
  if (ts.isTryStatement(node) && node.catchClause && node.finallyBlock) {
    edits.push({ start: node.catchClause.getStart(), end: node.catchClause.getEnd(), text: "" });
    edits.push({ start: node.catchClause.getEnd(), end, text: "" });
  }
  if (ts.isIfStatement(node) && node.elseStatement) edits.push({ start: node.thenStatement.getEnd(), end, text: "" });
  if (ts.isLabeledStatement(node)) edits.push({ start, end, text: node.statement.getText() });
  return edits;
}

/** Subexpressions and small literals in the place of an expression. */
function expressionEdits(node: ts.Expression): Edit[] {
  const [start, end] = [node.getStart(), node.getEnd()];
  const texts = new Set<string>();
  ts.forEachChild(node, (child) => {
    if (ts.isExpression(child)) texts.add(child.getText());
  });
  for (const literal of ["1", "null", "[]", "{}"]) if (node.getText().length > literal.length) texts.add(literal);
  return [...texts].flatMap((text) => [
    { start, end, text },
    { start, end, text: `(${text})` },
  ]);
}

/** One of a list, with its comma. */
function elementEdits(list: ts.NodeArray<ts.Node>): Edit[] {
  return list.map((element, index) => {
    const next = list[index + 1];
    const start = next || index === 0 ? element.getStart() : list[index - 1]!.getEnd();
    return { start, end: next ? next.getStart() : element.getEnd(), text: "" };
  });
}

function listsOf(node: ts.Node): ts.NodeArray<ts.Node>[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.arguments ? [node.arguments] : [];
  if (ts.isArrayLiteralExpression(node) || ts.isArrayBindingPattern(node) || ts.isObjectBindingPattern(node))
    return [node.elements];
  if (ts.isObjectLiteralExpression(node)) return [node.properties];
  if (ts.isFunctionLike(node)) return [node.parameters];
  return [];
}

/** Everything that could be tried, the largest first. */
function editsOf(file: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) || ts.isClassElement(node))
      edits.push(
        ...(ts.isStatement(node) ? statementEdits(node) : [{ start: node.getStart(), end: node.getEnd(), text: "" }]),
      );
    else if (ts.isExpression(node) && !ts.isIdentifier(node)) edits.push(...expressionEdits(node));
    if (ts.isCaseOrDefaultClause(node)) edits.push({ start: node.getStart(), end: node.getEnd(), text: "" });
    if (ts.isTemplateSpan(node))
      edits.push({ start: node.getStart(), end: node.getEnd(), text: node.literal.getText() });
    if ((ts.isBindingElement(node) || ts.isParameter(node) || ts.isVariableDeclaration(node)) && node.initializer) {
      edits.push({ start: node.name.getEnd(), end: node.initializer.getEnd(), text: "" });
    }
    for (const list of listsOf(node)) edits.push(...elementEdits(list));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits.sort((a, b) => b.end - b.start - b.text.length - (a.end - a.start - a.text.length));
}

/** Fewer requests, all awaited, with simpler values. */
function simplerDrivers(driver: Driver): Driver[] {
  if (!("requests" in driver)) return [];
  const { requests } = driver;
  const variants = requests.flatMap((request, index) => [
    requests.toSpliced(index, 1),
    ...(request.wait ? [] : [requests.with(index, { ...request, wait: true })]),
    ...(request.value === "nothing" ? [] : [requests.with(index, { ...request, value: "nothing" })]),
    ...(request.method === "next" ? [] : [requests.with(index, { ...request, method: "next" })]),
  ]);
  return variants
    .filter((each) => each.length > 0)
    .map((each) => ({
      name: each.map(({ method, value, wait }) => `${method}:${value}${wait ? "" : "!"}`).join(" "),
      requests: each,
    }));
}

/** The smallest program and driver found. `report` hears of each that is smaller than the one before. */
export async function shrink(
  source: string,
  driver: Driver,
  fails: Fails,
  report: (source: string, driver: Driver) => void,
  deadline: number,
): Promise<void> {
  let best = { source, driver };
  const accept = async (candidate: typeof best): Promise<boolean> => {
    if (performance.now() > deadline || !(await fails(candidate.source, candidate.driver))) return false;
    best = candidate;
    report(best.source, best.driver);
    return true;
  };
  for (let progress = true; progress && performance.now() < deadline; ) {
    progress = false;
    for (const simpler of simplerDrivers(best.driver))
      if (await accept({ ...best, driver: simpler })) {
        progress = true;
        break;
      }
    const tried = new Set<string>();
    for (const edit of editsOf(parse(best.source))) {
      const candidate = apply(best.source, edit);
      if (candidate.length >= best.source.length || tried.has(candidate)) continue;
      tried.add(candidate);
      if (endsAlways(parse(candidate)) && (await accept({ ...best, source: candidate }))) {
        progress = true;
        break;
      }
    }
  }
}
