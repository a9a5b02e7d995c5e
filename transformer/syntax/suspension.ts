/**
 * Does this node suspend, and does control leave it?
 *
 * A node without suspension stays the user's own text. Such a node may still contain jumps and returns that
 * leave it; those are rewritten in place.
 */

import type ts from "typescript";
import { api } from "../typescript.js";
import { allDecoratorsOf, decoratorsOf } from "./decorators.js";
import { isFunctionBoundary, isTypeOnly } from "./functions.js";
import { Matches, walkWith } from "./walk.js";

interface Abruptness {
  /** Contains `yield`, `await`, `for await`, `await using`, or a `return` whose await must happen inside a native construct. */
  readonly suspends: boolean;
  /** Contains `return`. */
  readonly returns: boolean;
  /** Contains `return` with an operand, which an async generator awaits. */
  readonly returnsValue: boolean;
  /** Where the outermost statement begins that a `break` or `continue` in it goes to. */
  readonly jumpsTo: number;
}

const nothing: Abruptness = { suspends: false, returns: false, returnsValue: false, jumpsTo: Number.POSITIVE_INFINITY };

/** Every word that one of these facts is about. */
const words = /\b(?:await|yield|return|break|continue)\b/g;

/** Of the nodes in `root`. Whoever asks what escapes asks for outer statements first: the target of a jump is looked for in there. */
export class SuspensionFacts {
  private readonly facts = new Map<ts.Node, Abruptness>();
  private readonly words: Matches;

  constructor(root: ts.Node) {
    this.words = new Matches(root, words);
  }

  suspends(node: ts.Node | undefined): boolean {
    return node !== undefined && this.of(node).suspends;
  }

  /** Control can leave this node other than at its end or by an exception. */
  escapes(node: ts.Node): boolean {
    const { returns, jumpsTo } = this.of(node);
    return returns || jumpsTo < node.pos;
  }

  of(node: ts.Node): Abruptness {
    if (!this.words.areIn(node)) return nothing;
    const known = this.facts.get(node);
    if (known) return known;
    this.learn(node);
    return this.facts.get(node)!;
  }

  /** From the leaves upwards: what is in a node comes before the node. */
  private learn(root: ts.Node): void {
    const unknown: ts.Node[] = [];
    walkWith<Targets>(root, {}, (node, targets) => {
      if (!this.words.areIn(node) || this.facts.has(node)) return undefined;
      if (api.isBreakOrContinueStatement(node)) {
        this.facts.set(node, { ...nothing, jumpsTo: targetOf(node, targets)?.pos ?? -1 });
        return undefined;
      }
      unknown.push(node);
      return isFunctionBoundary(node) || isTypeOnly(node) ? undefined : targetsIn(node, targets);
    });
    for (const node of unknown.reverse()) this.facts.set(node, this.compute(node));
  }

  private compute(node: ts.Node): Abruptness {
    if (isTypeOnly(node)) return nothing;
    if (isFunctionBoundary(node)) return this.ofFunctionName(node);
    if (api.isPropertyDeclaration(node)) return this.ofPropertyName(node);
    let suspends = suspendsItself(node);
    let returns = api.isReturnStatement(node);
    let returnsValue = api.isReturnStatement(node) && node.expression !== undefined;
    let { jumpsTo } = nothing;
    api.forEachChild(node, (child) => {
      const inner = this.of(child);
      suspends ||= inner.suspends;
      returns ||= inner.returns;
      returnsValue ||= inner.returnsValue;
      jumpsTo = Math.min(jumpsTo, inner.jumpsTo);
    });
    if (returnsValue && awaitsReturnInside(node)) suspends = true;
    return suspends || returns || jumpsTo < node.pos ? { suspends, returns, returnsValue, jumpsTo } : nothing;
  }

