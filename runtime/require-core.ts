import type { Core } from "./core.js";
import { coreOf } from "./handle.js";

/** The core behind a handle. Throws a TypeError for everything else. */
export function requireCore(value: unknown): Core {
  const core = coreOf(value);
  if (core === undefined) throw new TypeError(`${describe(value)} is not a compiled async generator`);
  return core;
}

function describe(value: unknown): string {
  if (typeof value === "function") return `function ${value.name}`;
  return typeof value === "object" && value !== null ? Object.prototype.toString.call(value) : String(value);
}
