/** Builds a body block by block, in source order. */

import type ts from "typescript";
import type { Scope, Variable } from "../syntax/scope.js";
import type {
  BasicBlock,
  BlockId,
  Body,
  Derived,
  Exit,
  Instruction,
  ProtectedRegion,
  RegionId,
  Suspension,
  Terminator,
  Value,
} from "./ir.js";
import { strictInstruction, strictTerminator } from "./strict.js";

export class Builder {
  private readonly blocks: BasicBlock[] = [];
  private readonly regions: ProtectedRegion[] = [];
  private readonly holes = new Map<ts.Node, Value>();
  private readonly scopes = new Set<Scope>();
  private readonly temporaries: Variable[] = [];
  private nextBlock = 0;
  private current:
    | { id: BlockId; region: RegionId | undefined; instructions: Instruction[]; origin?: ts.Node }
    | undefined;
  private region: RegionId | undefined;
  private isStrict = false;
  private from: ts.Node | undefined;
  private statement: ts.Node | undefined;
  /** Whether nothing stands for `from` yet. */
  private isFirst = false;

  constructor(private readonly scope: Scope) {
    this.begin(this.newBlock());
  }

  /** A block to be placed later with `begin`. */
  newBlock(): BlockId {
    return this.nextBlock++ as BlockId;
  }

  /** Goes on in a reserved block; control falls into it from the current one, if that is open. */
  begin(id: BlockId, origin?: ts.Node): void {
    if (this.current) this.end({ kind: "goto", target: id });
    this.current = { id, region: this.region, instructions: [], origin };
  }

  /** What `body` builds comes from `node`; from nothing of the user's without one. */
  within(node: ts.Node | undefined, body: () => void): void {
    const { from, statement } = this;
    this.from = this.statement = node;
    this.isFirst = true;
    body();
    this.from = from;
    this.statement = statement;
    this.isFirst = false;
  }

  /** A part of a statement stands for itself unless it is what the statement begins with. */
  emit(instruction: Instruction, part?: ts.Node): void {
    const derived = this.isStrict ? strictInstruction(instruction) : instruction;
    this.derive(derived, part);
    this.open().instructions.push(derived);
    if (instruction.kind !== "comment" && instruction.kind !== "enter") this.isFirst = false;
  }

  /** Closes the current block. What follows is unreachable until the next `begin`. */
  end(terminator: Terminator, part?: ts.Node): void {
    const derived = this.isStrict ? strictTerminator(terminator) : terminator;
    // A jump is the compiler's own unless it says that it is not.
    if (derived.kind !== "goto" && derived.kind !== "dispatch") this.derive(derived, part);
    const { id, region, instructions, origin } = this.open();
    this.blocks.push({ id, region, instructions, terminator: derived, origin });
    this.current = undefined;
    this.isFirst = false;
  }

  /** Suspends and goes on in the block where the body is resumed. */
  suspend(operation: Suspension["operation"], operand: Value, origin: ts.Node, completion?: Variable): void {
    const resume = this.newBlock();
    this.end({ kind: "suspend", operation, operand, completion, resume, origin }, origin);
    this.begin(resume);
    // A breakpoint at a statement is for its beginning, not for what is left of it.
    this.from &&= origin;
  }

  native(node: ts.Statement, exits: readonly Exit[], mayFailOnLeaving: boolean): void {
    const next = this.newBlock();
    this.end({ kind: "native", node, exits, mayFailOnLeaving, next });
    this.begin(next);
  }

  /** What `body` builds is strict code, though the function is not. */
  strictly(body: () => void): void {
    const outer = this.isStrict;
    this.isStrict = true;
    body();
    this.isStrict = outer;
  }

  /** Runs `body` inside a new protected region. */
  protect(
    kind: "catch" | "finally",
    origin: ts.Node,
    handler: BlockId,
    value: Variable,
    completion: Variable | undefined,
    body: () => void,
  ): RegionId {
    const id = this.regions.length as RegionId;
    const outer = this.region;
    this.regions.push({ id, parent: outer, kind, origin, handler, value, completion });
    this.region = id;
    this.begin(this.newBlock());
    body();
    this.region = outer;
    return id;
  }

  temporary(name: string): Variable {
    const variable: Variable = {
      id: -1 - this.temporaries.length,
      name,
      kind: "temporary",
      scope: this.scope,
      declarations: [],
      references: [],
    };
    this.temporaries.push(variable);
    return variable;
  }

  manage(scope: Scope | undefined): void {
    if (scope) this.scopes.add(scope);
  }

  fill(node: ts.Node, value: Value): void {
    this.holes.set(node, value);
  }

  hole(node: ts.Node): Value | undefined {
    return this.holes.get(node);
  }

  get currentRegion(): RegionId | undefined {
    return this.region;
  }

  finish(): Body {
    if (this.current) this.end({ kind: "return" });
    return {
      blocks: this.blocks,
      regions: this.regions,
      holes: this.holes,
      scopes: this.scopes,
      temporaries: this.temporaries,
    };
  }

  private derive(derived: Derived, part = this.from): void {
    derived.from ??= this.from && (this.isFirst ? this.from : part);
    derived.statement = this.statement;
  }

  /** The open block; unreachable code gets one that nothing leads to. */
  private open() {
    this.current ??= { id: this.newBlock(), region: this.region, instructions: [] };
    return this.current;
  }
}
