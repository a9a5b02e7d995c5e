/** Layout → SVG text. */

import { type Box, type Edge, metrics, type Row } from "./graph.js";
import type { Layout, PlacedEdge, Point, Rectangle } from "./layout.js";
import { colourVariables, shapes } from "./theme.js";

export interface SvgOptions {
  /** Whether it brings its colours along, as a file of its own must. */
  readonly standalone?: boolean;
  /** Of each state: -1 where something else than Tab leads to them. */
  readonly tabIndex?: 0 | -1;
}

const margin = 16;

/**
 * Each state is `<g class="state" data-state="3" data-lines="12-14">`, focusable, with its label as its accessible
 * name. `is-current` and `is-linked` light a state up.
 */
export function svgOf(layout: Layout, { standalone = true, tabIndex = 0 }: SvgOptions = {}): string {
  const { name } = layout.graph;
  const width = Math.ceil(layout.width + 2 * margin);
  const height = Math.ceil(layout.height + 2 * margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="aclose-machine" viewBox="${-margin} ${-margin} ${width} ${height}" width="${width}" height="${height}" role="graphics-document" aria-roledescription="state machine" aria-labelledby="aclose-title aclose-desc">`,
    `<title id="aclose-title">${escaped(`The states of ${name}`)}</title>`,
    `<desc id="aclose-desc">${escaped(describe(layout))}</desc>`,
    ...(standalone ? [`<style>${colourVariables("svg.aclose-machine")}\n${shapes}</style>`] : []),
    ...(standalone
      ? [`<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="var(--paper)"/>`]
      : []),
    ...layout.clusters.map(({ cluster, place }) => {
      const { region } = cluster;
      return group(`region ${region.kind}`, ` data-region="${region.id}"`, [rect(place, 10)]);
    }),
    ...layout.edges.map(drawEdge),
    // Above the arrows that come in from the top.
    ...layout.clusters.map(({ cluster, place }) =>
      group(`region ${cluster.region.kind}`, "", [text({ x: place.x + 12, y: place.y + 18 }, cluster.title)]),
    ),
    ...layout.boxes.map(({ box, place }) => drawBox(box, place, tabIndex)),
    "</svg>",
  ].join("\n");
}

export function escaped(words: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  // What XML cannot hold, it cannot hold escaped either.
  return words.replace(/[^\P{Cc}\t\n\r]/gu, "\ufffd").replace(/[&<>"]/g, (sign) => entities[sign]!);
}

function describe({ graph }: Layout): string {
  const labels = new Map(graph.boxes.map((box) => [box.id, box.label]));
  const goes = ({ from, to, label }: Edge) => {
    const target = labels.get(to)!.split(/[,:]/)[0]!;
    return `${labels.get(from)!.split(/[,:]/)[0]} leads to ${target.toLowerCase()}${label === "" ? "" : ` (${label})`}.`;
  };
  const protects = graph.clusters.map(
    ({ title, region }) => `Protected: ${title}; handled in state ${region.handler}.`,
  );
  return [...protects, ...graph.edges.map(goes)].join(" ");
}

// --- shapes ---

function drawBox(box: Box, place: Rectangle, tabIndex: number): string {
  if (box.kind === "start")
    return group("start", "", [
      `<circle class="card" cx="${round(place.x + 8)}" cy="${round(place.y + 8)}" r="7"/><title>Start</title>`,
    ]);
  if (!box.state)
    return group(box.kind, "", [
      rect(place, place.height / 2, "card"),
      text({ x: place.x + place.width / 2, y: place.y + 17 }, box.kind, "", ' text-anchor="middle"'),
    ]);
  const { state } = box;
  const lines = [...state.source, ...(state.ending.source ? [state.ending.source] : [])];
  const data = lines.map(({ line, endLine }) => `${line}-${endLine}`).join(" ");
  const { header, padding, rowHeight } = metrics;
  const baseline = (index: number) => place.y + header + padding / 2 + rowHeight * (index + 1) - 5;
  const bandTop = place.y + place.height - rowHeight - padding;
  const right = place.x + place.width - padding;
  const note = state.owesCleanup ? "owes cleanup" : "";
  return group(
    `state ${box.kind}${state.owesCleanup ? " owes" : ""}`,
    ` data-state="${state.id}" data-lines="${data}" tabindex="${tabIndex}" role="graphics-symbol" aria-label="${escaped(box.label)}"`,
    [
      `<title>${escaped(box.label)}</title>`,
      rect({ x: place.x - 3, y: place.y - 3, width: place.width + 6, height: place.height + 6 }, 10, "halo"),
      rect(place, 8, "card"),
      box.height > header
        ? `<path class="head" d="${roundedTop({ ...place, height: header })}"/>`
        : rect(place, 8, "head"),
      text({ x: place.x + padding, y: place.y + 16 }, String(state.id), "number"),
      text(
        { x: place.x + padding + 10 + 7 * String(state.id).length, y: place.y + 16 },
        `line ${state.line}`,
        "muted head-note",
      ),
      ...(note ? [text({ x: right, y: place.y + 16 }, note, "owed head-note", ' text-anchor="end"')] : []),
      ...box.rows.map((row, index) => rowText({ x: place.x + padding, y: baseline(index) }, row)),
      ...(box.ending
        ? [
            `<path class="band" d="${roundedBottom({ ...place, y: bandTop, height: rowHeight + padding })}"/>`,
            ...(box.rows.length > 0 || box.kind !== "plain"
              ? [`<path class="rule" d="M${round(place.x)} ${round(bandTop)}h${round(place.width)}"/>`]
              : []),
            rowText({ x: place.x + padding, y: bandTop + padding / 2 + rowHeight - 5 }, box.ending, "ending"),
          ]
        : []),
    ],
  );
}

function drawEdge({ edge, curve, tip, label }: PlacedEdge): string {
  const [start, ...rest] = curve;
  const bends = [];
  for (let at = 0; at + 2 < rest.length; at += 3)
    bends.push(
      `C${rest
        .slice(at, at + 3)
        .map(pair)
        .join(" ")}`,
    );
  return group(`edge ${edge.kind}`, ` data-from="${edge.from}" data-to="${edge.to}"`, [
    `<path d="M${pair(start!)}${bends.join("")}"/>`,
    arrow(curve.at(-1)!, tip),
    ...(label ? [text({ ...label, y: label.y + 4 }, edge.label, "", label.isLeft ? ' text-anchor="end"' : "")] : []),
  ]);
}

function arrow(from: Point, tip: Point): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const across = { x: ((tip.y - from.y) / length) * 3.6, y: ((from.x - tip.x) / length) * 3.6 };
  const corners = [
    { x: from.x + across.x, y: from.y + across.y },
    { x: from.x - across.x, y: from.y - across.y },
  ];
  return `<polygon points="${[...corners, tip].map(pair).join(" ")}"/>`;
}

function group(className: string, attributes: string, parts: readonly string[]): string {
  return `<g class="${className}"${attributes}>${parts.join("")}</g>`;
}

function rect({ x, y, width, height }: Rectangle, radius: number, className = ""): string {
  const style = className === "" ? "" : ` class="${className}"`;
  return `<rect${style} x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

function text({ x, y }: Point, words: string, className = "", attributes = ""): string {
  const style = className === "" ? "" : ` class="${className}"`;
  return `<text${style} x="${round(x)}" y="${round(y)}"${attributes}>${escaped(words)}</text>`;
}

function rowText(at: Point, row: Row, className = ""): string {
  return text(at, row.text, [row.isCode ? "code" : "", className].filter(Boolean).join(" "));
}

function roundedTop({ x, y, width, height }: Rectangle): string {
  const [left, right] = [x + 0.7, x + width - 0.7];
  return `M${round(left)} ${round(y + height)}V${round(y + 8)}Q${round(left)} ${round(y + 0.7)} ${round(left + 7)} ${round(y + 0.7)}H${round(right - 7)}Q${round(right)} ${round(y + 0.7)} ${round(right)} ${round(y + 8)}V${round(y + height)}Z`;
}

function roundedBottom({ x, y, width, height }: Rectangle): string {
  const [left, right, low] = [x + 0.7, x + width - 0.7, y + height - 0.7];
  return `M${round(left)} ${round(y)}V${round(low - 7)}Q${round(left)} ${round(low)} ${round(left + 7)} ${round(low)}H${round(right - 7)}Q${round(right)} ${round(low)} ${round(right)} ${round(low - 7)}V${round(y)}Z`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const pair = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
