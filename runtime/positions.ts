import type { Core } from "./core.js";

/** Where a generator stands in the file that was compiled. */
export interface AsyncGeneratorPosition {
  /** Base name of the file. */
  readonly file: string;
  /** 1-based line of the function. */
  readonly functionLine: number;
  /** 1-based line of the `yield` or `await` at which the generator stands, or from which it was resumed last. */
  readonly line: number;
}

/**
 * Reads what the compiler wrote, `rows.ts:12,,2,1`: the file, the line of the function, and for each state from 1 on how
 * many lines below the one before stands what the state resumes from.
 */
export function decodePosition(positions: string, state: number): AsyncGeneratorPosition {
  const [, file, functionLine, steps] = /^(.*):(\d+)([^:]*)$/s.exec(positions) as unknown as [unknown, ...string[]];
  let line = Number(functionLine);
  for (const step of (steps as string).split(",").slice(1, state + 1)) line += Number(step);
  return { file: file as string, functionLine: Number(functionLine), line };
}

/** Undefined for what was compiled without positions. */
export function positionOf(core: Core): AsyncGeneratorPosition | undefined {
  const { positions } = core.definition;
  return positions === undefined ? undefined : decodePosition(positions, core.state);
}
