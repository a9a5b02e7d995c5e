/** The order of the passes, from text to text. Nothing else knows it. */

import type ts from "typescript";
import type { Placement } from "./analyze/placement.js";
import type { CompiledFunction, CompileResult } from "./chunk.js";
import {
  type Diagnostic,
  earlyError,
  nestsTooDeeply,
  scriptNeedsGlobalRuntime,
  staysNativeBeforeImports,
  staysNativeDirectEval,
  staysNativeDirective,
  staysNativeUnsupported,
  staysNativeWith,
} from "./diagnostics.js";
import { Output } from "./emit/output.js";
import type { PlanInput } from "./emit/planner.js";
import { SourcePrinter } from "./emit/source-printer.js";
import type { Unit } from "./emit/unit.js";
import { planUnit } from "./emit/unit-planner.js";
import { withoutDirectives } from "./emit/without-directives.js";
import { explainFunction } from "./explain.js";
import type { Explanation } from "./explanation.js";
import { faultIn, UnlowerableError } from "./fault.js";
import { isTypeScript } from "./file-kinds.js";
import type { Body } from "./ir/ir.js";
import { edges } from "./ir/successors.js";
import { verify } from "./ir/verifier.js";
import { lowerFunction } from "./lower/function.js";
import { simplifyControlFlow } from "./optimize/control-flow.js";
import { type Options, type ResolvedOptions, resolveOptions } from "./options.js";
import { checkRules } from "./rules/index.js";
import { runsBeforeImports } from "./syntax/before-imports.js";
import { type Bindings, bind } from "./syntax/bindings.js";
import { findDirectives, foreignDirective } from "./syntax/directive.js";
import { findEarlyErrors, findError } from "./syntax/early-errors.js";
import { type LexicalUses, lexicalUses } from "./syntax/lexical.js";
import { modesOf } from "./syntax/modes.js";
import { moduleKind } from "./syntax/module-kind.js";
import { parse } from "./syntax/parse.js";
import type { Variable } from "./syntax/scope.js";
import { type Selection, select } from "./syntax/selection.js";
import { fileOptsIn, findTargets, type Target, titleOf } from "./syntax/targets.js";
import { api } from "./typescript.js";

/**
 * Compiles one file; `parsed` is its tree, as for `parse`. A host that has it says itself what is wrong with TypeScript. Never throws for
 * what a user can write.
 */
export function compile(text: string, options: ResolvedOptions, parsed?: ts.SourceFile): CompileResult {
  // Where there is no TypeScript, that is no fault.
  void api.version;
  try {
    return compileFile(text, options, parsed);
  } catch (error) {
    const { fileName } = options;
    if (error instanceof UnlowerableError) {
      const start = error.node.getStart();
      const place = { fileName, text, start, length: error.node.end - start };
      return untouched(text, [earlyError.at(place, error.message)]);
    }
    if (isStackOverflow(error)) return untouched(text, [nestsTooDeeply.at({ fileName, text, start: 0, length: 0 })]);
    const wrong = errorBehind(text, options, parsed);
    if (wrong) return untouched(text, [wrong]);
    throw faultIn(fileName, error);
  }
}

/** The error of the program's own that made a pass fail. What fails here once more was none. */
function errorBehind(text: string, options: ResolvedOptions, parsed?: ts.SourceFile): Diagnostic | undefined {
  try {
    const { file } = parse(text, options, parsed);
    return file && errorIn(file, options);
  } catch {
    return undefined;
  }
}

/** What no engine takes may be what no pass expects. */
export const errorIn = (file: ts.SourceFile, { module }: ResolvedOptions): Diagnostic | undefined =>
  findError(file, moduleKind(module, file));

/** The engines have no common name for it. */
const isStackOverflow = (error: unknown) =>
  error instanceof Error && /call stack size|too much recursion/.test(error.message);

const untouched = (
  text: string,
  diagnostics: readonly Diagnostic[],
  functions: CompiledFunction[] = [],
): CompileResult => ({ chunks: text === "" ? [] : [{ text, start: 0 }], diagnostics: [...diagnostics], functions });

function compileFile(text: string, options: ResolvedOptions, parsed?: ts.SourceFile): CompileResult {
  const { file, diagnostics: syntax } = parse(text, options, parsed);
  if (!file || syntax.length > 0) return untouched(text, syntax);
  const directives = findDirectives(file);
  const targets = findTargets(file, directives, options);
  const refused = (why: string, problems: readonly Diagnostic[] = []): CompileResult => {
    const functions = targets.map((target) => report(target, file, why));
    return untouched(text, [...directives.diagnostics, ...problems], functions);
  };
  if (directives.diagnostics.some(({ severity }) => severity === "error")) return refused("the file has errors");
  if (!targets.some(({ isOptedIn }) => isOptedIn) && !fileOptsIn(file, directives, options))
    return refused("it is not opted in");
  const kind = moduleKind(options.module, file);
  const selection = select(file, targets, directives, options);
  const isChecked = parsed !== undefined && isTypeScript(file.fileName);
  const early = isChecked ? [] : findEarlyErrors(file, selection, kind, kind === "script" && options.module === "auto");
  if (early.length > 0) return refused("the file has errors", early);
  const { unit, obstacles, findings } = analyze(file, selection, options);
  const problems = [...obstacles.values(), ...findings];
  const functions = targets.map((target) => reportOf(target, unit, obstacles));
  const diagnostics = [...directives.diagnostics, ...problems];
  if (unit.plans.size + unit.consumers.size === 0) return untouched(text, diagnostics, functions);
  const unlinked = linkProblem(file, options);
  if (unlinked) return refused("the runtime cannot be linked", [...problems, unlinked]);
  const output = new Output(text);
  new SourcePrinter(unit, output).print(file);
  return { chunks: withoutDirectives(output.chunks, directives), diagnostics, functions };
}

