/** Babel's tree of compiled text, at the positions of the source: for maps, messages and coverage alike. */

import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { SourceMap } from "../../transformer/index.js";

interface Position {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

interface Location {
  readonly start: Position;
  readonly end: Position;
  /** What maps call it. */
  readonly identifierName?: string | null | undefined;
}

interface Node {
  readonly type: string;
  loc?: Location | null | undefined;
  readonly cases?: readonly Node[];
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const isFrame = ({ type }: Node): boolean => /^Program$|Function|Method$|^Class(?:Declaration|Expression)$/.test(type);

/**
 * Moves the tree. What has no place in the source has no location then, like what a plugin makes; but Metro, which
 * knows functions by their places, wants one of each.
 */
export class Relocation {
  private readonly map: TraceMap;
  private readonly seen = new Set<Node>();
  private last: Position = { line: 1, column: 0 };

  constructor(
    map: SourceMap,
    private readonly locatesFrames: boolean,
  ) {
    this.map = new TraceMap(map as never);
  }

  applyTo<Tree extends object>(tree: Tree): Tree {
    this.visit(tree);
    return tree;
  }

  private visit(value: unknown): void {
    if (Array.isArray(value)) for (const each of value) this.visit(each);
    if (!isNode(value) || this.seen.has(value)) return;
    this.seen.add(value);
    if (value.loc)
      value.loc = this.located(value.loc) ?? (this.locatesFrames && isFrame(value) ? this.gap() : undefined);
    // Istanbul counts the cases of a switch where it counts the switch, which here nobody wrote.
    if (value.type === "SwitchStatement" && !value.loc) for (const each of value.cases ?? []) each.loc = undefined;
    for (const each of Object.values(value)) this.visit(each);
    if (value.loc) this.last = value.loc.end;
  }

  private located(loc: Location): Location | undefined {
    const [start, end] = [loc.start, loc.end].map(({ line, column }) =>
      originalPositionFor(this.map, { line, column }),
    );
    if (!start || start.line === null) return undefined;
    const identifierName = start.name ?? loc.identifierName;
    return { ...loc, start, end: end && end.line !== null ? end : start, identifierName };
  }

  /** Right behind what comes before. */
  private gap(): Location {
    return { start: this.last, end: this.last };
  }
}
