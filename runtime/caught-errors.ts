import type { Core } from "./core.js";
import { isObject } from "./intrinsics.js";

const collections: FinalizationRegistry<ReadonlySet<Core>> | undefined =
  typeof FinalizationRegistry === "function" ? new FinalizationRegistry(collected) : undefined;
let isWatching = false;

/**
 * An error remembers the receivers of the calls that it came through until its stack is written out, in V8. One that a
 * body has caught may thus refer to the generator's own handle, and the registry keeps the body: the handle would
 * never be collected. So after each garbage collection the stacks are read, and the next one can collect the handles.
 */
export function releaseCaughtErrors(cores: ReadonlySet<Core>): void {
  if (isWatching) return;
  isWatching = true;
  collections?.register({}, cores);
}

function collected(cores: ReadonlySet<Core>): void {
  isWatching = false;
  for (const { variables } of cores) if (isObject(variables)) writeOutStacks(variables as Record<string, unknown>);
  if (cores.size > 0) releaseCaughtErrors(cores);
}

function writeOutStacks(variables: Record<string, unknown>): void {
  for (const key in variables) {
    const value = variables[key];
    if (value instanceof Error) void value.stack;
  }
}
