/** Where a run stands in the graph, and which cleanup it owes or has run. */

import type { ExplainedRegion, Explanation } from "../../transformer/index.js";
import type { Side } from "./session.js";

/** The states that may be suspended now: those that resume where the body will resume. */
export function currentStates({ states }: Explanation, side: Side): number[] {
  const { status, state } = side.snapshot;
  if (state === undefined || status === "closed" || status === "unknown") return [];
  if (status === "created" || side.suspensions.length === 0) return [0];
  return statesBefore(states, state);
}

function statesBefore(states: Explanation["states"], resumed: number): number[] {
  const before = states.filter(({ transitions }) => transitions.some(({ to, resumes }) => resumes && to === resumed));
  return before.length > 0 ? before.map(({ id }) => id) : [resumed];
}

export interface Cleanup {
  readonly region: ExplainedRegion;
  readonly kind: "owed" | "ran" | "never ran";
}

/** The regions with cleanup that the body entered, in the order in which they were entered. */
export function cleanupsOf({ states, regions }: Explanation, side: Side): Cleanup[] {
  const owing = new Map(regions.filter(({ kind }) => kind === "finally").map((region) => [region.id, region]));
  const parents = new Map(regions.map(({ id, parent }) => [id, parent]));
  // A suspension resumes in the region that it left.
  const around = (resumed: number): number[] => {
    const found: number[] = [];
    for (let id = states[resumed]?.region; id !== undefined; id = parents.get(id)) if (owing.has(id)) found.unshift(id);
    return found;
  };
  const closes = (resumed: number): boolean =>
    statesBefore(states, resumed).some((id) => states[id]?.ending.operation?.startsWith("Close"));
  const isClosed = side.snapshot.status === "closed";
  let cleanups: { region: ExplainedRegion; kind: Cleanup["kind"] }[] = [];
  const leave = (inside: readonly number[], isOver: boolean): void => {
    cleanups = cleanups.filter((cleanup) => {
      if (cleanup.kind !== "owed" || inside.includes(cleanup.region.id)) return true;
      cleanup.kind = "ran";
      // A loop that goes on owes nothing between its items, and has closed nothing.
      return isOver || (cleanup.region.owner !== "loop" && cleanup.region.owner !== "pattern");
    });
  };
  for (const resumed of side.suspensions) {
    const inside = around(resumed);
    leave(inside, closes(resumed));
    const open = new Set(cleanups.filter(({ kind }) => kind === "owed").map(({ region }) => region.id));
    for (const id of inside) if (!open.has(id)) cleanups.push({ region: owing.get(id)!, kind: "owed" });
  }
  if (isClosed) leave([], true);
  if (side.isDead) for (const cleanup of cleanups) if (cleanup.kind === "owed") cleanup.kind = "never ran";
  return cleanups;
}