interface Analysis {
  readonly unit: Unit;
  /** Why functions that are opted in stay native. */
  readonly obstacles: ReadonlyMap<ts.Node, Diagnostic>;
  /** What the optional rules find. */
  readonly findings: readonly Diagnostic[];
}

/** The passes from syntax to the plans of all functions of a file. */
function analyze(file: ts.SourceFile, selection: Selection, options: ResolvedOptions): Analysis {
  const bindings = bind(
    file,
    selection.generators.map(({ node }) => node),
  );
  const inputs: PlanInput[] = [];
  const obstacles = new Map<ts.Node, Diagnostic>();
  for (const target of selection.generators) {
    const lexical = lexicalUses(target.node, bindings);
    const obstacle = obstacleTo(target, lexical, file, options);
    if (obstacle) obstacles.set(target.node, obstacle);
    else inputs.push({ ...target, lexical, ...modesOf(target.words, options), body: lower(target.node, bindings) });
  }
  const findings = checkRules({ file, generators: inputs.map(({ node }) => node) }, options);
  return { unit: planUnit(file, options, bindings, inputs, selection), obstacles, findings };
}

/** Why a function has to stay native. */
function obstacleTo(
  { node }: Target,
  lexical: LexicalUses,
  file: ts.SourceFile,
  { runtime }: ResolvedOptions,
): Diagnostic | undefined {
  const start = (node.name ?? node).getStart(file);
  const end = (node.name ?? node.asteriskToken!).end;
  const place = { fileName: file.fileName, text: file.text, start, length: end - start };
  const name = titleOf(node) || "async function*";
  if (lexical.usesEval) return staysNativeDirectEval.at(place, name);
  if (lexical.usesWith) return staysNativeWith.at(place, name);
  const directive = foreignDirective(node.body);
  if (directive !== undefined) return staysNativeDirective.at(place, name, directive);
  if ("specifier" in runtime && runsBeforeImports(node)) return staysNativeBeforeImports.at(place, name);
  return lexical.misplaced === undefined ? undefined : staysNativeUnsupported.at(place, name, lexical.misplaced);
}

function lower(node: PlanInput["node"], bindings: Bindings): Body {
  const lowered = lowerFunction(node, bindings);
  verify(lowered, "lower");
  const simplified = simplifyControlFlow(lowered);
  verify(simplified, "simplify control flow");
  return simplified;
}

function linkProblem(file: ts.SourceFile, options: ResolvedOptions): Diagnostic | undefined {
  if ("global" in options.runtime || moduleKind(options.module, file) !== "script") return undefined;
  return scriptNeedsGlobalRuntime.at(
    { fileName: file.fileName, text: file.text, start: 0, length: 0 },
    options.runtime.specifier,
  );
}

// --- reports ---

function report({ node }: Target, file: ts.SourceFile, reason?: string): CompiledFunction {
  const start = node.getStart(file);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    name: titleOf(node),
    start,
    line: line + 1,
    column: character + 1,
    rewritten: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    states: 0,
    suspensions: 0,
  };
}

function reportOf(target: Target, unit: Unit, obstacles: Analysis["obstacles"]): CompiledFunction {
  const compiled = unit.plans.get(target.node);
  if (!compiled) return report(target, unit.file, obstacles.get(target.node)?.message ?? "it is not opted in");
  const ways = compiled.body.blocks.flatMap(({ terminator }) => edges(terminator));
  const suspensions = ways.filter(({ suspender }) => suspender).length;
  return { ...report(target, unit.file), states: compiled.states.blocks.length, suspensions };
}

/** Undefined for a file with syntax errors. */
function unitFrom(text: string, given: Options): Unit | undefined {
  const { options } = resolveOptions(given);
  const { file, diagnostics } = parse(text, options);
  if (!file || diagnostics.length > 0) return undefined;
  const directives = findDirectives(file);
  const selection = select(file, findTargets(file, directives, options), directives, options);
  return analyze(file, selection, options).unit;
}

/** What the passes made of each function that is rewritten, before it is printed. */
export function inspect(
  text: string,
  given: Options,
): { name: string; body: Body; placements: ReadonlyMap<Variable, Placement> }[] {
  return [...(unitFrom(text, given)?.plans.values() ?? [])].map(({ functionName, body, layout }) => ({
    name: functionName,
    body,
    placements: layout.placements,
  }));
}

/** What became of each function that is rewritten, in source order. Nothing for a file with syntax errors. */
export function explainAll(text: string, given: Options): Explanation[] {
  const unit = unitFrom(text, given);
  return unit ? [...unit.plans.values()].map((each) => explainFunction(each, unit)) : [];
}

/** The states of one function; undefined where no rewritten function has that name. */
export function explain(text: string, given: Options, functionName: string): Explanation | undefined {
  return explainAll(text, given).find(({ name }) => name === functionName);
}
