/** What each scope declares: `var` and functions hoisted to where they belong, the rest in its block. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { boundNames, declaredFunction, hasParameterExpressions } from "./declared-names.js";
import { hasModifier, isFunctionBoundary, isHoistedOutOfBlocks, isTypeOnly } from "./functions.js";
import type { Scope, ScopeKind, Variable, VariableKind } from "./scope.js";
import { isStrict } from "./strict.js";
import { isUsing } from "./suspension.js";
import { Matches, walk } from "./walk.js";

/** `catch (e)` is no obstacle to a `var` of its name, `catch ({ e })` is (§B.3.4). */
function isSimpleCatch({ node }: Scope): boolean {
  return (
    api.isCatchClause(node) && node.variableDeclaration !== undefined && api.isIdentifier(node.variableDeclaration.name)
  );
}

export class Declarations {
  readonly scopes = new Map<ts.Node, Scope>();
  /** Of binding occurrences, and later of references. */
  readonly variables = new Map<ts.Identifier, Variable>();
  private readonly blockFunctions = new Set<ts.FunctionDeclaration>();
  private readonly vars: Matches;
  private nextId = 0;

  constructor(file: ts.SourceFile) {
    this.vars = new Matches(file, /\bvar\b/g);
  }

  open(kind: ScopeKind, node: ts.Node, parent: Scope | undefined, owner: ts.Node | undefined): Scope {
    const scope: Scope = { kind, node, parent, owner, variables: new Map() };
    if (!this.scopes.has(node) || kind === "body") this.scopes.set(node, scope);
    return scope;
  }

  declare(scope: Scope, id: ts.Identifier, kind: VariableKind, startsAs?: Variable): Variable {
    const variable = scope.variables.get(id.text) ?? this.add(scope, id.text, kind, { startsAs });
    if (!variable.declarations.includes(id)) variable.declarations.push(id);
    this.variables.set(id, variable);
    return variable;
  }

  /** A variable of a scope that has none of that name. */
  add(scope: Scope, name: string, kind: VariableKind, more: Partial<Variable> = {}): Variable {
    const variable = { id: this.nextId++, name, kind, scope, declarations: [], references: [], ...more };
    scope.variables.set(name, variable);
    return variable;
  }

  declareNames(scope: Scope, name: ts.BindingName, kind: VariableKind) {
    for (const id of boundNames(name)) this.declare(scope, id, kind);
  }

  /** Hoists `var` declarations of one function's code into its scope. */
  hoistVars(root: ts.Node, scope: Scope, parameters?: Scope) {
    walk(root, (node) => {
      if (!this.vars.areIn(node)) return false;
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
  hoistLexical(statements: readonly ts.Statement[], scope: Scope) {
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

  hoistList(list: ts.VariableDeclarationList, scope: Scope) {
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

  annexB(statements: readonly ts.Statement[], scope: Scope) {
    for (const statement of statements) {
      const declared = declaredFunction(statement);
      if (declared && this.blockFunctions.has(declared)) this.assignOuter(declared, scope);
    }
  }

  /** A function in a block also assigns a `var` of that name, in sloppy code, where no `let` or parameter is in the way (§B.3.2.1). */
  private assignOuter(node: ts.FunctionDeclaration, scope: Scope) {
    if (!node.name || !isHoistedOutOfBlocks(node)) return;
    const name = node.name.text;
    const variable = this.variables.get(node.name)!;
    let at: Scope | undefined = scope.parent;
    while (at && at.kind !== "body" && at.kind !== "file" && at.kind !== "static") {
      if (at.variables.has(name) && !isSimpleCatch(at)) return;
      at = at.parent;
    }
    if (!at || at.kind === "file") return;
    const around = at.parent?.variables.get(name);
    if (around?.kind === "parameter" && around.scope.owner === at.owner) return;
    const existing = at.variables.get(name) ?? around;
    if (existing && existing.scope.owner === at.owner) {
      if (existing.kind !== "var" && existing.kind !== "function") return;
      variable.outer = existing;
      existing.isOuter = true;
      return;
    }
    variable.outer = this.add(at, name, "var", { isOuter: true });
  }

  hoistBlockFunctions(root: ts.Node) {
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
}
