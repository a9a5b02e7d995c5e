/** Decides, for each function that is rewritten, its form, where its step stands, and every name. */

import type ts from "typescript";
import { findDeadSlots, noDeadSlots } from "../analyze/dead-slots.js";
import { analyzeLiveness } from "../analyze/liveness.js";
import { findLoopLocals } from "../analyze/loop-locals.js";
import { type Layout, type Placement, placeVariables, sharesParameters } from "../analyze/placement.js";
import { numberStates } from "../analyze/states.js";
import { Uses } from "../analyze/uses.js";
import type { Body } from "../ir/ir.js";
import type { ResolvedOptions } from "../options.js";
import type { Bindings } from "../syntax/bindings.js";
import { decoratorsOf } from "../syntax/decorators.js";
import { type AsyncGenerator, isAlsoExpression, isAsyncGenerator } from "../syntax/functions.js";
import { isArguments, keepsThis, type LexicalUses } from "../syntax/lexical.js";
import type { Modes } from "../syntax/modes.js";
import { moduleKind } from "../syntax/module-kind.js";
import type { Variable } from "../syntax/scope.js";
import { evaluatedKey, namingKey } from "../syntax/targets.js";
import { contains, isWithin, walk } from "../syntax/walk.js";
import { api } from "../typescript.js";
import type { Place } from "./place.js";
import type { Form, NamedVariable, Plan, PlanNames } from "./plan.js";
import { positionsOf } from "./positions.js";
import { stepContainer } from "./step-container.js";
import { UniqueNames } from "./unique-names.js";

export interface PlanInput extends Modes {
  readonly node: AsyncGenerator;
  readonly name: string;
  readonly body: Body;
  readonly lexical: LexicalUses;
}

/** What the functions of a file are planned with, one after the other. */
export interface Planning {
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
  readonly names: UniqueNames;
  /** What the runtime is called in the output. */
  readonly runtime: string;
  readonly module: ResolvedOptions["module"];
  readonly debug: boolean;
  readonly positions: boolean;
  readonly isTarget: (node: ts.Node) => boolean;
  /** Grows with each function: those inside another see what that has. */
  readonly places: Map<Variable, Place>;
  /** As `Unit` has them; they grow too. */
  readonly replacements: Map<ts.Node, string>;
}

export function plan(input: PlanInput, planning: Planning): Plan {
  const { node, name, body, lexical } = input;
  const { bindings } = planning;
  const form = formOf(node, lexical, planning);
  const mustNest =
    bindings.scopeOf(node.body)!.variables.has("arguments") ||
    lexical.usesSuper ||
    lexical.usesPrivateNames ||
    sharesParameters(node, bindings, lexical.usesArguments);
  const container = mustNest ? undefined : stepContainer(node, bindings, planning.isTarget);
  const isStatic = container !== undefined;
  const names = namesFor(name, node, planning.names);
  const uses = new Uses(body, bindings);
  const liveness = analyzeLiveness(body, uses);
  const layout = placeVariables(node, body, liveness, !isStatic, planning.debug);
  const captures = isStatic ? capture(node, lexical, names, planning) : [];
  const assigned = assignPlaces(node, layout, names, captures, planning);
  for (const [variable, place] of assigned.places) planning.places.set(variable, place);
  placeSelf(node, names, planning);
  const states = numberStates(body);
  const modes = unusualModes(input, planning.runtime);
  const positions = planning.positions ? [`positions: ${JSON.stringify(positionsOf(node, states))}`] : [];
  return {
    node,
    form,
    body,
    states,
    layout,
    deadSlots: planning.debug ? noDeadSlots : findDeadSlots(body, uses, liveness, layout),
    loopLocals: planning.debug ? new Map() : findLoopLocals(body, bindings, liveness, layout),
    lexical,
    isFused: input.ticks === "fused",
    isStatic,
    captures,
    functionName: name,
    names,
    fields: assigned.fields,
    locals: assigned.locals,
    ...keyFor(form, node, planning),
    list: container,
    modes: objectLiteral(modes),
    options: objectLiteral([...modes, ...positions]),
  };
}

/** The modes that differ from the defaults. */
function unusualModes({ close, ticks }: Modes, runtime: string): string[] {
  return [
    ...(close === "interrupt" ? ['close: "interrupt"'] : []),
    ...(ticks === "fused" ? [`fused: ${runtime}.fused`] : []),
  ];
}

