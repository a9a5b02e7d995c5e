/**
 * Which variable an identifier means: the scopes of a file, and the references in them. Syntax only. Functions that have
 * nothing to do with those that are rewritten are left out, which is most of a file.
 */

import type ts from "typescript";
import { firstNotBefore } from "../search.js";
import { api } from "../typescript.js";
import { assignedNames } from "./assignment.js";
import { Declarations } from "./declarations.js";
import { boundNames } from "./declared-names.js";
import { allDecoratorsOf, decoratorsOf } from "./decorators.js";
import { hasModifier, isTypeOnly } from "./functions.js";
import { isDirectEval } from "./lexical.js";
import { isReferencePosition } from "./reference-position.js";
import type { Reference, Scope, Variable } from "./scope.js";
import { walk } from "./walk.js";

export interface Bindings {
  /** The variable of a binding occurrence or of a reference; undefined for a free (global) name. */
  variableOf(node: ts.Identifier): Variable | undefined;
  referenceOf(node: ts.Identifier): Reference | undefined;
  /** Whether an identifier is evaluated: a reference, to a free name too. */
  isReference(node: ts.Identifier): boolean;
  /** The scope that a node opens. */
  scopeOf(node: ts.Node): Scope | undefined;
  /** Every identifier reference inside a node, free ones included, in source order. */
  identifiersIn(node: ts.Node): ts.Identifier[];
  /** Whether something in the file assigns a variable of that name, in functions that are left out too. */
  isAssigned(name: string): boolean;
  /** Whether the code of a function may declare further variables: it has a direct `eval`. */
  mayDeclareMore(node: ts.Node): boolean;
}

/** `functions`: those that are rewritten, in source order; without them the whole file counts. */
export function bind(file: ts.SourceFile, functions: readonly ts.Node[] = [file]): Bindings {
  const binder = new Binder(file, outermost(functions));
  binder.file(file);
  return binder;
}

/** Without those inside others. */
function outermost(nodes: readonly ts.Node[]): ts.Node[] {
  const found: ts.Node[] = [];
  for (const node of nodes) if (node.pos >= (found.at(-1)?.end ?? 0)) found.push(node);
  return found;
}

/** Every name that occurs in the file, so that new names can avoid them. */
export function namesIn(file: ts.SourceFile): Iterable<string> {
  return (file as ts.SourceFile & { readonly identifiers: ReadonlyMap<string, string> }).identifiers.keys();
}

/** TypeScript's type of `this`, which stands where a parameter could stand. */
const isThis = (name: ts.BindingName) => api.isIdentifier(name) && name.text === "this";

interface Mention {
  readonly node: ts.Identifier;
  readonly scope: Scope;
  readonly dead: readonly Scope[];
}

class Binder implements Bindings {
  private readonly declarations: Declarations;
  private readonly references = new Map<ts.Identifier, Reference>();
  private readonly identifiers: ts.Identifier[] = [];
  private readonly evaluated = new Set<ts.Identifier>();
  /** Resolved when all is declared: a function in a block declares a variable around it. */
  private readonly unresolved: Mention[] = [];
  /** Scopes whose bindings are not initialized in what is being visited. */
  private dead: readonly Scope[] = [];

  constructor(
    private readonly source: ts.SourceFile,
    private readonly rewritten: readonly ts.Node[],
  ) {
    this.declarations = new Declarations(source);
  }

  variableOf(node: ts.Identifier) {
    return this.declarations.variables.get(node);
  }
  referenceOf(node: ts.Identifier) {
    return this.references.get(node);
  }
  isReference(node: ts.Identifier) {
    return this.evaluated.has(node);
  }
  scopeOf(node: ts.Node) {
    return this.declarations.scopes.get(node);
  }

  identifiersIn(node: ts.Node): ts.Identifier[] {
    this.sort();
    const from = firstNotBefore(this.identifiers, ({ end }) => end <= node.pos);
    const to = firstNotBefore(this.identifiers, ({ end }) => end <= node.end);
    return this.identifiers.slice(from, to);
  }

  private assigned: ReadonlySet<string> | undefined;
  isAssigned(name: string): boolean {
    this.assigned ??= assignedNames(this.source);
    return this.assigned.has(name);
  }

  private readonly evaluating = new Set<ts.Node | undefined>();
  mayDeclareMore(node: ts.Node): boolean {
    return this.evaluating.has(node);
  }

  private sorted = 0;
  private sort() {
    if (this.sorted === this.identifiers.length) return;
    this.identifiers.sort((a, b) => a.end - b.end);
    this.sorted = this.identifiers.length;
  }

  file(file: ts.SourceFile) {
    const scope = this.declarations.open("file", file, undefined, undefined);
    this.declarations.hoistVars(file, scope);
    this.statements(file.statements, scope);
    for (const each of this.unresolved) this.resolve(each);
  }

