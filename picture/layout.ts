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
  /** The middle of the label. */
  readonly label?: Point;
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
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp?: string }[];
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
  return {
    graph,
    width: right - left,
    height: top - bottom,
    boxes: graph.boxes.map((box) => {
      const [x, y] = numbers(objects.get(box.id)!.pos!) as [number, number];
      const { width, height } = box;
      const middle = point(x, y);
      return { box, place: { x: middle.x - width / 2, y: middle.y - height / 2, width, height } };
    }),
    clusters: graph.clusters.map((cluster) => {
      const bounds = objects.get(clusterName(cluster.region.id))!.bb!;
      const [x, low, end, high] = numbers(bounds) as [number, number, number, number];
      return { cluster, place: { ...point(x, high), width: end - x, height: high - low } };
    }),
    edges: graph.edges.map((edge, index) => {
      const { pos, lp } = edges.get(String(index))!;
      const [tip, ...curve] = pos
        .split(" ")
        .map((each) => point(...(numbers(each.replace(/^[es],/, "")) as [number, number])));
      if (goesBack(edge)) curve.reverse();
      // Graphviz places the label beside the whole line, also where that leaves a region and is cut at its edge.
      const middle =
        edge.region === undefined ? lp && point(...(numbers(lp) as [number, number])) : curve[curve.length >> 1];
      return { edge, curve, tip: tip!, ...(middle ? { label: middle } : {}) };
    }),
  };
}

/** Drawn upwards: Graphviz is told the opposite, so that the states keep the order of the source. */
const goesBack = ({ from, to }: Edge): boolean => Number(to) <= Number(from);

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
    "compound=true; rankdir=TB; nodesep=0.35; ranksep=0.38; pad=0; fontname=Helvetica; fontsize=12;",
    'node [shape=box, fixedsize=true, label=""]; edge [fontname=Helvetica, fontsize=11, arrowsize=0.7];',
    ...boxes.map(
      ({ id, width, height }) =>
        `${quoted(id)} [width=${width / pointsPerInch}, height=${height / pointsPerInch}${id === "start" ? ", shape=circle" : ""}];`,
    ),
    ...inside(undefined),
    ...edges.map((edge, index) => {
      const { from, to, label, region, kind } = edge;
      const attributes = [`id="${index}"`];
      // The spaces keep the label off the line.
      if (label !== "") attributes.push(`label=${quoted(` ${label} `)}`);
      if (region !== undefined) attributes.push(`${goesBack(edge) ? "lhead" : "ltail"}=${clusterName(region)}`);
      if (kind !== "abrupt") attributes.push("weight=3");
      const [tail, head] = goesBack(edge) ? [to, from] : [from, to];
      if (goesBack(edge)) attributes.push("dir=back");
      return `${quoted(tail)} -> ${quoted(head)} [${attributes.join(", ")}];`;
    }),
    "}",
  ].join("\n");
}
