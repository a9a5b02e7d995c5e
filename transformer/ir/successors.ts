/** Where control goes after a block, and whether it does anything on the way. */

import { assertNever, type BasicBlock, type BlockId, type Exit, type Suspender, type Terminator } from "./ir.js";

/** A way from one block to another. */
export interface Edge {
  readonly target: BlockId;
  /** What the body waits at on the way. */
  readonly suspender?: Suspender;
}

export const successors = (terminator: Terminator): BlockId[] => edges(terminator).map(({ target }) => target);

export function edges(terminator: Terminator): Edge[] {
  switch (terminator.kind) {
    case "goto":
      return [{ target: terminator.target }];
    case "branch":
      return [{ target: terminator.consequent }, { target: terminator.alternate }];
    case "dispatch":
      return [...terminator.cases, { target: terminator.otherwise }];
    case "suspend":
      return [{ target: terminator.resume, suspender: terminator }];
    case "native":
      return [{ target: terminator.next }, ...terminator.exits.flatMap(edgeOf)];
    case "return":
    case "throw":
      return [];
    default:
      return assertNever(terminator, "successors");
  }
}

function edgeOf(exit: Exit): Edge[] {
  if (exit.awaits) return [{ target: exit.target, suspender: exit }];
  return exit.target === undefined ? [] : [{ target: exit.target }];
}

/** The same terminator with every block renamed. `suspends`: on the way to it the body waits. */
export function mapSuccessors(terminator: Terminator, map: (id: BlockId, suspends: boolean) => BlockId): Terminator {
  if (edges(terminator).every(({ target, suspender }) => map(target, suspender !== undefined) === target))
    return terminator;
  switch (terminator.kind) {
    case "goto":
      return { ...terminator, target: map(terminator.target, false) };
    case "branch":
      return {
        ...terminator,
        consequent: map(terminator.consequent, false),
        alternate: map(terminator.alternate, false),
      };
    case "dispatch":
      return {
        ...terminator,
        cases: terminator.cases.map(({ code, target }) => ({ code, target: map(target, false) })),
        otherwise: map(terminator.otherwise, false),
      };
    case "suspend":
      return { ...terminator, resume: map(terminator.resume, true) };
    case "native":
      return {
        ...terminator,
        next: map(terminator.next, false),
        exits: terminator.exits.map((exit) =>
          exit.target === undefined ? exit : { ...exit, target: map(exit.target, exit.awaits !== undefined) },
        ),
      };
    case "return":
    case "throw":
      return terminator;
    default:
      return assertNever(terminator, "successors");
  }
}

/** Comments alone do not keep a block. */
export function isEmpty({ instructions }: Pick<BasicBlock, "instructions">): boolean {
  return instructions.every((instruction) => instruction.kind === "comment");
}