const objectLiteral = (properties: readonly string[]): string | undefined =>
  properties.length > 0 ? `{ ${properties.join(", ")} }` : undefined;

/** A key that is a literal needs no evaluation. */
function keyFor(form: Form, node: AsyncGenerator, { bindings, names }: Planning): Pick<Plan, "key" | "keepsKey"> {
  const isMember = form === "method" || form === "property";
  const name = isMember ? evaluatedKey(node.name as ts.PropertyName) : form === "keyed" && namingKey(node);
  if (!name) return { keepsKey: false };
  return isAsyncIterator(name.expression, bindings)
    ? { key: "Symbol.asyncIterator", keepsKey: false }
    : { key: names.fresh("key$"), keepsKey: true };
}

/** It cannot be written (§20.4.2.1), so a second look finds the same. Type checkers know by its own name what can be iterated. */
const isAsyncIterator = (key: ts.Expression, bindings: Bindings): boolean =>
  key.getText() === "Symbol.asyncIterator" &&
  !bindings.referenceOf((key as ts.PropertyAccessExpression).expression as ts.Identifier);

// --- form ---

function formOf(node: AsyncGenerator, lexical: LexicalUses, planning: Planning): Form {
  if (api.isFunctionDeclaration(node)) return isHoistedByEngine(node, planning) ? "declaration" : "hoisted";
  if (api.isFunctionExpression(node)) return namingKey(node) ? "keyed" : "expression";
  if (api.isPrivateIdentifier(node.name) && decoratorsOf(node).length === 0) return "private";
  if (api.isObjectLiteralExpression(node.parent) && !lexical.usesSuper && !usesSuperInParameters(node))
    return "property";
  return "method";
}

function usesSuperInParameters(node: AsyncGenerator): boolean {
  return node.parameters.some((parameter) => contains(parameter, ({ kind }) => kind === api.SyntaxKind.SuperKeyword));
}

/**
 * Modules can call each other's functions before either has run, so there a function declaration stays one. So it
 * does where no statement list begins in front of it.
 */
function isHoistedByEngine(node: ts.FunctionDeclaration, planning: Planning): boolean {
  if (api.isSourceFile(node.parent))
    return api.isExternalModule(planning.file) || moduleKind(planning.module, planning.file) === "esm";
  return !api.isBlock(node.parent) && !api.isCaseOrDefaultClause(node.parent);
}

// --- names ---

function namesFor(name: string, node: AsyncGenerator, names: UniqueNames): PlanNames {
  const base = identifierFrom(name) || "generator";
  const isNested = api.findAncestor(node.parent, isAsyncGenerator) !== undefined;
  const own = (text: string): string => {
    if (!isNested && !names.has(text)) return text;
    // Its step may stand inside that of another, and see what that has.
    names.take(text);
    return names.fresh(text);
  };
  return {
    core: own("$"),
    variables: own("v"),
    state: own("s"),
    completion: own("c"),
    result: own("r"),
    error: own("e"),
    dispatch: own("dispatch"),
    step: names.fresh(`${base}$step`),
    constructor: names.fresh(`${base}$vars`),
    definition: names.fresh(`${base}$`),
  };
}

