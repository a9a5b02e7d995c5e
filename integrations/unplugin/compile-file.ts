/** One file, as a bundler gives it. */

import { type Diagnostic, type TransformResult, transform } from "../../transformer/index.js";
import { codeFrame } from "../code-frame.js";
import { compileModule, errorsBesideWarnings, type FileOptions, isAsked } from "../compile-module.js";

export function shown({ code, message, line, column }: Diagnostic): string {
  return `${line}:${column} ${code}: ${message}`;
}

/** At its place, which hosts show in their own way. `frame`: the line, with a mark under the place, of which Rollup and Vite know. */
export interface Problem extends Error {
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame?: string;
}

/** Where something stands in what the host made the text from. Hosts trace what they are given in their own ways, and so get no place. */
export type Origin = (made: Diagnostic) => Pick<Diagnostic, "line" | "column"> & { readonly file: string };

function problemOf(
  diagnostics: readonly Diagnostic[],
  source: string,
  file: string,
  origin: Origin | undefined,
): Problem {
  const told = diagnostics.map((each) => {
    const place = origin?.(each) ?? { ...each, file };
    return `${place.file}:${shown({ ...each, ...place })}`;
  });
  // Farm hands it on as JSON, which of an error has nothing else.
  const problem = Object.defineProperty(new Error(told.join("\n")), "message", { enumerable: true });
  const { line, column } = diagnostics[0] as Diagnostic;
  if (origin) return problem;
  const frame = codeFrame(source, { line, column });
  return Object.assign(problem, { loc: { file, line, column: column - 1 }, frame });
}

/** What the host of a plugin does with messages. */
export interface Reporter {
  warn(problem: Problem): void;
  error(problem: Problem): void;
}

/** For webpack and its like, which show of an error no more than the message. */
export function withFrames(host: Reporter): Reporter {
  const whole = (problem: Problem): Problem =>
    problem.frame === undefined ? problem : new Error(`${problem.message}\n${problem.frame}`);
  return { warn: (problem) => host.warn(whole(problem)), error: (problem) => host.error(whole(problem)) };
}

/** Null for what stays as it is. */
export function compileFile(
  reporter: Reporter,
  source: string,
  options: FileOptions,
  origin?: Origin,
): Pick<TransformResult, "code" | "map"> | null {
  const { fileName } = options;
  if (!isAsked(source, options)) return null;
  const { code, map, diagnostics } = compileModule(options, "esm", (given) => transform(source, given));
  // The host of the plugin reports syntax errors itself, with its own words for its own syntax.
  const ours = diagnostics.filter((each) => each.code.startsWith("ACLOSE"));
  const problem = (diagnostics: readonly Diagnostic[]) => problemOf(diagnostics, source, fileName, origin);
  const errors = errorsBesideWarnings(ours, (each) => reporter.warn(problem([each])));
  if (errors.length > 0) reporter.error(problem(errors));
  return code === source ? null : { code, map };
}
