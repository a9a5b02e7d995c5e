/** Which variable an identifier means: scopes, declarations and references of a whole file. Syntax only. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { hasModifier, isFunctionBoundary, isTypeOnly } from "./functions.js";
import type { Reference, Scope, ScopeKind, Variable, VariableKind } from "./scope.js";
import { firstNotBefore } from "./search.js";
import { isStrict } from "./strict.js";
import { isUsing } from "./suspension.js";
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
  /** Every name that occurs in the file, so that new names can avoid them. */
  readonly names: ReadonlySet<string>;
}

export function bind(file: ts.SourceFile): Bindings {
  const binder = new Binder();
  binder.file(file);
  return binder;
}

interface Mention {
  readonly node: ts.Identifier;
  readonly scope: Scope;
  readonly dead: readonly Scope[];
}

class Binder implements Bindings {
  readonly names = new Set<string>();
  private readonly scopes = new Map<ts.Node, Scope>();
  private readonly variables = new Map<ts.Identifier, Variable>();
  private readonly references = new Map<ts.Identifier, Reference>();
  private readonly identifiers: ts.Identifier[] = [];
  private readonly evaluated = new Set<ts.Identifier>();
  /** Resolved when all is declared: a function in a block declares a variable around it. */
  private readonly unresolved: Mention[] = [];
  /** Scopes whose bindings are not initialized in what is being visited. */
  private dead: readonly Scope[] = [];
  private nextId = 0;

  variableOf(node: ts.Identifier) {
    return this.variables.get(node);
  }
  referenceOf(node: ts.Identifier) {
    return this.references.get(node);
  }
  isReference(node: ts.Identifier) {
    return this.evaluated.has(node);
  }
  scopeOf(node: ts.Node) {
    return this.scopes.get(node);
  }

  identifiersIn(node: ts.Node): ts.Identifier[] {
    this.sort();
    const from = firstNotBefore(this.identifiers, ({ end }) => end <= node.pos);
    const to = firstNotBefore(this.identifiers, ({ end }) => end <= node.end);
    return this.identifiers.slice(from, to);
  }

  private sorted = 0;
  private sort() {
    if (this.sorted === this.identifiers.length) return;
    this.identifiers.sort((a, b) => a.end - b.end);
    this.sorted = this.identifiers.length;
  }

  file(file: ts.SourceFile) {
    const scope = this.open("file", file, undefined, undefined);
    this.hoistVars(file, scope);
    this.statements(file.statements, scope);
    for (const each of this.unresolved) this.resolve(each);
  }

  private open(kind: ScopeKind, node: ts.Node, parent: Scope | undefined, owner: ts.Node | undefined): Scope {
    const scope: Scope = { kind, node, parent, owner, variables: new Map() };
    if (!this.scopes.has(node) || kind === "body") this.scopes.set(node, scope);
    return scope;
  }

  private declare(scope: Scope, id: ts.Identifier, kind: VariableKind, startsAs?: Variable): Variable {
    let variable = scope.variables.get(id.text);
    if (!variable) {
      variable = { id: this.nextId++, name: id.text, kind, scope, declarations: [], references: [], startsAs };
      scope.variables.set(id.text, variable);
    }
    if (!variable.declarations.includes(id)) variable.declarations.push(id);
    this.variables.set(id, variable);
    this.names.add(id.text);
    return variable;
  }

  private declareNames(scope: Scope, name: ts.BindingName, kind: VariableKind) {
    for (const id of boundNames(name)) this.declare(scope, id, kind);
  }

  // --- declarations ---

  /** Hoists `var` declarations of one function's code into its scope. */
  private hoistVars(root: ts.Node, scope: Scope, parameters?: Scope) {
    walk(root, (node) => {
      if (node === root) return true;
      if (
        isFunctionBoundary(node) ||
        isTypeOnly(node) ||
        api.isPropertyDeclaration(node) ||
        api.isModuleDeclaration(node)
      )
        return false;
      if (api.isVariableDeclarationList(node) && !(node.flags & api.NodeFlags.BlockScoped))
        for (const declaration of node.declarations)
          for (const id of boundNames(declaration.name)) this.declareVar(scope, id, parameters);
      return true;
    });
  }

  private declareVar(scope: Scope, id: ts.Identifier, parameters: Scope | undefined) {
    const parameter = parameters?.variables.get(id.text);
    if (!parameter) this.declare(scope, id, "var");
    else if (hasParameterExpressions(parameters!.node)) this.declare(scope, id, "var", parameter);
    else this.declare(parameters!, id, "parameter");
  }

