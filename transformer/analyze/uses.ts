/** What instructions and terminators read and write. */

import type ts from "typescript";
import { assertNever, type Body, type Instruction, type Terminator, type Value } from "../ir/ir.js";
import type { Bindings } from "../syntax/bindings.js";
import type { Variable } from "../syntax/scope.js";
import { walk } from "../syntax/walk.js";
import { api } from "../typescript.js";

interface Access {
  /** May be read, or may be written without being certainly initialized. */
  readonly reads: readonly Variable[];
  /** Certainly initialized afterwards. */
  readonly writes: readonly Variable[];
}

export class Uses {
  constructor(
    private readonly body: Body,
    private readonly bindings: Bindings,
  ) {}

  ofInstruction(instruction: Instruction): Access {
    switch (instruction.kind) {
      case "evaluate":
        return this.ofEvaluation(instruction.value);
      case "comment":
        return { reads: [], writes: [] };
      case "statement":
        return { reads: this.ofNode(instruction.node), writes: [] };
      case "assign":
        return { reads: this.ofValue(instruction.value), writes: [instruction.target] };
      case "declare":
        return { reads: this.ofNode(instruction.node), writes: instruction.variables };
      case "bind":
        return {
          reads: [...this.ofNode(instruction.pattern), ...this.ofValue(instruction.value)],
          writes: instruction.variables,
        };
      case "store":
        return { reads: [...this.ofNode(instruction.target), ...this.ofValue(instruction.value)], writes: [] };
      case "define":
        return { reads: this.ofDefinition(instruction), writes: [instruction.variable] };
      case "enter":
        return {
          reads: [],
          writes: [...instruction.scope.variables.values()].filter(
            (variable) => variable.kind !== "var" && variable.kind !== "parameter" && variable.kind !== "function",
          ),
        };
      case "copy":
        return { reads: [...instruction.scope.variables.values()], writes: [] };
      default:
        return assertNever(instruction, "uses");
    }
  }

  ofTerminator(terminator: Terminator): Access {
    switch (terminator.kind) {
      case "goto":
        return { reads: [], writes: [] };
      case "branch":
        return { reads: this.ofValue(terminator.test), writes: [] };
      case "dispatch":
        return { reads: [terminator.on], writes: [] };
      case "suspend":
        return {
          reads: [...this.ofValue(terminator.operand), ...(terminator.completion ? [terminator.completion] : [])],
          writes: [],
        };
      case "return":
        return { reads: terminator.value ? this.ofValue(terminator.value) : [], writes: [] };
      case "throw":
        return { reads: this.ofValue(terminator.value), writes: [] };
      case "native":
        return {
          reads: [
            ...this.ofNode(terminator.node),
            ...terminator.exits.flatMap((exit) =>
              exit.instructions.flatMap((instruction) => this.ofInstruction(instruction).reads),
            ),
          ],
          writes: [],
        };
      default:
        return assertNever(terminator, "uses");
    }
  }

  /** Variables that a terminator may write on some of its edges only. */
  ofExits(terminator: Terminator): readonly Variable[] {
    if (terminator.kind !== "native") return [];
    return terminator.exits.flatMap((exit) =>
      exit.instructions.flatMap((instruction) => [...this.ofInstruction(instruction).writes]),
    );
  }

  ofValue(value: Value): Variable[] {
    switch (value.kind) {
      case "expression":
        return this.ofNode(value.node, value.node);
      case "variable":
        return [value.variable];
      case "code":
        return value.parts.flatMap((part) =>
          typeof part === "string" || part.kind === "runtime" ? [] : this.ofValue(part),
        );
      case "strict":
        return this.ofValue(value.value);
      case "resumption":
      case "exhausted":
        return [];
      default:
        return assertNever(value, "uses");
    }
  }

  /** A plain assignment is a statement of its own more often than not. */
  private ofEvaluation(value: Value): Access {
    const node = value.kind === "expression" ? value.node : undefined;
    const isAssignment = node && api.isBinaryExpression(node) && node.operatorToken.kind === api.SyntaxKind.EqualsToken;
    const target =
      isAssignment && api.isIdentifier(node.left) ? this.bindings.referenceOf(node.left)?.variable : undefined;
    if (!isAssignment || !target) return { reads: this.ofValue(value), writes: [] };
    return { reads: this.ofNode(node.right), writes: [target] };
  }

  private ofDefinition({ node, variable }: Extract<Instruction, { kind: "define" }>): Variable[] {
    return api.isEnumDeclaration(node)
      ? variable.declarations.flatMap(({ parent }) => this.ofNode(parent))
      : this.ofNode(node);
  }

  /** `evaluated` is the node that is evaluated here, even though it leaves a hole for later. */
  ofNode(node: ts.Node, evaluated?: ts.Node): Variable[] {
    const found: Variable[] = [];
    walk(node, (at) => {
      const hole = at === evaluated ? undefined : this.body.holes.get(at);
      if (hole) found.push(...this.ofValue(hole));
      else if (api.isIdentifier(at)) {
        const reference = this.bindings.referenceOf(at);
        if (reference) found.push(reference.variable);
        const bound = reference ? undefined : this.bindings.variableOf(at);
        if (bound?.outer) found.push(bound.outer);
        // `var e = 1` inside `catch (e)`, or where a parameter is called so.
        if (bound?.kind === "catch" || bound?.kind === "parameter") found.push(bound);
      } else return true;
      return false;
    });
    return found;
  }
}
