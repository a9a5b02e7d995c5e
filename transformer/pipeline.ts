/** The order of the passes, from text to text. Nothing else knows it. */

import type ts from "typescript";
import type { Placement } from "./analyze/placement.js";
import type { Chunk, CompiledFunction, CompileResult } from "./chunk.js";
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
import { cellsOf, type Plan } from "./emit/plan.js";
import { type PlanInput, plan } from "./emit/planner.js";
import { scriptSuffix } from "./emit/script-suffix.js";
import { SourcePrinter } from "./emit/source-printer.js";
import { statementIn } from "./emit/step-container.js";
import { UniqueNames } from "./emit/unique-names.js";
import type { Unit } from "./emit/unit.js";
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
import { firstNotBefore } from "./search.js";
import { runsBeforeImports } from "./syntax/before-imports.js";
import { type Bindings, bind, namesIn } from "./syntax/bindings.js";
import { canBeCalled } from "./syntax/consumers.js";
import { type Directives, type DirectiveWord, findDirectives, foreignDirective } from "./syntax/directive.js";
import { findEarlyErrors, findError } from "./syntax/early-errors.js";
import { type LexicalUses, lexicalUses } from "./syntax/lexical.js";
import { moduleKind } from "./syntax/module-kind.js";
import { parse } from "./syntax/parse.js";
import type { Variable } from "./syntax/scope.js";
import { type Selection, select } from "./syntax/selection.js";
import { fileOptsIn, fileWords, findTargets, type Target, titleOf } from "./syntax/targets.js";
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
    const { file } = parse(text, options, parsed);
    const wrong = file && errorIn(file, options);
    if (wrong) return untouched(text, [wrong]);
    throw faultIn(fileName, error);
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
  const { unit, obstacles, findings } = analyze(file, selection, directives, options);
  const problems = [...obstacles.values(), ...findings];
  const functions = targets.map((target) => reportOf(target, unit, obstacles));
  const diagnostics = [...directives.diagnostics, ...problems];
  if (unit.plans.size + unit.consumers.size === 0) return untouched(text, diagnostics, functions);
  const unlinked = linkProblem(file, options);
  if (unlinked) return refused("the runtime cannot be linked", [...problems, unlinked]);
  const output = new Output(text);
  new SourcePrinter(unit, output).print(file);
  return { chunks: dropDirectives(output, directives), diagnostics, functions };
}

interface Analysis {
  readonly unit: Unit;
  /** Why functions that are opted in stay native. */
  readonly obstacles: ReadonlyMap<ts.Node, Diagnostic>;
  /** What the optional rules find. */
  readonly findings: readonly Diagnostic[];
}

