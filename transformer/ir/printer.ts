/**
 * A body as text, for tests and for people: the same bytes for the same source.
 *
 *     region 0: finally, handler b3, kind %completion, value %result
 *
 *     b0
 *       i = `0`
 *       goto b1
 *     b1 in region 0
 *       yield `i` resume b2
 *
 * Blocks are numbered in their order. Between backticks is the user's own text; `%name` stands for a temporary of
 * the compiler, also inside user text where the value was computed before.
 */

import type ts from "typescript";
import type { Scope, Variable } from "../syntax/scope.js";
import { walk } from "../syntax/walk.js";
import {
  assertNever,
  type BasicBlock,
  type BlockId,
  type Body,
  type Exit,
  type Instruction,
  type ProtectedRegion,
  type Terminator,
  type Value,
} from "./ir.js";

/** Where variables live, as far as the printer knows: `analyze/placement.ts` says it. */
type Placements = ReadonlyMap<Variable, { readonly kind: string }>;

export function printBody(body: Body, placements?: Placements): string {
  const printer = new Printer(body);
  const sections = [
    body.regions.map((region) => printer.region(region)),
    body.blocks.flatMap((block) => printer.block(block)),
  ];
  if (placements) sections.push(printer.placements(placements));
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

const WIDTH = 100;

class Printer {
  private readonly numbers: ReadonlyMap<BlockId, number>;
  private readonly names: ReadonlyMap<Variable, string>;
  private readonly source: string;

  constructor(private readonly body: Body) {
    const [scope] = body.scopes;
    this.source = scope?.node.getSourceFile().text ?? "";
    this.numbers = new Map(body.blocks.map((block, index) => [block.id, index]));
    this.names = nameVariables(body);
  }

  region({ id, parent, kind, handler, value, completion }: ProtectedRegion): string {
    const within = parent === undefined ? "" : ` in region ${parent}`;
    const record = completion ? `, kind ${this.variable(completion)}` : "";
    return `region ${id}${within}: ${kind}, handler ${this.label(handler)}${record}, value ${this.variable(value)}`;
  }

  block(block: BasicBlock): string[] {
    const region = block.region === undefined ? "" : ` in region ${block.region}`;
    const lines = [
      ...block.instructions.map((instruction) => this.instruction(instruction)),
      ...this.terminator(block.terminator),
    ];
    return [`${this.label(block.id)}${region}`, ...lines.map((line) => `  ${line}`)];
  }

  /** All variables but those that nothing uses, by the kind of place, in the order of the body. */
  placements(placements: Placements): string[] {
    const groups = new Map<string, string[]>();
    for (const [variable, { kind }] of placements)
      groups.set(kind, [...(groups.get(kind) ?? []), this.variable(variable)]);
    groups.delete("unused");
    return [...groups].map(([kind, names]) => `${kind}: ${names.join(", ")}`).sort();
  }

  private label(id: BlockId): string {
    return `b${this.numbers.get(id) ?? `?${id}`}`;
  }

  private variable(variable: Variable): string {
    return this.names.get(variable) ?? (variable.kind === "temporary" ? `%${variable.name}` : variable.name);
  }

  private list(variables: Iterable<Variable>): string {
    return `{${[...variables].map((variable) => this.variable(variable)).join(", ")}}`;
  }

  // --- values ---

  private value(value: Value): string {
    switch (value.kind) {
      case "expression":
        return quote(this.text(value.node));
      case "variable":
        return this.variable(value.variable);
      case "resumption":
        return "resumption";
      case "exhausted":
        return "exhausted";
      case "code":
        return value.parts
          .map((part) =>
            typeof part === "string" ? part : part.kind === "runtime" ? `@${part.name}` : this.value(part),
          )
          .join("");
      case "strict":
        return `strict ${this.value(value.value)}`;
      default:
        return assertNever(value, "print the IR");
    }
  }

  /** The user's text with what was computed before in its place, on one line, shortened. */
  private text(node: ts.Node): string {
    const { source } = this;
    const pieces: string[] = [];
    let at = node.getStart();
    walk(node, (inner) => {
      const hole = inner === node ? undefined : this.body.holes.get(inner);
      if (!hole) return true;
      pieces.push(
        source.slice(at, inner.getStart()),
        hole.kind === "expression" ? this.text(hole.node) : this.value(hole),
      );
      at = inner.end;
      return false;
    });
    return shorten(pieces.join("") + source.slice(at, node.end));
  }

  // --- instructions ---

  private instruction(instruction: Instruction): string {
    switch (instruction.kind) {
      case "evaluate":
        return `do ${this.value(instruction.value)}`;
      case "statement":
        return `run ${quote(this.text(instruction.node))}`;
      case "assign":
        return `${this.variable(instruction.target)} = ${this.value(instruction.value)}${instruction.named === undefined ? "" : ` named ${JSON.stringify(instruction.named)}`}`;
      case "declare":
        return `declare ${this.list(instruction.variables)}: ${quote(this.text(instruction.node))}`;
      case "bind":
        return `bind ${this.list(instruction.variables)}: ${quote(this.text(instruction.pattern))} = ${this.value(instruction.value)}`;
      case "store":
        return `${instruction.isStrict ? "strict " : ""}store ${quote(this.text(instruction.target))} = ${this.value(instruction.value)}`;
      case "define":
        return `define ${this.variable(instruction.variable)}: ${quote(this.text(instruction.node))}`;
      case "enter":
      case "copy":
        return `${instruction.kind} ${this.scope(instruction.scope)}`;
      case "comment":
        return `comment ${quote(shorten(this.source.slice(instruction.start, instruction.end)))}`;
      default:
        return assertNever(instruction, "print the IR");
    }
  }

  private scope(scope: Scope): string {
    return `${scope.kind} ${this.list(scope.variables.values())}`;
  }

  // --- terminators ---

  private terminator(terminator: Terminator): string[] {
    switch (terminator.kind) {
      case "goto":
        return [`goto ${this.label(terminator.target)}`];
      case "branch":
        return [
          `if ${this.value(terminator.test)} goto ${this.label(terminator.consequent)} else ${this.label(terminator.alternate)}`,
        ];
      case "dispatch": {
        const cases = terminator.cases.map(({ code, target }) => `${code} goto ${this.label(target)}, `);
        return [`dispatch ${this.variable(terminator.on)}: ${cases.join("")}else ${this.label(terminator.otherwise)}`];
      }
      case "suspend":
        return [
          `${terminator.operation.toLowerCase()} ${this.value(terminator.operand)} resume ${this.label(terminator.resume)}`,
        ];
      case "return":
        return [terminator.value ? `return ${this.value(terminator.value)}` : "return"];
      case "throw":
        return [`throw ${this.value(terminator.value)}`];
      case "native":
        return [
          `native ${quote(this.text(terminator.node))} goto ${this.label(terminator.next)}`,
          ...terminator.exits.map((exit) => `  ${this.exit(exit)}`),
        ];
      default:
        return assertNever(terminator, "print the IR");
    }
  }

  private exit(exit: Exit): string {
    const at = `at ${quote(this.text(exit.node))}: `;
    if (exit.awaits) return `${at}await ${quote(this.text(exit.awaits))} resume ${this.label(exit.target)}`;
    const before = exit.instructions.map((instruction) => `${this.instruction(instruction)}; `).join("");
    return `${at}${before}${exit.target === undefined ? "finish" : `goto ${this.label(exit.target)}`}`;
  }
}

const quote = (text: string) => `\`${text}\``;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1)}…`;
}

/** Variables of one name are told apart by a number, in the order in which the body knows them. */
function nameVariables(body: Body): Map<Variable, string> {
  const names = new Map<Variable, string>();
  const counts = new Map<string, number>();
  const give = (variable: Variable, base: string) => {
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    names.set(variable, count === 1 ? base : `${base}.${count}`);
  };
  for (const scope of body.scopes) for (const variable of scope.variables.values()) give(variable, variable.name);
  for (const variable of body.temporaries) give(variable, `%${variable.name}`);
  return names;
}
