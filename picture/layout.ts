/** Graph → places, by Graphviz. Pixels; the origin is the top left corner. */

import type { Box, Cluster, Edge, Graph } from "./graph.js";
import type { Graphviz } from "./graphviz.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: Edge;
  /** Control points of cubic Bézier curves: one, and then three for each curve. */
  readonly curve: readonly Point[];
  /** Where the arrow's tip is. */
  readonly tip: Point;
  /** Where the label's text begins or, on the left of its line, ends; its middle in height. */
  readonly label?: Point & { readonly isLeft: boolean };
}

export interface Layout {
  readonly graph: Graph;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { readonly box: Box; readonly place: Rectangle }[];
  /** Outermost first. */
  readonly clusters: readonly { readonly cluster: Cluster; readonly place: Rectangle }[];
  readonly edges: readonly PlacedEdge[];
}

/** What of Graphviz's `json0` output is read: https://graphviz.org/docs/outputs/json/ */
interface Drawing {
  readonly bb: string;
  readonly objects: readonly { readonly name: string; readonly bb?: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string }[];
}

let last: { readonly dot: string; readonly drawing: Drawing } | undefined;

/** Remembers the last layout: a change of a word in a box seldom changes it. */
function draw(dot: string, graphviz: Graphviz): Drawing {
  if (last?.dot !== dot)
    last = { dot, drawing: JSON.parse(graphviz.renderString(dot, { format: "json0" })) as Drawing };
  return last.drawing;
}

export function layOut(graph: Graph, graphviz: Graphviz): Layout {
  const drawing = draw(dotOf(graph), graphviz);
  const [left, bottom, right, top] = numbers(drawing.bb) as [number, number, number, number];
  const point = (x: number, y: number): Point => ({ x: x - left, y: top - y });
  const objects = new Map(drawing.objects.map((each) => [each.name, each]));
  const edges = new Map((drawing.edges ?? []).map((each) => [each.id, each]));
  const placed = graph.edges.map((edge, index) => placeEdge(edge, edges.get(String(index))!.pos, point));
  const boxes = graph.boxes.map((box) => {
    const [x, y] = numbers(objects.get(box.id)!.pos!) as [number, number];
    const { width, height } = box;
    const middle = point(x, y);
    return { box, place: { x: middle.x - width / 2, y: middle.y - height / 2, width, height } };
  });
  return {
    graph,
    width: Math.max(
      right - left,
      // Positions are rounded, sizes are not.
      ...boxes.map(({ place }) => place.x + place.width),
      // The label of what leaves the outermost region may stand right of everything else.
      ...placed.map(({ edge, label }) => (label ? label.x + labelWidth(edge.label) : 0)),
    ),
    height: Math.max(top - bottom, ...boxes.map(({ place }) => place.y + place.height)),
    boxes,
    clusters: graph.clusters.map((cluster) => {
      const bounds = objects.get(clusterName(cluster.region.id))!.bb!;
      const [x, low, end, high] = numbers(bounds) as [number, number, number, number];
      return { cluster, place: { ...point(x, high), width: end - x, height: high - low } };
    }),
    edges: placed,
  };
}

/** `pos` is the arrow's tip, and the control points of its line. */
function placeEdge(edge: Edge, pos: string, point: (x: number, y: number) => Point): PlacedEdge {
  const [tip, ...curve] = pos
    .split(" ")
    .map((each) => point(...(numbers(each.replace(/^[es],/, "")) as [number, number])));
  if (goesBack(edge)) curve.reverse();
  return { edge, curve, tip: tip!, ...(edge.label === "" ? {} : { label: labelPlace(edge, curve) }) };
}

const labelWidth = (words: string): number => words.length * 6.2;

/** From where an arrow leaves its box to its label. */
const toLabel = 9;

/**
 * Beside the line, near the box that it leaves, on the side to which it goes. Graphviz could make room for labels, but gives each a
 * rank of its own for that: pictures twice as high, in twice the time.
 */
function labelPlace({ region }: Edge, curve: readonly Point[]): NonNullable<PlacedEdge["label"]> {
  // What leaves a region begins at its rim, which has a line of its own; the handler's side is where other arrows go.
  if (region !== undefined) {
    const isLeft = curve.at(-1)!.x > curve[0]!.x + 2;
    return { ...beside(curve[curve.length >> 1]!, isLeft ? -8 : 8), isLeft };
  }
  const [start, bend, next, end] = curve as readonly [Point, Point, Point, Point];
  const at = (part: number): Point => {
    const rest = 1 - part;
    const mix = (axis: "x" | "y") =>
      rest ** 3 * start[axis] +
      3 * rest ** 2 * part * bend[axis] +
      3 * rest * part ** 2 * next[axis] +
      part ** 3 * end[axis];
    return { x: mix("x"), y: mix("y") };
  };
  let part = 0;
  while (part < 1 && Math.hypot(at(part).x - start.x, at(part).y - start.y) < toLabel) part += 0.05;
  const isLeft = at(part).x < start.x - 1;
  return { ...beside(at(part), isLeft ? -6 : 6), isLeft };
}

const beside = ({ x, y }: Point, distance: number): Point => ({ x: x + distance, y });

/** Drawn upwards: Graphviz is told the opposite, so that the states keep the order of the source. */
const goesBack = ({ from, to }: Edge): boolean => Number(to) <= Number(from);

const isEnd = (id: string): boolean => Number.isNaN(Number(id));

const numbers = (text: string): number[] => text.split(",").map(Number);
const clusterName = (region: number): string => `cluster${region}`;
const pointsPerInch = 72;
const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** https://graphviz.org/doc/info/lang.html */
function dotOf({ boxes, edges, clusters }: Graph): string {
  const inside = (parent: number | undefined): string[] =>
    clusters
      .filter(({ region }) => region.parent === parent)
      .flatMap(({ region, title, boxes: members }) => [
        `subgraph ${clusterName(region.id)} {`,
        `label=${quoted(title)}; labeljust=l; margin=14;`,
        ...members.map((id) => `${quoted(id)};`),
        ...inside(region.id),
        "}",
      ]);
  return [
    "digraph {",
    // Fonts of browsers are wider than Graphviz takes Helvetica for: the titles of regions get the room of larger ones.
    "compound=true; rankdir=TB; nodesep=0.35; ranksep=0.45; pad=0; fontname=Helvetica; fontsize=16;",
    'node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.7];',
    ...boxes.map(
      ({ id, width, height }) =>
        `${quoted(id)} [width=${width / pointsPerInch}, height=${height / pointsPerInch}${id === "start" ? ", shape=circle" : ""}];`,
    ),
    ...inside(undefined),
    ...edges.map((edge, index) => {
      const { from, to, region, kind } = edge;
      const attributes = [`id="${index}"`];
      if (region !== undefined) attributes.push(`${goesBack(edge) ? "lhead" : "ltail"}=${clusterName(region)}`);
      // What goes on stands below what it goes on from; ends stand beside it.
      if (kind !== "abrupt") attributes.push(`weight=${isEnd(to) ? 1 : 3}`);
      const [tail, head] = goesBack(edge) ? [to, from] : [from, to];
      if (goesBack(edge)) attributes.push("dir=back");
      return `${quoted(tail)} -> ${quoted(head)} [${attributes.join(", ")}];`;
    }),
    "}",
  ].join("\n");
}
