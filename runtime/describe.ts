/** What is known of a generator, as text for people. */

import { now } from "./host.js";
import type { AsyncGeneratorInspection } from "./inspect.js";
import type { AsyncGeneratorPosition } from "./positions.js";

/** `lines (file.ts:7)`. */
export function titled({ name, position }: { name: string; position: AsyncGeneratorPosition | undefined }): string {
  const title = name || "anonymous";
  return position === undefined ? title : `${title} (${position.file}:${position.functionLine})`;
}

/** `awaits a promise, file.ts:12`. */
export function standing(inspection: AsyncGeneratorInspection): string {
  const { activity, position } = inspection;
  const wait = waiting(inspection);
  const what = activity === "closing" && wait !== "" ? `closing, ${wait}` : wait || words[activity];
  return position === undefined || activity === "created" ? what : `${what}, ${position.file}:${position.line}`;
}

const words: Record<AsyncGeneratorInspection["activity"], string> = {
  created: "not started",
  yielded: "at a yield",
  awaiting: "awaits",
  running: "running",
  closing: "closing",
  closed: "closed",
};

function waiting({ waitingFor, awaitedKind }: AsyncGeneratorInspection): string {
  switch (waitingFor) {
    case undefined:
      return "";
    case "an await":
      return `awaits ${awaitedKind}`;
    case "a yielded value":
      return `awaits ${awaitedKind} before it yields it`;
    case "a value given to return()":
      return `awaits ${awaitedKind} given to return()`;
    case "an iterator":
      return `reads ${awaitedKind ?? waitingFor}`;
    case "an iterator that is being closed":
      return `closes ${awaitedKind}`;
    case "yield*":
      return `reads ${awaitedKind} in yield*`;
    default:
      return `in ${waitingFor}, awaits ${awaitedKind}`;
  }
}

/** `open for 3.2 s, 2 requests wait`. */
export function circumstances({ activity, openSince, waitingRequests }: AsyncGeneratorInspection): string[] {
  const requests =
    waitingRequests === 0 ? [] : [waitingRequests === 1 ? "1 request waits" : `${waitingRequests} requests wait`];
  return openSince === undefined || activity === "closed"
    ? requests
    : [`open for ${duration((now() ?? 0) - openSince)}`, ...requests];
}

/** Milliseconds as people say it: `350 ms`, `3.2 s`, `2 min 5 s`, `3 h 12 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export const counted = (count: number): string => `${count} async generator${count === 1 ? " is" : "s are"} still open`;