  /** Declares what a statement list binds for its block. */
  private hoistLexical(statements: readonly ts.Statement[], scope: Scope) {
    for (const statement of statements) {
      if (isTypeOnly(statement)) continue;
      if (api.isVariableStatement(statement)) this.hoistList(statement.declarationList, scope);
      else if (declaredFunction(statement)) this.hoistFunction(declaredFunction(statement)!, scope);
      else if (api.isClassDeclaration(statement) && statement.name) this.declare(scope, statement.name, "class");
      else if (api.isEnumDeclaration(statement))
        this.declare(scope, statement.name, hasModifier(statement, api.SyntaxKind.ConstKeyword) ? "constEnum" : "enum");
      else if (api.isModuleDeclaration(statement) && api.isIdentifier(statement.name))
        this.declare(scope, statement.name, "var");
      else if (api.isImportDeclaration(statement)) this.hoistImport(statement, scope);
      else if (api.isImportEqualsDeclaration(statement)) this.declare(scope, statement.name, "import");
    }
  }

  private hoistList(list: ts.VariableDeclarationList, scope: Scope) {
    if (!(list.flags & api.NodeFlags.BlockScoped)) return;
    const kind = isUsing(list) ? "using" : list.flags & api.NodeFlags.Const ? "const" : "let";
    for (const declaration of list.declarations) this.declareNames(scope, declaration.name, kind);
  }

  private hoistFunction(node: ts.FunctionDeclaration, scope: Scope) {
    if (!node.name || !node.body) return;
    if (scope.kind === "body" && scope.parent?.kind === "parameters") {
      const parameter = scope.parent.variables.get(node.name.text);
      if (parameter && !hasParameterExpressions(scope.parent.node)) {
        this.declare(scope.parent, node.name, "parameter");
        return;
      }
    }
    this.declare(scope, node.name, "function");
  }

  private hoistImport(node: ts.ImportDeclaration, scope: Scope) {
    const clause = node.importClause;
    if (clause?.name) this.declare(scope, clause.name, "import");
    const bindings = clause?.namedBindings;
    if (bindings && api.isNamespaceImport(bindings)) this.declare(scope, bindings.name, "import");
    else if (bindings) for (const element of bindings.elements) this.declare(scope, element.name, "import");
  }

  private annexB(statements: readonly ts.Statement[], scope: Scope) {
    for (const statement of statements) {
      const declared = declaredFunction(statement);
      if (declared && this.blockFunctions.has(declared)) this.assignOuter(declared, scope);
    }
  }

  /** A function in a block also assigns a `var` of that name, in sloppy code, where no `let` is in the way (§B.3.2.1). */
  private assignOuter(node: ts.FunctionDeclaration, scope: Scope) {
    if (!node.name || node.asteriskToken || hasModifier(node, api.SyntaxKind.AsyncKeyword)) return;
    const name = node.name.text;
    let at: Scope | undefined = scope.parent;
    while (at && at.kind !== "body" && at.kind !== "file" && at.kind !== "static") {
      if (at.variables.has(name) && at.kind !== "catch") return;
      at = at.parent;
    }
    if (!at || at.kind === "file") return;
    const existing = at.variables.get(name) ?? at.parent?.variables.get(name);
    if (existing && existing.scope.owner === at.owner) {
      if (existing.kind !== "var" && existing.kind !== "function") return;
      this.variables.get(node.name)!.outer = existing;
      existing.isOuter = true;
      return;
    }
    const outer: Variable = {
      id: this.nextId++,
      name,
      kind: "var",
      scope: at,
      declarations: [],
      references: [],
      isOuter: true,
    };
    at.variables.set(name, outer);
    this.variables.get(node.name)!.outer = outer;
  }

  private hoistBlockFunctions(root: ts.Node) {
    if (isStrict(root)) return;
    const collect = (statement: ts.Statement) => {
      const declared = declaredFunction(statement);
      if (declared) this.blockFunctions.add(declared);
    };
    walk(root, (node) => {
      if (node === root) return true;
      if (isFunctionBoundary(node) || isTypeOnly(node)) return false;
      if (api.isBlock(node) || api.isCaseOrDefaultClause(node))
        for (const statement of node.statements) collect(statement);
      if (api.isIfStatement(node))
        for (const statement of [node.thenStatement, node.elseStatement]) if (statement) collect(statement);
      return true;
    });
  }
  private readonly blockFunctions = new Set<ts.FunctionDeclaration>();

