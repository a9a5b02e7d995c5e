/**
 * Where each variable of a body lives: a declaration in one state, a local of the step, a field of the
 * variables object, a field of a scope object that closures capture anew each iteration, or the shell.
 */

import type ts from "typescript";
import type { Body, Instruction } from "../ir/ir.js";
import type { Bindings } from "../syntax/bindings.js";
import { hasParameterExpressions } from "../syntax/declared-names.js";
import type { AsyncGenerator } from "../syntax/functions.js";
import { endOfDeclaration, hasTemporalDeadZone, isCaptured, type Scope, type Variable } from "../syntax/scope.js";
import { isStrict } from "../syntax/strict.js";
import { api } from "../typescript.js";
import type { Liveness } from "./liveness.js";

export type Placement =
  /** Declared by the user's own declaration inside one state. */
  | { readonly kind: "block" }
  /** A `let` of the step function. */
  | { readonly kind: "local" }
  /** Outlives the step: a field of the variables object. */
  | { readonly kind: "frame" }
  /** A field of the object that stands for one entry of its scope. */
  | { readonly kind: "scope"; readonly object: Variable }
  /** A parameter that stays a parameter of the shell around a nested step. */
  | { readonly kind: "shell" }
  /** Only ever the value that the body was resumed with. */
  | { readonly kind: "resumption" }
  /** Never used. */
  | { readonly kind: "unused" };

export interface Layout {
  readonly placements: ReadonlyMap<Variable, Placement>;
  /** Scope objects: the variables that hold them, by scope. */
  readonly scopeObjects: ReadonlyMap<Scope, { readonly variable: Variable; readonly fields: readonly Variable[] }>;
  /** Variables whose scope entry marks them uninitialized, because some use may come before the declaration. */
  readonly checked: ReadonlySet<Variable>;
}

/** `keepsAll`: every named variable goes into the frame, where debuggers and `getAsyncGeneratorLocals` look. */
export function placeVariables(
  node: AsyncGenerator,
  body: Body,
  liveness: Liveness,
  isNested: boolean,
  keepsAll: boolean,
): Layout {
  const placements = new Map<Variable, Placement>();
  const scopeObjects = new Map<Scope, ScopeObject>();
  const declared = declarations(body.blocks.flatMap((block) => block.instructions));
  const resumptions = resumptionsOnly(body);
  const mentions = (variable: Variable) => liveness.mentions.get(variable)?.length ?? 0;

  const outers = functionsInBlocks(body);
  const managed = namedVariables(body).filter(({ kind }) => kind !== "constEnum");
  for (const variable of managed) placements.set(variable, placeUserVariable(variable));
  demoteMixedDeclarations(body, placements, placeUndeclared);
  const checked = new Set(
    managed.filter((variable) => placements.get(variable)?.kind !== "block" && isUsedEarly(variable)),
  );
  for (const variable of checked)
    if (placements.get(variable)!.kind !== "scope") placements.set(variable, { kind: "frame" });
  for (const variable of body.temporaries) placements.set(variable, placeTemporary(variable));
  return { placements, scopeObjects, checked };

  function placeUserVariable(variable: Variable): Placement {
    if (variable.kind === "parameter") return placeParameter(variable);
    if (keepsAll && !(isCaptured(variable) && isInLoop(variable.scope, node)) && !outers.has(variable))
      return { kind: "frame" };
    if (mentions(variable) === 0)
      return variable.kind === "var" || declared.has(variable) ? { kind: "local" } : { kind: "unused" };
    if (outers.has(variable)) return { kind: "frame" };
    const staysDeclared = !keepsAll && mentions(variable) === 1 && declared.has(variable) && isOneBlock(variable.scope);
    return staysDeclared ? { kind: "block" } : placeUndeclared(variable);
  }

  function placeUndeclared(variable: Variable): Placement {
    if (isCaptured(variable) && variable.kind !== "var" && isInLoop(variable.scope, node))
      return placeInScope(variable);
    return { kind: liveness.acrossSuspension.has(variable) || isCaptured(variable) ? "frame" : "local" };
  }

  function placeInScope(variable: Variable): Placement {
    const object = fieldIn(scopeObjects, variable);
    placements.set(object, { kind: "frame" });
    return { kind: "scope", object };
  }

  function placeParameter(variable: Variable): Placement {
    if (mentions(variable) === 0 && !isCaptured(variable) && !keepsAll) return { kind: isNested ? "shell" : "unused" };
    return { kind: isNested ? "shell" : "frame" };
  }

  function placeTemporary(variable: Variable): Placement {
    if (mentions(variable) === 0) return { kind: "unused" };
    if (liveness.acrossSuspension.has(variable)) return { kind: "frame" };
    return { kind: resumptions.has(variable) ? "resumption" : "local" };
  }
}

/** Whether all of the scope may end up in one state: not the rounds of a loop, nor the clauses of a switch. */
const isOneBlock = ({ node, kind }: Scope): boolean => !api.isForStatement(node) && kind !== "switch";

interface ScopeObject {
  readonly variable: Variable;
  readonly fields: Variable[];
}