function identifierFrom(name: string): string {
  const clean = name.replace(/^#/, "").replace(/[^\p{ID_Continue}$]/gu, "_");
  return /^\p{ID_Start}|^[$_]/u.test(clean) ? clean : clean && `_${clean}`;
}

// --- places ---

/** What objects inherit gives no field its name: `__proto__` sets the prototype, and others cannot be set where that is frozen. */
const inherited =
  "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__".split(
    " ",
  );

interface Assigned {
  readonly places: ReadonlyMap<Variable, Place>;
  readonly fields: readonly NamedVariable[];
  readonly locals: readonly NamedVariable[];
}

function assignPlaces(
  node: AsyncGenerator,
  layout: Layout,
  names: PlanNames,
  captures: Plan["captures"],
  planning: Planning,
): Assigned {
  const { names: unique } = planning;
  const places = new Map<Variable, Place>();
  const fields: NamedVariable[] = [];
  const locals: NamedVariable[] = [];
  const outer = outerNames(node, layout, planning);
  const used = new UniqueNames(["arguments", "let"]);
  const usedFields = new UniqueNames([...captures.map(({ name }) => name), ...inherited]);
  const mayBe = (variable: Variable, name: string) =>
    name === variable.name ? !isDefinedInBlock(variable) : !unique.has(name);
  const nameOf = (variable: Variable) =>
    used.fresh(baseName(variable), (name) => !outer.has(name) && mayBe(variable, name));
  const scopeField = (name: string) => (inherited.includes(name) ? unique.fresh(name) : name);
  const place = (variable: Variable, placement: Placement): void => {
    switch (placement.kind) {
      case "block":
        return void places.set(variable, { kind: "name", name: nameOf(variable), isDeclared: true });
      case "local": {
        const name = nameOf(variable);
        locals.push({ variable, name });
        return void places.set(variable, { kind: "name", name, isDeclared: false });
      }
      case "frame": {
        const name = usedFields.fresh(baseName(variable));
        fields.push({ variable, name });
        return void places.set(variable, { kind: "field", object: names.variables, field: name });
      }
      case "scope":
        return void places.set(variable, { kind: "scope", object: placement.object, field: scopeField(variable.name) });
      case "shell":
        used.take(variable.name);
        return void places.set(variable, { kind: "name", name: variable.name, isDeclared: false });
      case "resumption":
        return void places.set(variable, { kind: "value", text: `${names.core}.value` });
      case "unused":
        return void places.set(variable, { kind: "unused" });
    }
  };
  const inOrder = [...layout.placements].sort(([, one], [, other]) => order[one.kind] - order[other.kind]);
  for (const [variable, placement] of inOrder) place(variable, placement);
  return { places, fields, locals };
}

/** Who cannot give way to another of its name comes first. */
const order: Record<Placement["kind"], number> = {
  shell: 0,
  frame: 1,
  local: 2,
  scope: 3,
  block: 4,
  resumption: 5,
  unused: 6,
};

/** What stays a declaration stands in a block of its own, which hides a variable of its name. */
function isDefinedInBlock({ kind, declarations }: Variable): boolean {
  const node = declarations[0]?.parent;
  return kind === "enum" || (node !== undefined && api.isClassDeclaration(node) && !isAlsoExpression(node));
}

const baseName = (variable: Variable) => (variable.kind === "temporary" ? `$${variable.name}` : variable.name);

/** Names in the body that mean something outside it, which no local may hide. */
function outerNames(node: AsyncGenerator, layout: Layout, { bindings, places }: Planning): Set<string> {
  const found = new Set<string>();
  for (const id of bindings.identifiersIn(node)) {
    const variable = bindings.variableOf(id);
    if (
      variable &&
      variable.kind !== "constEnum" &&
      (layout.placements.has(variable) || (variable.scope.node !== node && isWithin(variable.scope.node, node)))
    )
      continue;
    found.add(id.text);
    const place = variable && places.get(variable);
    if (place?.kind === "name") found.add(place.name);
  }
  return found;
}

/** A function expression's own name means the function object. */
function placeSelf(node: AsyncGenerator, names: PlanNames, { bindings, places }: Planning): void {
  const self = api.isFunctionExpression(node) && node.name ? bindings.variableOf(node.name) : undefined;
  if (self) places.set(self, { kind: "value", text: `${names.core}.self` });
}

/** Outside the function, `this` and `arguments` are fields of the frame. */
function capture(
  node: AsyncGenerator,
  lexical: LexicalUses,
  names: PlanNames,
  { bindings, replacements }: Planning,
): Plan["captures"] {
  const captures: { name: string; value: string }[] = [];
  if (lexical.usesThis) captures.push({ name: "$this", value: "this" });
  if (lexical.usesArguments) captures.push({ name: "$arguments", value: "arguments" });
  const visit = (at: ts.Node): boolean => {
    if (!keepsThis(at.parent, at)) return false;
    if (at.kind === api.SyntaxKind.ThisKeyword) replacements.set(at, `${names.variables}.$this`);
    else if (isArguments(at, bindings)) replacements.set(at, `${names.variables}.$arguments`);
    return true;
  };
  if (captures.length > 0) for (const statement of node.body.statements) walk(statement, visit);
  return captures;
}