  private statements(statements: readonly ts.Statement[], scope: Scope) {
    this.declarations.hoistLexical(statements, scope);
    this.declarations.annexB(statements, scope);
    for (const statement of statements) this.visit(statement, scope);
  }

  private readonly visitChildren = (node: ts.Node, scope: Scope): void => {
    api.forEachChild(node, (child) => this.visit(child, scope));
  };

  private visit(root: ts.Node, scope: Scope): void {
    walk(root, (node) => {
      if (api.isIdentifier(node)) {
        if (isReferencePosition(node)) this.refer(node, scope);
        return false;
      }
      if (isTypeOnly(node)) return false;
      if (api.isVariableDeclaration(node)) this.redirectToCatch(node, scope);
      const opened = this.opener(node);
      opened?.(scope);
      return opened === undefined;
    });
  }

  /** What binds the names in a node that opens a scope. */
  private opener(node: ts.Node): ((scope: Scope) => void) | undefined {
    if (api.isFunctionLike(node))
      return (scope) => this.function(node as ts.SignatureDeclaration & { body?: ts.Node }, scope);
    if (api.isClassLike(node)) return (scope) => this.class(node, scope);
    if (api.isBlock(node))
      return (scope) => this.statements(node.statements, this.declarations.open("block", node, scope, scope.owner));
    if (api.isModuleBlock(node)) return (scope) => this.module(node, scope);
    if (api.isEnumDeclaration(node)) return (scope) => this.enum(node, scope);
    if (
      api.isIfStatement(node) &&
      [node.thenStatement, node.elseStatement].some((each) => each && api.isFunctionDeclaration(each))
    )
      return (scope) => this.if(node, scope);
    if (api.isForStatement(node) || api.isForInStatement(node) || api.isForOfStatement(node))
      return (scope) => this.for(node, scope);
    if (api.isSwitchStatement(node)) return (scope) => this.switch(node, scope);
    if (api.isCatchClause(node)) return (scope) => this.catch(node, scope);
    return undefined;
  }

  /** `var e = 1` inside `catch (e)` declares the function's variable but assigns the parameter (§B.3.4). */
  private redirectToCatch(node: ts.VariableDeclaration, scope: Scope) {
    const isVar = api.isVariableDeclarationList(node.parent) && !(node.parent.flags & api.NodeFlags.BlockScoped);
    if (!isVar) return;
    for (const id of boundNames(node.name)) {
      let at: Scope | undefined = scope;
      while (at && at.kind !== "body" && !at.variables.has(id.text)) at = at.parent;
      const variable = at?.variables.get(id.text);
      if (variable?.kind === "catch") this.declarations.variables.set(id, variable);
    }
  }

  private refer(node: ts.Identifier, scope: Scope) {
    this.identifiers.push(node);
    this.evaluated.add(node);
    if (isDirectEval(node.parent)) this.evaluating.add(scope.owner);
    this.unresolved.push({ node, scope, dead: this.dead });
  }