/** The passes from syntax to the plans of all functions of a file. */
function analyze(
  file: ts.SourceFile,
  selection: Selection,
  directives: Directives,
  options: ResolvedOptions,
): Analysis {
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
  const { ticks } = modesOf(fileWords(file, directives), options);
  return { unit: unitOf(file, options, bindings, inputs, selection, ticks === "fused"), obstacles, findings };
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

/** Directive words count before options, the innermost first. */
function modesOf(words: readonly DirectiveWord[], options: ResolvedOptions): Pick<PlanInput, "close" | "ticks"> {
  return {
    close: words.findLast((word) => word === "interrupt" || word === "queue") ?? options.close,
    ticks: words.findLast((word) => word === "spec" || word === "fused") ?? options.ticks,
  };
}

function lower(node: PlanInput["node"], bindings: Bindings): Body {
  const lowered = lowerFunction(node, bindings);
  verify(lowered, "lower");
  const simplified = simplifyControlFlow(lowered);
  verify(simplified, "simplify control flow");
  return simplified;
}

function unitOf(
  file: ts.SourceFile,
  options: ResolvedOptions,
  bindings: Bindings,
  inputs: readonly PlanInput[],
  { loops, starts }: Selection,
  isFused: boolean,
): Unit {
  const isScript = moduleKind(options.module, file) === "script";
  const names = new UniqueNames(namesIn(file), isScript ? scriptSuffix(file) : "");
  const runtime = names.unsuffixed("global" in options.runtime ? options.runtime.global : "$aclose");
  const nodes = new Set<ts.Node>(inputs.map(({ node }) => node));
  const places: Unit["places"] = new Map();
  const replacements: Unit["replacements"] = new Map();
  const planning = {
    file,
    bindings,
    names,
    runtime,
    module: options.module,
    debug: options.debug,
    positions: options.positions,
    isTarget: (node: ts.Node) => nodes.has(node),
  };
  const any = options.annotate && isTypeScript(file.fileName) ? ": any" : "";
  const plans = inputs.map((input) => plan(input, planning, places, replacements));
  return {
    file,
    any,
    text: file.text,
    options,
    bindings,
    names,
    runtime,
    places,
    replacements,
    consumers: new Map(
      loops.map((node) => {
        // Of what a closure assigns, a type checker knows nothing after it; and a stack does not show who waits for a callback.
        const isCalled = any === "" && !options.debug && canBeCalled(node);
        const [reader, error] = isCalled ? ["loop", "item"] : ["reader", "error"];
        return [node, { isCalled, reader: names.fresh(reader), error: names.fresh(error), isFused }];
      }),
    ),
    plans: new Map(plans.map((each) => [each.node, each])),
    rewritten: starts,
    holes: new Map(inputs.flatMap(({ body }) => [...body.holes])),
    heads: group(plans, headOf),
    tails: group(
      plans.filter((each) => each.isStatic),
      (each) => statementIn(each.list!, each.node),
    ),
    methods: plans.filter((each) => cellsOf(each).length > 0),
    homes: group(
      plans.filter((each) => each.form === "method"),
      (each) => each.node.parent,
    ),
    methodsField: names.unsuffixed("#methods"),
  };
}

/** The list that a plan's definition stands in front of. */
function headOf(each: Plan): ts.Node | undefined {
  const isDeclared = each.form === "declaration" || each.form === "hoisted";
  if (!isDeclared && cellsOf(each).length === 0) return undefined;
  for (let at: ts.Node = each.node.parent; ; at = at.parent) {
    if (api.isCaseBlock(at)) return at.parent;
    if (api.isSourceFile(at) || api.isBlock(at) || api.isModuleBlock(at)) return at;
    if (api.isArrowFunction(at) && !api.isBlock(at.body) && each.node.pos >= at.body.pos) return at;
  }
}

function group(plans: readonly Plan[], keyOf: (each: Plan) => ts.Node | undefined): Map<ts.Node, Plan[]> {
  const groups = new Map<ts.Node, Plan[]>();
  for (const each of plans) {
    const key = keyOf(each);
    const members = key && groups.get(key);
    if (members) members.push(each);
    else if (key) groups.set(key, [each]);
  }
  return groups;
}

function linkProblem(file: ts.SourceFile, options: ResolvedOptions): Diagnostic | undefined {
  if ("global" in options.runtime || moduleKind(options.module, file) !== "script") return undefined;
  return scriptNeedsGlobalRuntime.at(
    { fileName: file.fileName, text: file.text, start: 0, length: 0 },
    options.runtime.specifier,
  );
}

/** A directive has done its work; what is left of it would compile the output again. */
function dropDirectives(output: Output, directives: Directives): Chunk[] {
  const nodes = [...directives.byOwner.values()].flat().map(({ node }) => node);
  nodes.sort((one, other) => one.pos - other.pos);
  const left: Chunk[] = [];
  for (const chunk of output.chunks)
    if (chunk.start < 0) left.push(chunk);
    else left.push(...without(nodes, chunk));
  return left;
}

/** A slice of the source without those of the nodes that are in it. */
function without(nodes: readonly ts.Node[], slice: Chunk): Chunk[] {
  const end = slice.start + slice.text.length;
  let index = firstNotBefore(nodes, (node) => node.getStart() < slice.start);
  if (index === nodes.length || nodes[index]!.end > end) return [slice];
  const pieces: Chunk[] = [];
  let start = slice.start;
  const keep = (to: number) => {
    if (to > start) pieces.push({ start, text: slice.text.slice(start - slice.start, to - slice.start) });
  };
  for (; index < nodes.length && nodes[index]!.end <= end; index++) {
    keep(nodes[index]!.getStart());
    start = nodes[index]!.end;
  }
  keep(end);
  return pieces;
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
  return analyze(file, selection, directives, options).unit;
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
