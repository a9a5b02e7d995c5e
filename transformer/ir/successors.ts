/** Where control goes after a block, and whether it does anything on the way. */

import { assertNever, type BasicBlock, type BlockId, type Terminator } from "./ir.js";

export function successors(terminator: Terminator): BlockId[] {
  switch (terminator.kind) {
    case "goto":
      return [terminator.target];
    case "branch":
      return [terminator.consequent, terminator.alternate];
    case "dispatch":
      return [...terminator.cases.map(({ target }) => target), terminator.otherwise];
    case "suspend":
      return [terminator.resume];
    case "native":
      return [terminator.next, ...terminator.exits.filter((exit) => !exit.finishes).map((exit) => exit.target)];
    case "return":
    case "throw":
      return [];
    default:
      return assertNever(terminator, "successors");
  }
}

/** The same terminator with every block renamed. */
export function mapSuccessors(terminator: Terminator, map: (id: BlockId) => BlockId): Terminator {
  if (successors(terminator).every((id) => map(id) === id)) return terminator;
  switch (terminator.kind) {
    case "goto":
      return { ...terminator, target: map(terminator.target) };
    case "branch":
      return { ...terminator, consequent: map(terminator.consequent), alternate: map(terminator.alternate) };
    case "dispatch":
      return {
        ...terminator,
        cases: terminator.cases.map(({ code, target }) => ({ code, target: map(target) })),
        otherwise: map(terminator.otherwise),
      };
    case "suspend":
      return { ...terminator, resume: map(terminator.resume) };
    case "native":
      return {
        ...terminator,
        next: map(terminator.next),
        exits: terminator.exits.map((exit) => ({ ...exit, target: map(exit.target) })),
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