  private resolve({ node, scope, dead }: Mention) {
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const variable = at.variables.get(node.text);
      if (!variable && node.text === "arguments" && at.kind === "parameters" && !api.isArrowFunction(at.node)) return;
      if (!variable) continue;
      const reference: Reference = { node, variable, owner: scope.owner, dead: dead.includes(variable.scope) };
      variable.references.push(reference);
      this.declarations.variables.set(node, variable);
      this.references.set(node, reference);
      return;
    }
  }

  private function(node: ts.SignatureDeclaration & { body?: ts.Node }, scope: Scope, apart = scope) {
    for (const decorator of allDecoratorsOf(node)) this.visit(decorator, apart);
    if (node.name && api.isComputedPropertyName(node.name)) this.visit(node.name, apart);
    if (!this.isConcerned(node)) return;
    let outer = scope;
    if (api.isFunctionExpression(node) && node.name) {
      outer = this.declarations.open("name", node, scope, node);
      this.declarations.declare(outer, node.name, "self");
    }
    const parameters = this.declarations.open("parameters", node, outer, node);
    for (const { name } of node.parameters)
      if (!isThis(name)) this.declarations.declareNames(parameters, name, "parameter");
    for (const { name, initializer } of node.parameters) {
      this.visit(name, parameters);
      if (initializer) this.visit(initializer, parameters);
    }
    if (!node.body) return;
    const body = this.declarations.open("body", node.body, parameters, node);
    if (!api.isBlock(node.body)) return this.visit(node.body, body);
    this.declarations.hoistVars(node.body, body, parameters);
    this.declarations.hoistBlockFunctions(node.body);
    this.statements(node.body.statements, body);
  }

  /** Whether something in a function is rewritten, or the function is part of what is. */
  private isConcerned({ pos, end }: ts.Node): boolean {
    const next = this.rewritten[firstNotBefore(this.rewritten, (each) => each.end <= pos)];
    return next !== undefined && next.pos < end;
  }

  private class(node: ts.ClassLikeDeclaration, scope: Scope) {
    for (const decorator of decoratorsOf(node)) this.visit(decorator, scope);
    // The heritage and the keys may be evaluated apart from the class, in a scope with a variable of the compiler's.
    const apart = this.declarations.open("class", node, scope, scope.owner);
    const inner = this.declarations.open("class", node, scope, scope.owner);
    if (node.name) {
      const outer = this.declarations.variables.get(node.name);
      this.declarations.add(apart, node.name.text, "className", { declarations: [node.name] });
      const variable = this.declarations.add(inner, node.name.text, "className");
      if (!outer) this.declarations.variables.set(node.name, variable);
    }
    for (const clause of node.heritageClauses ?? []) this.visit(clause, apart);
    for (const member of node.members) this.member(member, inner, apart);
  }

  /** Inside an enum its own name and those of its members come first. */
  private enum(node: ts.EnumDeclaration, scope: Scope) {
    const inner = this.declarations.open("class", node, scope, scope.owner);
    for (const { name } of [node, ...node.members]) {
      if (!api.isIdentifier(name) && !api.isStringLiteral(name)) continue;
      this.declarations.add(inner, name.text, "className");
    }
    for (const member of node.members) if (member.initializer) this.visit(member.initializer, inner);
  }

  private member(member: ts.ClassElement, scope: Scope, apart: Scope) {
    if (hasModifier(member, api.SyntaxKind.DeclareKeyword)) return;
    if (api.isClassStaticBlockDeclaration(member)) {
      const body = this.declarations.open("static", member, scope, member);
      this.declarations.hoistVars(member.body, body);
      this.statements(member.body.statements, body);
    } else if (api.isPropertyDeclaration(member)) {
      for (const decorator of decoratorsOf(member)) this.visit(decorator, apart);
      this.visit(member.name, apart);
      if (member.initializer) this.visit(member.initializer, this.declarations.open("static", member, scope, member));
    } else if (api.isFunctionLike(member)) this.function(member, scope, apart);
    else this.visit(member, scope);
  }

  /** A function directly under `if` is in a block of its own (§B.3.3). */
  private if(node: ts.IfStatement, scope: Scope) {
    this.visit(node.expression, scope);
    for (const statement of [node.thenStatement, node.elseStatement]) {
      if (!statement) continue;
      if (api.isFunctionDeclaration(statement))
        this.statements([statement], {
          kind: "block",
          node: statement,
          parent: scope,
          owner: scope.owner,
          variables: new Map(),
        });
      else this.visit(statement, scope);
    }
  }

  private module(node: ts.ModuleBlock, scope: Scope) {
    const inner = this.declarations.open("body", node, scope, node);
    this.declarations.hoistVars(node, inner);
    this.statements(node.statements, inner);
  }

  private for(node: ts.ForStatement | ts.ForInStatement | ts.ForOfStatement, scope: Scope) {
    const inner = this.declarations.open("for", node, scope, scope.owner);
    const head = node.initializer;
    if (head && api.isVariableDeclarationList(head)) this.declarations.hoistList(head, inner);
    if (!api.isForStatement(node)) this.visitHead(node.expression, inner);
    if (head) this.visit(head, inner);
    if (api.isForStatement(node)) {
      if (node.condition) this.visit(node.condition, inner);
      if (node.incrementor) this.visit(node.incrementor, inner);
    }
    this.visit(node.statement, inner);
  }

  /** The expression of for-in and for-of runs in a scope where the loop's own bindings are never initialized (§14.7.5.12). */
  private visitHead(node: ts.Expression, scope: Scope) {
    const around = this.dead;
    this.dead = [...around, scope];
    this.visit(node, scope);
    this.dead = around;
  }

  private switch(node: ts.SwitchStatement, scope: Scope) {
    this.visit(node.expression, scope);
    const inner = this.declarations.open("switch", node, scope, scope.owner);
    const all = node.caseBlock.clauses.flatMap((clause) => [...clause.statements]);
    this.declarations.hoistLexical(all, inner);
    this.declarations.annexB(all, inner);
    for (const clause of node.caseBlock.clauses) this.visitChildren(clause, inner);
  }

  private catch(node: ts.CatchClause, scope: Scope) {
    const inner = this.declarations.open("catch", node, scope, scope.owner);
    if (node.variableDeclaration) {
      this.declarations.declareNames(inner, node.variableDeclaration.name, "catch");
      this.visit(node.variableDeclaration, inner);
    }
    this.visit(node.block, inner);
  }
}
