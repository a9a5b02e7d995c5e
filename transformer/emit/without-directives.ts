/** The output without the directives that it has obeyed. */

import type ts from "typescript";
import type { Chunk } from "../chunk.js";
import { firstNotBefore } from "../search.js";
import type { Directives } from "../syntax/directive.js";

/** A directive has done its work; what is left of it would compile the output again. */
export function withoutDirectives(chunks: readonly Chunk[], directives: Directives): Chunk[] {
  const nodes = [...directives.byOwner.values()].flat().map(({ node }) => node);
  nodes.sort((one, other) => one.pos - other.pos);
  const left: Chunk[] = [];
  for (const chunk of chunks)
    if (chunk.start < 0) left.push(chunk);
    else left.push(...without(nodes, chunk));
  return left;
}

/** A slice of the source without those of the nodes that are in it. */
function without(nodes: readonly ts.Node[], slice: Chunk): Chunk[] {
  const end = slice.start + slice.text.length;
  let index = firstNotBefore(nodes, (node) => node.getStart() < slice.start);
  if (index === nodes.length || nodes[index]!.end > end) return [slice];
  const pieces: Chunk[] = [];
  let start = slice.start;
  const keep = (to: number) => {
    if (to > start) pieces.push({ start, text: slice.text.slice(start - slice.start, to - slice.start) });
  };
  for (; index < nodes.length && nodes[index]!.end <= end; index++) {
    keep(nodes[index]!.getStart());
    start = nodes[index]!.end;
  }
  keep(end);
  return pieces;
}