  // --- references ---

  private statements(statements: readonly ts.Statement[], scope: Scope) {
    this.hoistLexical(statements, scope);
    this.annexB(statements, scope);
    for (const statement of statements) this.visit(statement, scope);
  }

  private readonly visitChildren = (node: ts.Node, scope: Scope): void => {
    api.forEachChild(node, (child) => this.visit(child, scope));
  };

  private visit(root: ts.Node, scope: Scope): void {
    walk(root, (node) => {
      if (isTypeOnly(node)) return false;
      if (api.isIdentifier(node)) this.identifier(node, scope);
      else if (api.isVariableDeclaration(node)) this.redirectToCatch(node, scope);
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
      return (scope) => this.statements(node.statements, this.open("block", node, scope, scope.owner));
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

  private identifier(node: ts.Identifier, scope: Scope): void {
    if (isReferencePosition(node)) this.refer(node, scope);
    else this.names.add(node.text);
  }

  /** `var e = 1` inside `catch (e)` declares the function's variable but assigns the parameter (§B.3.4). */
  private redirectToCatch(node: ts.VariableDeclaration, scope: Scope) {
    const isVar = api.isVariableDeclarationList(node.parent) && !(node.parent.flags & api.NodeFlags.BlockScoped);
    if (!isVar || !api.isIdentifier(node.name)) return;
    for (let at: Scope | undefined = scope; at && at.kind !== "body"; at = at.parent) {
      const variable = at.variables.get(node.name.text);
      if (variable?.kind === "catch") this.variables.set(node.name, variable);
    }
  }

  private refer(node: ts.Identifier, scope: Scope) {
    this.names.add(node.text);
    this.identifiers.push(node);
    this.evaluated.add(node);
    this.unresolved.push({ node, scope, dead: this.dead });
  }

  private resolve({ node, scope, dead }: Mention) {
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const variable = at.variables.get(node.text);
      if (!variable && node.text === "arguments" && at.kind === "parameters" && !api.isArrowFunction(at.node)) return;
      if (!variable) continue;
      const reference: Reference = { node, variable, owner: scope.owner, dead: dead.includes(variable.scope) };
      variable.references.push(reference);
      this.variables.set(node, variable);
      this.references.set(node, reference);
      return;
    }
  }

  private function(node: ts.SignatureDeclaration & { body?: ts.Node }, scope: Scope) {
    if (api.canHaveDecorators(node))
      for (const decorator of api.getDecorators(node) ?? []) this.visit(decorator, scope);
    if (node.name && api.isComputedPropertyName(node.name)) this.visit(node.name, scope);
    let outer = scope;
    if (api.isFunctionExpression(node) && node.name) {
      outer = this.open("name", node, scope, node);
      this.declare(outer, node.name, "self");
    }
    const parameters = this.open("parameters", node, outer, node);
    for (const parameter of node.parameters) this.declareNames(parameters, parameter.name, "parameter");
    for (const parameter of node.parameters) this.visit(parameter, parameters);
    if (!node.body) return;
    const body = this.open("body", node.body, parameters, node);
    if (!api.isBlock(node.body)) return this.visit(node.body, body);
    this.hoistVars(node.body, body, parameters);
    this.hoistBlockFunctions(node.body);
    this.statements(node.body.statements, body);
  }

  private class(node: ts.ClassLikeDeclaration, scope: Scope) {
    for (const decorator of api.getDecorators(node) ?? []) this.visit(decorator, scope);
    const inner = this.open("class", node, scope, scope.owner);
    if (node.name) {
      const outer = this.variables.get(node.name);
      const variable: Variable = {
        id: this.nextId++,
        name: node.name.text,
        kind: "className",
        scope: inner,
        declarations: [],
        references: [],
      };
      inner.variables.set(node.name.text, variable);
      if (!outer) this.variables.set(node.name, variable);
      this.names.add(node.name.text);
    }
    for (const clause of node.heritageClauses ?? []) this.visit(clause, inner);
    for (const member of node.members) this.member(member, inner);
  }

  /** Inside an enum its own name and those of its members come first. */
  private enum(node: ts.EnumDeclaration, scope: Scope) {
    const inner = this.open("class", node, scope, scope.owner);
    for (const { name } of [node, ...node.members]) {
      if (!api.isIdentifier(name) && !api.isStringLiteral(name)) continue;
      const id = this.nextId++;
      inner.variables.set(name.text, {
        id,
        name: name.text,
        kind: "className",
        scope: inner,
        declarations: [],
        references: [],
      });
      this.names.add(name.text);
    }
    for (const member of node.members) if (member.initializer) this.visit(member.initializer, inner);
  }

  private member(member: ts.ClassElement, scope: Scope) {
    if (hasModifier(member, api.SyntaxKind.DeclareKeyword)) return;
    if (api.isClassStaticBlockDeclaration(member)) {
      const body = this.open("static", member, scope, member);
      this.hoistVars(member.body, body);
      this.statements(member.body.statements, body);
    } else if (api.isPropertyDeclaration(member)) {
      for (const decorator of api.getDecorators(member) ?? []) this.visit(decorator, scope);
      if (api.isComputedPropertyName(member.name)) this.visit(member.name, scope);
      else this.visit(member.name, scope);
      if (member.initializer) this.visit(member.initializer, this.open("static", member, scope, member));
    } else this.visit(member, scope);
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
    const inner = this.open("body", node, scope, node);
    this.hoistVars(node, inner);
    this.statements(node.statements, inner);
  }

  private for(node: ts.ForStatement | ts.ForInStatement | ts.ForOfStatement, scope: Scope) {
    const inner = this.open("for", node, scope, scope.owner);
    const head = node.initializer;
    if (head && api.isVariableDeclarationList(head)) this.hoistList(head, inner);
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
    const inner = this.open("switch", node, scope, scope.owner);
    const all = node.caseBlock.clauses.flatMap((clause) => [...clause.statements]);
    this.hoistLexical(all, inner);
    this.annexB(all, inner);
    for (const clause of node.caseBlock.clauses) this.visitChildren(clause, inner);
  }

  private catch(node: ts.CatchClause, scope: Scope) {
    const inner = this.open("catch", node, scope, scope.owner);
    if (node.variableDeclaration) {
      this.declareNames(inner, node.variableDeclaration.name, "catch");
      this.visit(node.variableDeclaration, inner);
    }
    this.visit(node.block, inner);
  }
}

/** The function that a statement declares, behind labels too. */
export function declaredFunction(statement: ts.Statement): ts.FunctionDeclaration | undefined {
  let at = statement;
  while (api.isLabeledStatement(at)) at = at.statement;
  return api.isFunctionDeclaration(at) && at.name && at.body ? at : undefined;
}

export function boundNames(name: ts.BindingName): ts.Identifier[] {
  if (api.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (api.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

export function hasParameterExpressions(node: ts.Node): boolean {
  const hasExpression = (name: ts.BindingName): boolean =>
    !api.isIdentifier(name) &&
    name.elements.some(
      (element) =>
        !api.isOmittedExpression(element) &&
        (element.initializer !== undefined ||
          (element.propertyName !== undefined && api.isComputedPropertyName(element.propertyName)) ||
          hasExpression(element.name)),
    );
  return (node as ts.SignatureDeclaration).parameters.some(
    (parameter) => parameter.initializer !== undefined || hasExpression(parameter.name),
  );
}

/** Whether an identifier is evaluated, rather than being a name in a declaration, a property or a label. */
function isReferencePosition(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (api.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (api.isPropertyAssignment(parent)) return parent.initializer === node;
  if (api.isBindingElement(parent) || api.isVariableDeclaration(parent) || api.isParameter(parent))
    return parent.initializer === node;
  if (api.isPropertyDeclaration(parent) || api.isEnumMember(parent)) return parent.initializer === node;
  if (api.isLabeledStatement(parent) || api.isBreakOrContinueStatement(parent) || api.isMetaProperty(parent))
    return false;
  if (api.isJsxAttribute(parent) || api.isJsxNamespacedName(parent)) return false;
  if (api.isJsxOpeningLikeElement(parent) || api.isJsxClosingElement(parent)) return !/^[a-z]/.test(node.text);
  if (api.isImportSpecifier(parent) || api.isImportClause(parent) || api.isNamespaceImport(parent)) return false;
  if (api.isNamespaceExport(parent)) return false;
  if (api.isExportSpecifier(parent))
    return !parent.parent.parent.moduleSpecifier && (parent.propertyName ?? parent.name) === node;
  if (api.isEnumDeclaration(parent) || api.isModuleDeclaration(parent) || api.isClassLike(parent)) return false;
  if (api.isFunctionLike(parent)) return api.isArrowFunction(parent) && parent.body === node;
  return true;
}