/** The object that stands for an entry of the variable's scope, which gets a field for it. */
function fieldIn(scopeObjects: Map<Scope, ScopeObject>, variable: Variable): Variable {
  const { scope } = variable;
  let entry = scopeObjects.get(scope);
  if (!entry) {
    const { id } = variable;
    const object: Variable = { id, name: "scope", kind: "temporary", scope, declarations: [], references: [] };
    scopeObjects.set(scope, (entry = { variable: object, fields: [] }));
  }
  entry.fields.push(variable);
  return entry.variable;
}

/** Variables that are initialized by a user's `let` or `const` declaration that can stay one. */
function declarations(instructions: readonly Instruction[]): Set<Variable> {
  const counts = new Map<Variable, number>();
  const count = (variable: Variable) => counts.set(variable, (counts.get(variable) ?? 0) + 1);
  for (const instruction of instructions) {
    if (instruction.kind === "declare" || instruction.kind === "bind") instruction.variables.forEach(count);
    else if (instruction.kind === "assign" && instruction.named !== undefined) count(instruction.target);
  }
  const isLexical = ({ kind }: Variable) => kind === "let" || kind === "const" || kind === "catch";
  return new Set(
    [...counts].filter(([variable, times]) => times === 1 && isLexical(variable)).map(([variable]) => variable),
  );
}

/** A declaration stays one only if all that it binds is declared with it. */
function demoteMixedDeclarations(
  body: Body,
  placements: Map<Variable, Placement>,
  placeUndeclared: (variable: Variable) => Placement,
): void {
  for (const block of body.blocks)
    for (const instruction of block.instructions) {
      if (instruction.kind !== "declare" && instruction.kind !== "bind") continue;
      if (instruction.variables.every((variable) => placements.get(variable)?.kind === "block")) continue;
      for (const variable of instruction.variables)
        if (placements.get(variable)?.kind === "block") placements.set(variable, placeUndeclared(variable));
    }
}

/** Temporaries whose only value is the resumption. */
function resumptionsOnly(body: Body): Set<Variable> {
  const found = new Set<Variable>();
  const others = new Set<Variable>();
  for (const block of body.blocks)
    for (const instruction of block.instructions)
      if (instruction.kind === "assign")
        (instruction.value.kind === "resumption" ? found : others).add(instruction.target);
  for (const region of body.regions) {
    others.add(region.value);
    if (region.completion) others.add(region.completion);
  }
  for (const variable of others) found.delete(variable);
  return found;
}

/** Whether a scope can be entered again while a closure still holds what an earlier entry bound. */
function isInLoop(scope: Scope, within: ts.Node): boolean {
  for (let at: ts.Node = scope.node; at !== within; at = at.parent)
    if (api.isIterationStatement(at, false)) return true;
  return false;
}

const namedVariables = ({ scopes }: Body): Variable[] =>
  [...scopes].flatMap(({ variables }) => [...variables.values()]);

/** Variables that a function in a block assigns too: must not go by the same name as that function. */
function functionsInBlocks(body: Body): Set<Variable> {
  return new Set(namedVariables(body).filter((variable) => variable.isOuter));
}

/** Whether some use may come before the declaration was evaluated. */
function isUsedEarly(variable: Variable): boolean {
  return variable.references.some((reference) => mayBeUninitialized(reference.node, variable));
}

/** Whether this reference may run before the variable's declaration does. */
export function mayBeUninitialized(node: ts.Identifier, variable: Variable): boolean {
  const declaration = variable.declarations[0];
  if (!declaration || !hasTemporalDeadZone(variable)) return false;
  if (variable.scope.kind === "switch")
    return clauseOf(node) !== clauseOf(declaration) || node.pos < endOfDeclaration(declaration);
  if (node.pos >= endOfDeclaration(declaration)) return isInHoistedFunction(node, variable);
  return true;
}

/** A function declaration can be called before the code above it has run. */
function isInHoistedFunction(node: ts.Node, variable: Variable): boolean {
  for (let at: ts.Node = node; at !== variable.scope.node && at.parent; at = at.parent)
    if (api.isFunctionDeclaration(at)) return true;
  return false;
}

function clauseOf(node: ts.Node): ts.Node | undefined {
  let at: ts.Node = node;
  while (at.parent && !api.isCaseOrDefaultClause(at)) at = at.parent;
  return at;
}

/** Parameters that must stay shared with closures or `arguments` keep the step nested in the function. */
export function sharesParameters(node: AsyncGenerator, bindings: Bindings, usesArguments: boolean): boolean {
  if (usesArguments && !isStrict(node) && isSimple(node)) return true;
  if (!hasParameterExpressions(node)) return false;
  return node.parameters.some((parameter) =>
    bindings.identifiersIn(parameter).some((id) => {
      const reference = bindings.referenceOf(id);
      return reference !== undefined && reference.owner !== node && reference.variable.scope.node === node;
    }),
  );
}

function isSimple(node: AsyncGenerator): boolean {
  return node.parameters.every(
    (parameter) => api.isIdentifier(parameter.name) && !parameter.initializer && !parameter.dotDotDotToken,
  );
}