  /** Of a nested function only its computed name and its decorators run here. */
  private ofFunctionName(node: ts.Node): Abruptness {
    const name = (node as ts.NamedDeclaration).name;
    const computed = name && api.isComputedPropertyName(name) && this.suspends(name);
    const decorated = allDecoratorsOf(node).some((decorator) => this.suspends(decorator));
    return computed || decorated ? { ...nothing, suspends: true } : nothing;
  }

  private ofPropertyName(node: ts.PropertyDeclaration): Abruptness {
    const decorated = decoratorsOf(node).some((decorator) => this.suspends(decorator));
    return this.suspends(node.name) || decorated ? { ...nothing, suspends: true } : nothing;
  }
}

function suspendsItself(node: ts.Node): boolean {
  if (api.isYieldExpression(node) || api.isAwaitExpression(node)) return true;
  if (api.isForOfStatement(node)) return node.awaitModifier !== undefined || isAwaitUsing(node.initializer);
  return api.isVariableDeclarationList(node) && isAwaitUsing(node);
}

export function isAwaitUsing(node: ts.Node): boolean {
  return (node.flags & api.NodeFlags.BlockScoped) === api.NodeFlags.AwaitUsing;
}

export function isUsing(node: ts.Node): boolean {
  const flags = node.flags & api.NodeFlags.BlockScoped;
  return flags === api.NodeFlags.Using || flags === api.NodeFlags.AwaitUsing;
}

/** Constructs that do something after a `return` inside them has awaited its operand, or that catch its rejection. */
function awaitsReturnInside(node: ts.Node): boolean {
  if (api.isTryStatement(node) || api.isForOfStatement(node)) return true;
  const statements = api.isBlock(node) || api.isCaseOrDefaultClause(node) ? node.statements : undefined;
  return (
    statements?.some((statement) => api.isVariableStatement(statement) && isUsing(statement.declarationList)) ?? false
  );
}

type Exit = ts.BreakOrContinueStatement | ts.ReturnStatement;

/** What a jump can go to from where it stands. */
interface Targets {
  readonly loop?: ts.Node;
  readonly breakable?: ts.Node;
  readonly labels?: { readonly node: ts.LabeledStatement; readonly outer: Targets["labels"] };
}

/** Those of what is in a node. */
function targetsIn(node: ts.Node, targets: Targets): Targets {
  if (api.isLabeledStatement(node)) return { ...targets, labels: { node, outer: targets.labels } };
  if (api.isIterationStatement(node, false)) return { ...targets, loop: node, breakable: node };
  return api.isSwitchStatement(node) ? { ...targets, breakable: node } : targets;
}

function targetOf(node: ts.BreakOrContinueStatement, targets: Targets): ts.Node | undefined {
  if (!node.label) return api.isContinueStatement(node) ? targets.loop : targets.breakable;
  let at = targets.labels;
  while (at && at.node.label.text !== node.label.text) at = at.outer;
  return at?.node;
}

/** The jumps that leave a node, and its returns. */
export function exitsOf(root: ts.Node): Exit[] {
  const found: Exit[] = [];
  walkWith<Targets>(root, {}, (node, targets) => {
    if (isFunctionBoundary(node) || isTypeOnly(node)) return undefined;
    if (api.isReturnStatement(node) || (api.isBreakOrContinueStatement(node) && !targetOf(node, targets)))
      found.push(node);
    return targetsIn(node, targets);
  });
  return found;
}

/** Whether code of the program runs on the way from an exit out of the root: it may fail, or jump elsewhere. */
export function runsCodeOnLeaving(exit: ts.Node, root: ts.Node): boolean {
  for (let node = exit; node !== root; node = node.parent) {
    const { parent } = node;
    if (api.isForOfStatement(parent)) return true;
    if (api.isTryStatement(parent) && parent.finallyBlock && parent.finallyBlock !== node) return true;
    if (api.isBlock(parent) && parent.statements.some(declaresResources)) return true;
    if (api.isForStatement(parent) && parent.initializer && isUsing(parent.initializer)) return true;
  }
  return false;
}

const declaresResources = (node: ts.Statement): boolean =>
  api.isVariableStatement(node) && isUsing(node.declarationList);
