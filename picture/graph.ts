/** Explanation → graph: what each box says, how large it is, which boxes a region holds. */

import type { ExplainedRegion, ExplainedState, Explanation, SourceRange, Transition } from "../transformer/index.js";

/** What a box looks like: what its state ends with. */
export type Kind = "plain" | "await" | "yield" | "cleanup" | "start" | "finished" | "failed";

export interface Row {
  readonly text: string;
  /** Code is set in a fixed width, words are not. */
  readonly isCode: boolean;
}

export interface Box {
  /** "0", "1", …, "start"; "finished3" or "failed3" for the end behind state 3. */
  readonly id: string;
  readonly kind: Kind;
  readonly state?: ExplainedState;
  /** What runs, then what ends it. */
  readonly rows: readonly Row[];
  readonly ending?: Row;
  /** The same and more, for a reader who cannot see it. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly kind: "jump" | "resume" | "abrupt";
  /** Leaves the region as a whole. */
  readonly region?: number;
}

export interface Cluster {
  readonly region: ExplainedRegion;
  readonly title: string;
  readonly boxes: readonly string[];
}

export interface Graph {
  readonly name: string;
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly clusters: readonly Cluster[];
}

/** Sizes in pixels. A code character is `charWidth` wide. */
export const metrics = { charWidth: 7.2, rowHeight: 17, header: 24, padding: 10, minWidth: 86, end: 74 } as const;
const maxColumns = 46;
const maxRows = 7;

/** The graph of a function; `text` is the source that was explained. */
export function graphOf(explanation: Explanation, text: string): Graph {
  const { states, regions, name } = explanation;
  const abrupt = regions.map((region) => abruptEdge(region, states, regions));
  return {
    name,
    boxes: [endBox("start", "start"), ...states.flatMap((state) => [boxOf(state, text), ...endsOf(state)])],
    edges: [{ from: "start", to: "0", label: "", kind: "jump" }, ...states.flatMap(edgesOf), ...abrupt],
    clusters: regions.map((region) => ({
      region,
      title: titleOf(region),
      boxes: states.filter((state) => state.region === region.id).map(({ id }) => String(id)),
    })),
  };
}

// --- boxes ---

function boxOf(state: ExplainedState, text: string): Box {
  const rows = state.source.map((range) => code(range, text));
  const shown =
    rows.length > maxRows ? [...rows.slice(0, maxRows - 1), words(`${rows.length - maxRows + 1} more`)] : rows;
  const ending = endingOf(state, text);
  const longest = Math.max(0, ...[...shown, ...(ending ? [ending] : [])].map((row) => row.text.length));
  // In steps, so that a letter more leaves the layout as it was.
  const columns = Math.ceil(longest / 4) * 4;
  const { charWidth, rowHeight, header, padding } = metrics;
  const bands =
    header + (shown.length > 0 ? shown.length * rowHeight + padding : 0) + (ending ? rowHeight + padding : 0);
  const parts = [...rows, ...(ending ? [ending] : [])].map((row) => row.text).join("; ");
  return {
    id: String(state.id),
    kind: kindOf(state),
    state,
    rows: shown,
    ...(ending ? { ending } : {}),
    label: `State ${state.id}, line ${state.line}${parts === "" ? "" : `: ${parts}`}${state.owesCleanup ? ". Owes cleanup." : ""}`,
    width: Math.max(headWidth(state), columns === 0 ? 0 : columns * charWidth + 2 * padding),
    height: bands,
  };
}

/** Room for `12 line 140 owes cleanup`; the same for all numbers with as many digits. */
function headWidth({ id, line, owesCleanup }: ExplainedState): number {
  return metrics.minWidth + 7 * (String(id).length + String(line).length - 3) + (owesCleanup ? 84 : 0);
}

/**
 * Each state has ends of its own: arrows from everywhere to one end would cross the picture, and cost Graphviz more
 * time than all others together.
 */
function endsOf({ id, transitions }: ExplainedState): Box[] {
  const ends = new Set(transitions.map(({ to }) => to).filter((to) => typeof to !== "number"));
  return [...ends].map((end) => endBox(targetOf(id, end), end));
}

const targetOf = (from: number, to: Transition["to"]): string => (typeof to === "number" ? String(to) : `${to}${from}`);

function endBox(id: string, kind: "start" | "finished" | "failed"): Box {
  const size = kind === "start" ? 16 : metrics.end;
  return {
    id,
    kind,
    rows: [],
    label: { start: "Start", finished: "Finished", failed: "Failed with an error" }[kind],
    width: size,
    height: kind === "start" ? 16 : 26,
  };
}

function kindOf({ ending }: ExplainedState): Kind {
  switch (ending.operation) {
    case "Yield":
    case "Delegate":
      return "yield";
    case "Await":
    case "Next":
      return "await";
    case "Close":
    case "Dispose":
      return "cleanup";
    default:
      return "plain";
  }
}

const operations = {
  Close: "close the iterator",
  Dispose: "dispose the resources",
} as const;

function endingOf({ ending, transitions }: ExplainedState, text: string): Row | undefined {
  const { kind, operation, source } = ending;
  const part = source && code(source, text);
  switch (kind) {
    case "suspend":
      if (operation === "Close" || operation === "Dispose") return words(operations[operation]);
      return part ?? words("await");
    case "branch":
      return part ? { ...part, text: `${part.text} ?` } : words("is it exhausted?");
    case "dispatch":
      return words(transitions.length > 1 ? "go on with what was interrupted" : "go on");
    case "throw":
      return part ? { ...part, text: `throw ${part.text}` } : words("throw on");
    case "return":
      return part ? { ...part, text: `return ${part.text}` } : words("return");
    case "native":
      return part;
    case "goto":
      return undefined;
  }
}

/** The first line of a piece of source, cut where it is too long. */
function code({ start, end }: SourceRange, text: string): Row {
  const [first = "", ...rest] = text
    .slice(start, end)
    .trim()
    .split(/\r\n|[\n\r]/);
  const line = first.replace(/\s+/g, " ").replace(/;$/, "");
  const more = rest.length > 0 ? " …" : "";
  const room = maxColumns - more.length;
  return { text: line.length > room ? `${line.slice(0, room - 1)}…` : line + more, isCode: true };
}

function words(text: string): Row {
  return { text, isCode: false };
}

// --- edges and regions ---

function edgesOf({ id, transitions }: ExplainedState): Edge[] {
  return transitions.map(({ to, when, resumes }) => ({
    from: String(id),
    to: targetOf(id, to),
    label: when,
    kind: resumes ? "resume" : "jump",
  }));
}

/** Whatever happens inside goes to the handler. */
function abruptEdge(
  region: ExplainedRegion,
  states: readonly ExplainedState[],
  regions: readonly ExplainedRegion[],
): Edge {
  const parents = new Map(regions.map(({ id, parent }) => [id, parent]));
  const isInside = (inner: number | undefined): boolean =>
    inner !== undefined && (inner === region.id || isInside(parents.get(inner)));
  const last = states.findLast((state) => isInside(state.region))!;
  return {
    from: String(last.id),
    to: String(region.handler),
    label: region.kind === "finally" ? "throw, return()" : "throw",
    kind: "abrupt",
    region: region.id,
  };
}

/** What a region protects, in the words of the source. */
function titleOf({ kind, owner, source }: ExplainedRegion): string {
  const what = {
    try: kind === "finally" ? "try … finally" : "try … catch",
    loop: "loop, closes its iterator",
    pattern: "pattern, closes its iterator",
    using: "using",
  }[owner];
  return `${what}, line ${source.line}`;
}
